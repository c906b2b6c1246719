"""The generator of its demonstration rows."""
