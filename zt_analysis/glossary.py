"""The glossary, made from the vocabulary and the indicators: ``python -m zt_analysis.glossary docs/glossary.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from zt_analysis.checks import RELATIONS
from zt_analysis.indicators import INDICATORS
from zt_analysis.terms import Term, label, vocabulary

WORDS = ("codes", "verdicts")


def glossary() -> str:
    """The glossary as Markdown: words, indicators, relations."""
    words = [term for term in vocabulary().values() if term.meaning and term.group in WORDS]
    return "\n".join(
        [
            "# Glossary",
            "",
            "Made by `nox -s docs` from `zt_analysis/terms/*.csv` and the docstrings of the indicators; do not edit.",
            "",
            "## Words",
            "",
            "| key | 中文 | English | meaning |",
            "|---|---|---|---|",
            *(_word(term) for term in words),
            "",
            "## Indicators",
            "",
            *(line for name in INDICATORS for line in _indicator(name)),
            "## Relations",
            "",
            "| id | severity | 中文 | what must hold |",
            "|---|---|---|---|",
            *(f"| {one.id} | {one.severity} | {label(one.title_key)} | {one.statement} |" for one in RELATIONS),
            "",
        ]
    )


def _word(term: Term) -> str:
    return f"| `{term.key}` | {term.zh} | {term.en} | {term.meaning} |"


def _indicator(name: str) -> list[str]:
    indicator, term = INDICATORS[name], vocabulary()[name]
    return [
        f"### `{name}` {term.zh}",
        "",
        f"{indicator.definition} ({term.meaning_zh})",
        "",
        *(f"- {word}: {indicator.section(word)}" for word in ("Formula", "Unit", "NULL", "Source")),
        "",
    ]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(glossary(), encoding="utf-8")
