"""Where something stands, in the words of a reader: 第8段, 表1第3行第2列, or paragraph 8."""

from __future__ import annotations

from zt_analysis.documents.document import BODY, Place

STORIES = {
    "footnote": "脚注",
    "endnote": "尾注",
    "header": "页眉",
    "footer": "页脚",
    "text box": "文本框",
    BODY: "正文",
}


def place_said(place: Place, language: str) -> str:
    """``place`` in Chinese or English.

    >>> place_said(Place(paragraph=8), "zh"), place_said(Place(table=1, row=3, column=2), "zh")
    ('第8段', '表1第3行第2列')
    >>> place_said(Place(page=3, line=12), "zh"), place_said(Place(story="footnote", number=1, paragraph=1), "zh")
    ('第3页第12行', '脚注1')
    """
    if language != "zh":
        return str(place)
    story = "" if place.number is None else f"{STORIES.get(place.story, place.story)}{place.number}"
    if place.table is not None:
        steps = [("表", place.table, ""), ("第", place.row, "行"), ("第", place.column, "列")]
    elif place.paragraph is None:
        steps = [("第", place.page, "页"), ("第", place.line, "行")]
    else:
        steps = [] if story and place.paragraph == 1 else [("第", place.paragraph, "段")]
    page = f"（约第{place.page}页）" if place.page is not None and place.paragraph is not None else ""
    said = "".join(f"{before}{value}{behind}" for before, value, behind in steps if value is not None)
    return (story + said or STORIES.get(place.story, place.story)) + page
