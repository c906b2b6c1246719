"""Where a number stands, in words of both languages."""

from __future__ import annotations

from zt_analysis.documents import Place

STORIES = {
    "text box": "文本框{}", "footnote": "脚注{}", "endnote": "尾注{}", "header": "页眉{}", "footer": "页脚{}",
}  # fmt: skip


def in_words(place: Place) -> dict[str, str]:
    """The place for a reader of each language.

    >>> in_words(Place(page=3, line=12)), in_words(Place(paragraph=14))["zh"]
    ({'zh': '第3页第12行', 'en': 'page 3, line 12'}, '第14段')
    """
    return {"zh": _chinese(place), "en": str(place)}


def _chinese(place: Place) -> str:
    story = "" if place.number is None else STORIES.get(place.story, place.story + "{}").format(place.number)
    if place.table is not None:
        return f"{story}表{place.table}第{place.row}行第{place.column}列"
    if place.paragraph is None:
        page = f"第{place.page}页" if place.page is not None else ""
        return f"{story}{page}第{place.line}行" if place.line is not None else story + page or str(place)
    return story if story and place.paragraph == 1 else f"{story}第{place.paragraph}段"
