"""What the page of a brief says: its sections in order, each with the sentences of ``words/brief.csv`` it prints."""

from __future__ import annotations

from zt_analysis.define import Layout, Section

BRIEF = Layout(
    "brief",
    (Section("pupils", ("page_say_pupils",), ("pupils",)),),
    summary=("page_say_pupils",),
    dates=("issued_on", "as_of", "base_on"),
)
