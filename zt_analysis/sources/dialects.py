"""How each engine says in SQL what all of them are asked: one query, written once, in the words of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def quoted(name: str) -> str:
    """``name`` as a standard SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """``value`` as a standard SQL text literal."""
    return "'" + str(value).replace("'", "''") + "'"


@dataclass(frozen=True)
class Dialect:
    """What differs from engine to engine; a name with ``{}`` takes SQL there.

    Attributes:
        types: the type of each declared type.
        cast: an expression as a type; NULL for what cannot be read as one, where the engine has rows of text.
        count_if: how many rows a condition is true of.
        whole: a pattern that matches all of a text or nothing.
        matches: whether a text matches such a pattern, as a literal.
        finds: whether a text holds what a pattern, as a literal, describes.
        holds: whether a text holds another.
        width: the bytes of a text.
        without: a text without what a pattern describes.
        shown: a value of a key as it is read for a message.
        number: the 60-bit number that 15 hexadecimal digits say.
        md5: the MD5 of a text.
    """

    types: dict[str, str]
    cast: str
    count_if: str
    whole: str
    matches: str
    holds: str
    finds: str
    width: str
    without: str
    shown: str
    number: str
    md5: str = "MD5({})"
    quoted: Callable[[str], str] = quoted
    literal: Callable[[object], str] = literal

    @property
    def text(self) -> str:
        """The type of a text."""
        return self.types["string"]

    def as_text(self, value: str) -> str:
        """SQL for ``value`` as text."""
        return f"CAST({value} AS {self.text})"

    def as_type(self, value: str, declared: str) -> str:
        """SQL for ``value`` as a declared type."""
        return self.cast.format(value, self.types[declared])

    def is_whole(self, value: str, pattern: object) -> str:
        """SQL for whether all of the text ``value`` matches ``pattern``."""
        return self.matches.format(value, self.literal(self.whole.format(pattern)))


def _of_spark(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _text_of_spark(value: object) -> str:
    # there a backslash begins an escape
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


DUCKDB = Dialect(
    types={"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"},
    cast="TRY_CAST({} AS {})",
    count_if="count_if({})",
    whole="{}",
    matches="regexp_full_match({}, {})",
    finds="regexp_matches({}, {})",
    holds="contains({}, {})",
    width="strlen({})",
    without="regexp_replace({}, {}, '', 'g')",
    shown="{}",
    number="CAST('0x' || {} AS BIGINT)",
)
POSTGRES = Dialect(
    types={"string": "TEXT", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"},
    cast="CAST({} AS {})",
    count_if="count(*) FILTER (WHERE {})",
    whole="^(?:{})$",
    matches="({} ~ {})",
    finds="({} ~ {})",
    holds="(strpos({}, {}) > 0)",
    width="octet_length({})",
    without="regexp_replace({}, {}, '', 'g')",
    shown="CAST({} AS TEXT)",  # a driver has no day for 'infinity'
    number="CAST(CAST('x' || {} AS BIT(60)) AS BIGINT)",
    md5="MD5(CONVERT_TO({}, 'UTF8'))",
)
SPARK = Dialect(
    types={"string": "STRING", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"},
    cast="TRY_CAST({} AS {})",
    count_if="count_if({})",
    # Java's $ also matches before a line break at the end; this matches at the end only
    whole="^(?:{})(?![\\s\\S])",
    matches="({} RLIKE {})",
    finds="({} RLIKE {})",
    holds="contains({}, {})",
    width="octet_length({})",
    without="regexp_replace({}, {}, '')",
    shown="CAST({} AS STRING)",
    number="CAST(CONV({}, 16, 10) AS DECIMAL(20, 0))",
    quoted=_of_spark,
    literal=_text_of_spark,
)
