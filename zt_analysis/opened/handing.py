"""A frame handed over: ``frame.zt.to_excel("各县.xlsx")``, headers in words, numbers as numbers, units once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.errors import InputError
from zt_analysis.opened import frames
from zt_analysis.reports.downloads import inert

if TYPE_CHECKING:
    from zt_analysis.opened.browsing import Browsed

SHEET = re.compile(r"[\[\]:*?/\\']")
WIDEST = 40


class Handed:
    """What ``frame.zt`` offers on any frame; what is known of its columns comes from the figure that made it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: headers as they are read, a row of units beneath, numbers as cells that add up.

        Raises:
            InputError: another kind of file, or a place that cannot be written.
        """
        import xlsxwriter

        place = _file(path, ".xlsx")
        title = str(frames.said(self._frame).get("title", "")) or "Sheet1"
        columns = self._columns()
        units = [unit for _, unit, _, _ in columns]
        try:
            with xlsxwriter.Workbook(str(place), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
                sheet = book.add_worksheet(SHEET.sub(" ", title)[:31].strip() or "Sheet1")
                bold, small = book.add_format({"bold": True}), book.add_format({"font_color": "#666666"})
                first = 2 if any(units) else 1
                for at, (name, unit, decimals, values) in enumerate(columns):
                    sheet.write_string(0, at, name, bold)
                    if unit:
                        sheet.write_string(1, at, unit, small)
                    number = book.add_format({"num_format": "0" + ("." + "0" * decimals if decimals else "")})
                    day = book.add_format({"num_format": "yyyy-mm-dd"})
                    for row, value in enumerate(values, start=first):
                        _write(sheet, row, at, value, number if decimals is not None else None, day)
                    widest = max([len(name.encode("gbk", "replace")), *(len(str(one)) for one in values[:200])])
                    sheet.set_column(at, at, min(widest + 2, WIDEST))
                sheet.freeze_panes(first, 0)
        except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
            raise _unwritable(place, error) from error
        return place

    def browse(self) -> Browsed:
        """A table to sort, search and filter by column in the notebook; nothing is fetched for it.

        Raises:
            MissingExtraError: itables is not there.
            InputError: more cells than a page can hold.
        """
        from zt_analysis.opened.browsing import browse

        return browse(self._frame)

    def to_csv(self, path: str | Path) -> Path:
        """Write a CSV file that a spreadsheet opens in Chinese (UTF-8 with BOM); units stand in the headers.

        Raises:
            InputError: another kind of file, or a place that cannot be written.
        """
        place, language = _file(path, ".csv"), frames.said(self._frame).get("language", "zh")
        content = {
            frames.with_unit(name, unit, language): [_text(one, decimals) for one in values]
            for name, unit, decimals, values in self._columns()
        }
        if len(content) < len(self._columns()):
            raise InputError("columns", found="two of one name", expected="names that differ", hint="rename one")
        try:
            pd.DataFrame(content).to_csv(place, index=False, encoding="utf-8-sig")
        except OSError as error:
            raise _unwritable(place, error) from error
        return place

    def _columns(self) -> list[tuple[str, str, int | None, list[Any]]]:
        """Of each column its header, unit, decimals (None where it holds no numbers) and values; hidden ones too."""
        known = frames.said(self._frame)
        heads = known.get("heads", {})
        found: list[tuple[str, str, int | None, list[Any]]] = []
        for level in frames.levels(self._frame):
            values = list(self._frame.index.get_level_values(level))
            found.append((str(self._frame.index.names[level] or ""), "", None, values))
        for place, name in enumerate(self._frame.columns):
            one = heads.get(str(name), {}) or heads.get("*", {})
            if one.get("hidden") and str(name) == "exact":
                continue
            column = self._frame.iloc[:, place]
            is_number = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
            decimals = one.get("decimals")
            if is_number and decimals is None:
                decimals = 0 if pd.api.types.is_integer_dtype(column.dtype) else 2
            header = one.get("label") or (" · ".join(map(str, name)) if isinstance(name, tuple) else str(name))
            unit = one.get("unit") or (known.get("unit", "") if is_number else "")
            values = [None if pd.isna(each) else each for each in column]
            found.append((header, unit, decimals if is_number else None, values))
        return found


def register() -> None:
    """Give every frame its ``.zt``."""
    if getattr(pd.DataFrame, "zt", None) is not Handed:
        pd.api.extensions.register_dataframe_accessor("zt")(Handed)


def _write(sheet: Any, row: int, column: int, value: Any, number: Any, day: Any) -> None:
    if value is None:
        return
    if number is not None:
        sheet.write_number(row, column, float(value), number)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), day)
    else:
        sheet.write_string(row, column, str(value))


def _text(value: Any, decimals: int | None) -> str:
    if value is None:
        return ""
    if decimals is not None:
        return f"{float(value):.{decimals}f}"
    if hasattr(value, "isoformat"):
        return str(pd.Timestamp(value).date())
    return str(inert(str(value)))


def _file(path: str | Path, suffix: str) -> Path:
    if not isinstance(path, (str, Path)) or "\0" in str(path):
        raise InputError("file", found=repr(path)[:60], expected="its name, in a text", hint=f'such as "各县{suffix}"')
    place = Path(path)
    if place.suffix.lower() != suffix:
        raise InputError(
            f"file {place.name!r}", found=f"the ending {place.suffix!r}", expected=suffix, hint=f"such as 各县{suffix}"
        )
    return place


def _unwritable(place: Path, error: Exception) -> InputError:
    return InputError(
        f"file {place.name!r}", found=getattr(error, "strerror", None) or str(error), expected="a place to write to",
        hint="close it in the spreadsheet, or name another folder",
    )  # fmt: skip
