"""The report as PDF, printed by a Chromium found on the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from zt_analysis.contents import write_plain
from zt_analysis.errors import InputError, ReportError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
VARIABLE = "ZT_CHROMIUM"
TIMEOUT_SECONDS = 120
QUIET = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
    # a page is printed when all of it is there, fonts too: Chromium 150 printed empty ones otherwise
    *("--virtual-time-budget=10000", "--run-all-compositor-stages-before-draw"),
)

# the names of an outline: text of two bytes a character, or plain
_TITLES = re.compile(rb"/Title (?:<FEFF((?:[0-9A-F]{4})+)>|\(([^()\\]+)\))")
# a heading may begin with a word said twice
_LEAST = 4


def find_browser() -> str:
    """The path of a Chromium: of the environment variable ZT_CHROMIUM, or the first found on the PATH.

    Raises:
        InputError: there is none.
    """
    wanted = os.environ.get(VARIABLE)
    for name in (wanted,) if wanted else BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise InputError(
        "browser to print with",
        found=f"{VARIABLE}={wanted}, which is no program" if wanted else "none on the PATH",
        expected=", ".join(BROWSERS),
        hint=f"install Chromium (on Debian: apt-get install chromium), or set {VARIABLE} to its path",
    )


def print_pdf(page: Path, output: Path) -> None:
    """Print the HTML file ``page`` to ``output``; the PDF appears whole or not at all.

    Raises:
        InputError: no browser, no such page, or an output that cannot be written.
        ReportError: the browser failed.
    """
    if not page.exists():
        raise InputError(f"{page}", found="no such file", expected="a report", hint="zt run makes it")
    browser = find_browser()
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "report.pdf"
        # a browser that runs as root has no sandbox to offer; the page is our own file and loads nothing
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            browser,
            *QUIET,
            *sandbox,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={draft}",
            page.resolve().as_uri(),
        ]
        _run(command)
        if not draft.exists():
            raise ReportError(
                "PDF", found="the browser wrote no file", expected=str(output), hint=f"try {browser} by hand"
            )
        try:
            write_plain(output, _TITLES.sub(_said_once, draft.read_bytes()))
        except OSError as error:
            raise InputError(
                f"{output}", found=error.strerror, expected="a path that can be written", hint="name another with -o"
            ) from error


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise ReportError(
            "PDF", found=f"{type(error).__name__} from {command[0]}", hint="open the page in that browser to see why"
        ) from error


def _said_once(found: re.Match[bytes]) -> bytes:
    """A name of the outline said once: Chromium says the text of a heading twice that it moved to the next page.

    The length stays, so that every offset in the file stays right.
    """
    text = (found[1] or found[2]).decode("latin-1")
    wide = 4 if found[1] else 1
    whole = len(text) // wide
    for size in range(whole // 2, 1, -1):
        once = text[: size * wide]
        if text.startswith(once * 2) and (size >= _LEAST or size * 2 == whole):
            kept = text[size * wide :]
            return found[0].replace(text.encode("latin-1"), kept.encode("latin-1")).ljust(len(found[0]))
    return found[0]
