"""What the page of a communiqué says: its sections in the order of the text, each with the charts of its level."""

from zt_analysis.define import Layout, Section

SECTIONS = ("preschool", "primary", "junior", "special", "senior", "higher")
COMMUNIQUE = Layout(
    "communique",
    tuple(Section(one, (f"page_say_{one}",), (one, f"{one}_years")) for one in SECTIONS),
    summary=("page_say_primary",),
    dates=("issued_on", "as_of", "base_on"),
)
