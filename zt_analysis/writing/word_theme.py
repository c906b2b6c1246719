"""The theme of a .docx: Word asks for one of each document, and offers its fonts and colours to whoever edits it."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
# text, ground, and their second ones; six accents; links: what a word processor calls them, and our printed colours
COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "333333", "lt2": "E9E9E6", "accent1": "C00000", "accent2": "1F4E79",
    "accent3": "7F6000", "accent4": "385723", "accent5": "5B3F7F", "accent6": "595959", "hlink": "1F4E79",
    "folHlink": "5B3F7F",
}  # fmt: skip
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
LINE = f'<a:ln w="6350">{FILL}</a:ln>'
EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(latin: str, major: str, minor: str) -> str:
    """The theme with these fonts: of Latin letters, of Chinese headings and of Chinese text."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{latin}"/><a:ea typeface="{name}"/><a:cs typeface=""/></a:{kind}Font>'
        for kind, name in (("major", major), ("minor", minor))
    )
    # a scheme has three of each, from subtle to strong; ours are the same
    formats = "".join(
        f"<a:{name}>{one * 3}</a:{name}>"
        for name, one in (
            ("fillStyleLst", FILL),
            ("lnStyleLst", LINE),
            ("effectStyleLst", EFFECT),
            ("bgFillStyleLst", FILL),
        )
    )
    return (
        f'<a:theme xmlns:a="{MAIN}" name="zt"><a:themeElements><a:clrScheme name="zt">{colours}</a:clrScheme>'
        f'<a:fontScheme name="zt">{fonts}</a:fontScheme><a:fmtScheme name="zt">{formats}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )
