"""Templates compiled once (``kept_texts``): to compile those of a report takes longer than to fill them."""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment

from zt_analysis.kept_texts import kept_bytes, version_of


class Templates(Environment):
    """jinja2's environment, whose compiled templates are kept by their text and by what compiles them."""

    def compile(self, source: Any, name: Any = None, filename: Any = None, *given: Any, **named: Any) -> Any:
        """The code of the template ``source``."""

        def compiled() -> CodeType:
            found: CodeType = super(Templates, self).compile(source, name, filename, *given, **named)
            return found

        if given or named or not isinstance(source, str):
            return compiled()
        told = repr((source, name, filename, self.trim_blocks, self.lstrip_blocks, bool(self.autoescape)))
        made_from = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return marshal.loads(kept_bytes("j2c", made_from, _compiled_by(), lambda: marshal.dumps(compiled())))


@cache
def _compiled_by() -> str:
    told = (version_of("jinja2"), sys.version, sys.implementation.cache_tag, Path(__file__).read_bytes())
    return hashlib.sha256(repr(told).encode()).hexdigest()
