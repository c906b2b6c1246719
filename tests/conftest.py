"""Fixtures: a small package to break, a copy of the shipped project."""

import shutil
import signal

import needed
import pytest
from packages import ROOT, SHIPPED, SmallPackage


def pytest_configure():
    # a shell starts what it puts in the background with interrupts ignored, and children inherit that
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup(item):
    needed.require(needed.of(item))


def pytest_terminal_summary(terminalreporter):
    for line in needed.left_out(terminalreporter.getreports("skipped")):
        terminalreporter.write_line(line)


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return SmallPackage(tmp_path)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the shipped project's data, parameters and notebooks, and the working folder in it."""
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(SHIPPED, tmp_path / "data" / "zhaotong-2018")
    monkeypatch.chdir(tmp_path)
    return tmp_path
