"""The education office of Zhaotong: what its numbers mean. The engine is zt_analysis; nothing of it is edited here."""

# what its notebooks find in ``zt``, beside the engine's own names
NOTEBOOK = {
    "Circular": "papers:Circular",
    "Issue": "papers:Issue",
    "charts": "charts",
}
