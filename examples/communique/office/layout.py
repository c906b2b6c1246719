"""What the page of a communiqué says: its sections in order."""

from __future__ import annotations

from zt_analysis.define import Layout, Section

COMMUNIQUE = Layout("communique", (Section("figures", ()),), dates=("issued_on", "as_of", "base_on"))
