"""The weekly circular: its parts."""
