"""Whether two names as typed are one person's: what the eye cannot tell apart counts as the same."""

from __future__ import annotations

import unicodedata

# code points that show as nothing though their category is that of a letter or a mark (Unicode, Default_Ignorable)
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
# what input methods give for the dot and the apostrophe inside a name, and the sign that is no dash
DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･．.•·ᐧ"), "·") | dict.fromkeys(map(ord, "‘’ʼ`´′ʻ"), "'") | {0x2212: "-"}
UNSEEN = ("Cc", "Cf", "Cn", "Zs", "Zl", "Zp")


def person(name: str) -> str:
    """``name`` as it is compared: width, case, white space, kinds of dash, dot and apostrophe, and what shows as
    nothing, left out.

    >>> person("ＤＥＳＫ－１") == person("desk\\u200b- 1") == person("Desk\\u20111")
    True
    >>> person("李敏") == person("李 敏"), person("李敏") == person("李闽")
    (True, False)
    >>> len({person(one) for one in ("古丽·江", "古丽•江", "古丽・江", "古丽．江", "古丽 ‧ 江")})
    1
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.translate(DOTS)).casefold())
    return "".join("-" if unicodedata.category(one) == "Pd" else one for one in folded if not _unseen(one))


def _unseen(one: str) -> bool:
    place = ord(one)
    return unicodedata.category(one) in UNSEEN or place in BLANK or any(place in some for some in SELECTORS)
