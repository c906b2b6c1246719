"""Where the pages of a project are, seen from one another."""

from __future__ import annotations

import re

from zt_analysis.reports.escaping import slug

CATALOGUE = "catalogue.html"
_NAME = re.compile(r"\w+")


def in_catalogue(indicator: str) -> str:
    """Where the catalogue says more of a figure, seen from the folder of a case; of a view, the page of all.

    >>> in_catalogue("pupils"), in_catalogue("growth(pupils)")
    ('../catalogue.html#indicator-pupils', '../catalogue.html')
    """
    return f"../{CATALOGUE}" + (f"#indicator-{slug(indicator)}" if _NAME.fullmatch(indicator) else "")
