"""What the numbers of this office mean. The engine is zt_analysis; nothing of it is edited here."""

# what its notebooks find in ``zt``, beside the engine's own names
NOTEBOOK = {"Communique": "papers:Communique", "charts": "charts"}
