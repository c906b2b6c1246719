"""What stands above a table: captions, or a row of the table that somebody put there and that no caption may hide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from zt_analysis.submissions.captions import FOOTNOTE
from zt_analysis.submissions.cells import tidy
from zt_analysis.submissions.grid import Broken
from zt_analysis.submissions.headers import plain
from zt_analysis.submissions.kinds import BARE, Cells, Kinds
from zt_analysis.submissions.shapes import (
    CODE_OF_LETTERS,
    OF_A_TIME,
    TIME,
    has_a_word,
    has_code,
    is_bare_code,
    is_codes,
)
from zt_analysis.submissions.units import known_unit

# what in a line of captions has a code of its own
NUMBERED_ITSELF = re.compile("表号|文号|文件|附[件表]|备案|批准|版本|电话|传真|邮|微信|QQ", re.IGNORECASE)
UNIT_IN_HEADER = re.compile(r"\([^0-9()]{1,8}\)")


def _is_nothing(value: Any) -> bool:
    """Whether a cell above the header holds no more than a dash or white space."""
    return isinstance(value, str) and tidy(value) in ("", "—", "-", "/")


@dataclass
class Above:
    """Judges the rows above the header of the table whose rows ``kinds`` judges, and those drawn into the header."""

    kinds: Kinds

    def is_data(self, row: int, cells: Cells) -> bool:
        """Whether a row above the header looks like one of the table's: it has a key, a number, or many texts."""
        own = self._not_captions(row, cells)
        fields = [column for column in self.kinds.filled(cells) if column in own]
        if any(self.kinds.like_a_key(row, column, cells[column]) for column in fields):
            return True
        # —, a space: blank
        if sum(not _is_nothing(value) for value in cells.values()) > 1 and any(
            self._is_of_a_row(column, value, column in own) for column, value in cells.items()
        ):
            return True
        read = self.kinds.filled(cells)
        coded = [at for at in cells if has_code(cells[at]) and (at in read) == (at not in own)]
        is_marked = any(FOOTNOTE.match(plain(cells[column])) for column in own)
        return bool(own or is_marked) and len(fields) + len(coded) >= (2 if is_marked else 3)

    def _is_of_a_row(self, column: int, value: Any, is_own: bool) -> bool:
        """Whether no line of captions holds ``value``: a number without its word, 小计, a formula not computed."""
        if isinstance(value, Broken) or self.kinds.label(value):
            return True
        text = plain(value) if isinstance(value, str) else ""
        if CODE_OF_LETTERS.search(text) and not NUMBERED_ITSELF.search(text):
            return True
        if FOOTNOTE.search(text) and has_code(text) and column in self.kinds.telling:
            return True
        behind = self.kinds.behind_marks(text)
        if behind != text and is_bare_code(behind) and not (OF_A_TIME.search(text) and TIME.fullmatch(behind)):
            return True
        return is_own and (self.kinds.is_number(column, value) or is_bare_code(value) or is_codes(text))

    def is_in_header(self, row: int, cells: Cells) -> bool:
        """Whether a row that only merged cells draw into the header may belong to it: words over columns, or units."""
        named, below = self.kinds.header.named, self.kinds.sheet.rows.get(row + 1, {})
        for column, value in cells.items():
            merge = self.kinds.merge(row, column)
            # a value that a merge covers is not its label
            is_label = merge is not None and (merge.top, merge.left) == (row, column)
            is_through = is_label and merge is not None and merge.top <= named[1] and merge.bottom >= named[0]
            is_wide = merge is not None and merge.right > merge.left
            is_over = column + 1 not in cells and column + 1 in self.kinds.header.columns and column in below
            text = plain(value) if isinstance(value, str) else ""
            is_words = bool(text) and not FOOTNOTE.match(text) and not re.search("[0-9]", text)
            is_unit = bool(text) and bool(UNIT_IN_HEADER.fullmatch(text) or known_unit(text))
            if not (is_through or is_unit or (is_words and (is_wide or is_over))):
                return False
        return True

    def _not_captions(self, row: int, cells: Cells) -> list[int]:
        """The columns of a row above the header that hold neither 填报单位：… nor what stands behind such a word."""
        found, before = [], ""
        for column, value in sorted(cells.items()):
            text = plain(value) if isinstance(value, str) else ""
            is_marked = self.kinds.is_typed(column) and FOOTNOTE.match(text) and re.search("[0-9]", text)
            if not before and (not has_a_word(text) or is_marked or self.kinds.like_a_key(row, column, value)):
                found.append(column)
            # 共计： names no caption
            before = text if BARE.fullmatch(text) and has_a_word(text) and not self.kinds.label(text) else ""
        return found
