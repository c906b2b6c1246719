"""Its relations between figures and over rows."""
