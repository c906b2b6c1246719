"""Names and reasons as people type them: what looks the same is one name, and what holds no word is no reason."""

from __future__ import annotations

import unicodedata

# code points that show as nothing though their category is that of a letter or a mark (Unicode, Default_Ignorable)
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
# what input methods give for the dot and the apostrophe inside a name, and the sign that is no dash
DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･．.•·ᐧ"), "·") | dict.fromkeys(map(ord, "‘’ʼ`´′ʻ"), "'") | {0x2212: "-"}
# letters of Cyrillic and Greek, in small, with the Latin ones that they look like in small or in capitals
LIKE = str.maketrans("авекмнорстухіјѕԁһӏԛԝαβεζηικμνορτυχϳ", "abekmhopctyxijsdhlqwabezhikmnoptyxj")
UNSEEN = ("Cc", "Cf", "Cn", "Zs", "Zl", "Zp")


def person(name: str) -> str:
    """``name`` as it is compared: width, case, white space, kinds of dash, dot and apostrophe, letters of another
    alphabet with the same shape, and what shows as nothing, left out.

    >>> person("ＤＥＳＫ－１") == person("desk\\u200b- 1") == person("Desk\\u20111")
    True
    >>> person("dеsk") == person("Desk") == person("ԀESΚ")  # a Cyrillic е, a Cyrillic Ԁ, a Greek Κ
    True
    >>> person("李敏") == person("李 敏"), person("李敏") == person("李闽")
    (True, False)
    >>> len({person(one) for one in ("古丽·江", "古丽•江", "古丽・江", "古丽．江", "古丽 ‧ 江")})
    1
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.translate(DOTS)).casefold())
    folded = folded.translate(LIKE)
    return "".join("-" if unicodedata.category(one) == "Pd" else one for one in folded if not _unseen(one))


def says_nothing(text: str) -> bool:
    """Whether ``text`` holds no word: nothing, signs only, or one letter, however often.

    >>> [one for one in ("。", "-", "x", "xxx", "1", "已交办", "ok", "C07") if says_nothing(one)]
    ['。', '-', 'x', 'xxx', '1']
    """
    return len({one for one in person(text) if one.isalnum()}) < 2


def _unseen(one: str) -> bool:
    place = ord(one)
    return unicodedata.category(one) in UNSEEN or place in BLANK or any(place in some for some in SELECTORS)
