"""What the numbers of this office mean. The engine is zt_analysis; nothing of it is edited here."""

NOTEBOOK = {"Communique": "papers:Communique", "charts": "charts"}
