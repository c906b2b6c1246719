r"""Text and attributes as XML has them; ``xml.sax.saxutils`` would import urllib, http and ssl with it.

>>> escape("a < b & c"), quoteattr('say "so"'), quoteattr("a\nb")
('a &lt; b &amp; c', '\'say "so"\'', '"a&#10;b"')
"""

from __future__ import annotations

_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def escape(text: str) -> str:
    """``text`` between tags."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def quoteattr(text: str) -> str:
    """``text`` as the value of an attribute, in quotes."""
    found = escape(text)
    for character, reference in _SPACES.items():
        found = found.replace(character, reference)
    if '"' in found and "'" not in found:
        return f"'{found}'"
    double = found.replace('"', "&quot;")
    return f'"{double}"'
