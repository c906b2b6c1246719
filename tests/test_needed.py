"""What is absent is left out in words and counted; in CI it fails, but for what CI leaves out on purpose."""

import needed
import pytest
from _pytest.outcomes import Failed, Skipped


class Report:
    def __init__(self, reason):
        self.longrepr = ("test_x.py", 1, f"Skipped: {reason}")


@pytest.fixture
def bare(monkeypatch):
    monkeypatch.setattr(needed, "is_present", lambda name: False)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.parametrize("name", needed.NEEDS)
def test_absent_is_left_out_in_words(bare, name):
    with pytest.raises(Skipped) as told:
        needed.require([name])
    assert needed.NEEDS[name].words in str(told.value)


def test_absent_fails_in_ci_but_for_what_the_lock_leaves_out(bare, monkeypatch):
    monkeypatch.setenv("CI", "true")
    for name in needed.NEEDS.keys() - {"spark"}:
        with pytest.raises(Failed, match="CI has to have"):
            needed.require([name])
    with pytest.raises(Skipped, match="the lock leaves out"):
        needed.require(["spark"])


def test_present_goes_on():
    needed.require([])
    assert needed.is_present("chromium") == needed.NEEDS["chromium"].present()


def test_each_reason_is_counted_once():
    browser, server = Report("needs a browser"), Report("needs a server")
    assert needed.left_out([browser, server, browser]) == [
        "left out: 2 tests: needs a browser",
        "left out: 1 test: needs a server",
    ]


def test_a_fixture_says_what_it_needs(request):
    class Item:
        fixturenames = ("tmp_path", "server")

        def iter_markers(self, name):
            return [pytest.mark.needs("chromium").mark]

    assert needed.of(Item()) == ["chromium", "postgres"]
