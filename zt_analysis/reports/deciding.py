"""The decision as the first thing of a page: its word, its counts, what is open with a link to where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.decision import counts, decide, unheld
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.findings import open_line

_COUNT = re.compile(r"\d+")


def deciding(ledger: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    """What the first screen says of the decision of ``ledger``."""
    found, language = decide(ledger), figures.words.language
    return {
        "word": found["word"],
        "checking": found["checking"],
        "to_do": sum(found["to_do"].values()),
        "counts": [tagged(line) for line in counts(found, language)],
        "unheld": tagged(unheld(found, language)),
        "lines": [
            (open_line(one, figures) or escape(one["text"][language]), escape(one["settle"][language]))
            for one in found["lines"]
        ],
        "more": found["more"],
    }


def tagged(text: str) -> Markup:
    """Text with its counts as data: no digit of a page is without the value it stands for.

    >>> tagged("3 成立")
    Markup('<data value="3">3</data> 成立')
    >>> tagged("the case's 3")
    Markup('the case&#39;s <data value="3">3</data>')
    """
    # escaped afterwards: the number of a character that is written as one is no count
    parts = _COUNT.split(text)
    counts = [Markup('<data value="{0}">{0}</data>').format(one) for one in _COUNT.findall(text)]
    return Markup("").join(one for pair in zip(map(escape, parts), [*counts, Markup("")], strict=True) for one in pair)
