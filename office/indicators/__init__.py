"""Its indicators."""
