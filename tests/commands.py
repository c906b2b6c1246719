"""``zt`` as it is typed, within this process: most tests ask what it answers, not that a process starts.

What a process of its own has to show (signals, limits, streams, locales, other code) is started by the tests of that.
"""

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from zt_analysis.cli import main


@dataclass(frozen=True)
class Done:
    """What ``subprocess.run`` would give."""

    returncode: int
    stdout: str
    stderr: str


class _Stream(io.TextIOWrapper):
    def __init__(self, content=b""):
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="")

    def text(self):
        self.flush()
        return self.buffer.getvalue().decode("utf-8")


def zt(*words, cwd, stdin=None):
    """The exit code, output and errors of ``zt words...``, typed in ``cwd``."""
    out, err = _Stream(), _Stream()
    given = mock.patch.multiple(sys, argv=["zt", *words], stdin=_Stream((stdin or "").encode("utf-8")))
    with contextlib.chdir(cwd), given, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return Done(code, out.text(), err.text())
