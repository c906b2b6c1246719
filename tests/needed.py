"""What tests need of the machine besides Python and the lock: ``@pytest.mark.needs("chromium")``.

Where it is absent a test is left out in words, and a line at the end counts them; in CI (the environment variable CI)
it fails instead, unless CI leaves the thing out on purpose. A test that asks for one of ``FIXTURES`` needs no mark.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from tempfile import TemporaryDirectory

import postgres
import pytest

from zt_analysis.errors import InputError
from zt_analysis.reports.pdf import find_browser


@dataclass(frozen=True)
class Need:
    """``words`` say what is needed and how to get it; ``in_ci``: whether CI has to have it."""

    words: str
    present: Callable[[], bool]
    in_ci: bool = True


def _browser():
    try:
        return bool(find_browser())
    except InputError:
        return False


def _server():
    try:
        return bool(postgres.binaries())
    except postgres.UnavailableError:
        return False


def _chinese_font():
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _mounts():
    with TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


def _communiques():
    from real_tables import shared

    real = shared()
    return real is not None and any((real / "communiques").glob("*.json"))


NEEDS = {
    "chromium": Need("a browser (apt-get install chromium, or set ZT_CHROMIUM)", _browser),
    "chinese-font": Need("a Chinese font (apt-get install fontconfig fonts-wqy-zenhei)", _chinese_font),
    "pdftotext": Need("pdftotext (apt-get install poppler-utils)", lambda: bool(shutil.which("pdftotext"))),
    "git": Need("git (apt-get install git)", lambda: bool(shutil.which("git"))),
    "openssl": Need("openssl (apt-get install openssl)", lambda: bool(shutil.which("openssl"))),
    "postgres": Need("a PostgreSQL server (apt-get install postgresql)", _server),
    "spark": Need(
        "Spark, which the lock leaves out (nox -s engines installs it)", lambda: bool(find_spec("pyspark")), in_ci=False
    ),
    "soffice": Need(
        "LibreOffice, 300 MB that CI leaves out (apt-get install libreoffice-writer-nogui)",
        lambda: bool(shutil.which("soffice") and shutil.which("pdftotext")),
        in_ci=False,
    ),
    "openxml-audit": Need(
        "openxml-audit, of the extra test (pip install -e .[test])", lambda: bool(find_spec("openxml_audit"))
    ),
    "small-disk": Need("a small file system of its own to fill (root may mount one)", _mounts),
    "communiques": Need("the communiqués of the folder shared/real", _communiques, in_ci=False),
    "unreadable-file": Need(
        "a file that even root cannot read (/proc/self/mem)", lambda: os.path.exists("/proc/self/mem")
    ),
}
FIXTURES = {"browser": "chromium", "server": "postgres", "clone": "git", "proven": "openssl"}


@cache
def is_present(name):
    return NEEDS[name].present()


def of(item):
    """The names of what a test needs: of its marks and its fixtures."""
    marked = [name for mark in item.iter_markers("needs") for name in mark.args]
    fixtures = getattr(item, "fixturenames", ())  # a doctest has none
    return list(dict.fromkeys(marked + [FIXTURES[name] for name in fixtures if name in FIXTURES]))


def require(names):
    """Go on where all of ``names`` are present; else leave the test out in words, or fail in CI."""
    for name in names:
        if not is_present(name):
            need = NEEDS[name]
            if need.in_ci and os.environ.get("CI"):
                pytest.fail(f"CI has to have {need.words}", pytrace=False)
            pytest.skip(f"needs {need.words}")


def left_out(reports):
    """One line for each reason for which tests were left out, with how many."""
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in reports]
    return [
        f"left out: {reasons.count(one)} test{'s' * (reasons.count(one) > 1)}: {one}" for one in dict.fromkeys(reasons)
    ]
