"""Pages made from definitions: ``python -m zt_analysis.glossary docs`` writes glossary.md and rules.md."""

from __future__ import annotations

import sys
from pathlib import Path

from zt_analysis.checks import every_relation
from zt_analysis.checks.relation import Relation
from zt_analysis.indicators import find, indicators
from zt_analysis.indicators.indicator import IN_CHINESE
from zt_analysis.rules import Rule, every_rule
from zt_analysis.terms import Term, vocabulary

WORDS = ("codes", "verdicts")


def glossary() -> str:
    """The glossary as Markdown: words, indicators, relations."""
    words = [term for term in vocabulary().values() if term.meaning and term.group in WORDS]
    return "\n".join(
        [
            "# Glossary",
            "",
            "Made by `nox -s docs` from the words and indicators of the engine and the office; do not edit.",
            "",
            "## Words",
            "",
            "| key | 中文 | English | meaning |",
            "|---|---|---|---|",
            *(_word(term) for term in words),
            "",
            "## Indicators",
            "",
            *(line for name in indicators() for line in _indicator(name)),
            "## Relations",
            "",
            "| id | severity | 中文 | what must hold |",
            "|---|---|---|---|",
            *map(_relation, every_relation()),
            "",
        ]
    )


def rules() -> str:
    """The rules as Markdown: what each asks, of which table, and what the text leaves open."""
    return "\n".join(
        [
            "# The 26 rules of the bulletin",
            "",
            "Made by `nox -s docs` from the definitions in `office/rules`; do not edit. `zt rules 2018-11`",
            "applies them. The shipped rows are synthetic and break all but R26 a known number of times.",
            "",
            "| id | 中文 | what it asks | severity | table | paragraph | what the text leaves open |",
            "|---|---|---|---|---|---|---|",
            *map(_rule, every_rule().values()),
            "",
        ]
    )


def _relation(one: Relation) -> str:
    said = one.said[1] if one.said else one.statement
    return f"| {one.id} | {one.severity} | {one.zh} | {said} |"


def _rule(one: Rule) -> str:
    cells = [one.id, one.zh, one.meaning, one.severity, f"`{one.table}`", one.paragraph, one.undecided]
    return f"| {' | '.join(cell or '—' for cell in cells)} |"


def _word(term: Term) -> str:
    return f"| `{term.key}` | {term.zh} | {term.en} | {term.meaning} |"


def _indicator(name: str) -> list[str]:
    indicator = find(name)
    said = [(word, indicator.said(word)) for word in ("Definition", "Formula", "NULL", "Source")]
    return [
        f"### `{name}` {indicator.zh}",
        "",
        *(f"- {word}: {text['en']}" for word, text in said),
        f"- Unit: {indicator.section('Unit')}",
        *(f"- {IN_CHINESE[word]}：{text['zh']}" for word, text in said),
        "",
    ]


if __name__ == "__main__":
    for name, text in (("glossary.md", glossary()), ("rules.md", rules())):
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
