"""Regular expressions are compiled once and taken from what was kept, and are what Python compiles."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from zt_analysis import expressions, kept_patterns, kept_texts
from zt_analysis.kept_patterns import Patterns
from zt_analysis.numbers import dates, names
from zt_analysis.personal import known_forms
from zt_analysis.tying import closed, pointing

pytestmark = pytest.mark.slow

TEXT = "截至2018年11月8日，全市劝返复学学生1915人（其中小学823人），较9月20日下降0.03个百分点；抽查300多户。Straße"
ODD = (
    r"(?P<a>x)|(?P<b>y)\b", r"(?i)straSSE|STRASSE|ſ", r"(?x) 1 9 # of two\n", r"(?<=[的要键])一年|(?<!为期)四周",
    r"(.)\1", r"[一-龥]{2,}+", r"(?>劝返|劝)复学", r"(?s:.)$", r"\d+(?:人|户)", "",
)  # fmt: skip


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """What Python itself compiled, and nothing kept yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv(kept_patterns.SETTING, raising=False)
    monkeypatch.setattr(kept_patterns, "WORTH_A_LOOK", -1)
    monkeypatch.setattr(kept_patterns, "WORTH_WRITING", 1)
    kept_texts._folder.cache_clear()
    found, code = [], re._compiler._code
    # what compiles an expression asks this, whether re asked or what keeps them
    monkeypatch.setattr(re._compiler, "_code", lambda *given: found.append(given[0]) or code(*given))
    yield found
    kept_texts._folder.cache_clear()


def files(tmp_path):
    return list((tmp_path / "zt-analysis" / kept_patterns.KIND).glob("*"))


def every():
    long = [one for module in (dates, names, closed, pointing) for one in vars(module).values()]
    found = [(one.pattern, one.flags) for one in long if isinstance(one, expressions._Later | re.Pattern)]
    assert len(found) > 30
    return found + [(one, flags) for one in ODD for flags in (0, re.IGNORECASE, re.ASCII | re.MULTILINE)]


def told(asked, patterns):
    made = [asked(pattern, int(flags)) for pattern, flags in patterns]
    found = [[(hit.span(), hit.groups(), hit.groupdict(), hit.lastgroup) for hit in one.finditer(TEXT)] for one in made]
    return found, [(one.flags, one.groups, dict(one.groupindex), one.pattern) for one in made], made


def test_what_is_kept_finds_what_python_finds(compiled, tmp_path):
    re.purge()
    plain = told(re.compile, every())
    first = Patterns()
    assert told(first.compiled, every()) == plain  # patterns are equal by their code
    assert len(compiled) > 50
    first.keep()
    assert len(files(tmp_path)) == 1
    compiled.clear()
    assert told(Patterns().compiled, every()) == plain
    assert compiled == []


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "change", [lambda content: content[:400], lambda content: content[:-1] + bytes([content[-1] ^ 1]), lambda _: b""]
)
@pytest.mark.slow
def test_what_is_damaged_is_compiled_anew(compiled, tmp_path, change):
    first = Patterns()
    plain = told(first.compiled, every())
    first.keep()
    (path,) = files(tmp_path)
    path.write_bytes(change(path.read_bytes()))
    compiled.clear()
    again = Patterns()
    assert told(again.compiled, every()) == plain
    assert len(compiled) > 50
    again.keep()
    compiled.clear()
    assert told(Patterns().compiled, every()) == plain
    assert compiled == []


def test_flags_and_kinds_are_told_apart(compiled):
    for _ in range(2):
        patterns = Patterns()
        assert patterns.compiled("STRASS", re.IGNORECASE).search("strass")
        assert not patterns.compiled("STRASS", 0).search("strass")
        assert patterns.compiled(rb"(?L)\w", 0).search(b"a")
        with pytest.raises(re.error, match="unterminated"):
            patterns.compiled("(?P<a", 0)
        patterns.keep()
    compiled.clear()
    assert Patterns().compiled("STRASS", 0).search("STRASS")
    assert compiled == []


def test_what_another_process_has_kept_meanwhile_stays(compiled):
    one, other = Patterns(), Patterns()
    assert one.compiled("[一-龥]a", 0).search("一a")
    assert other.compiled("[一-龥]b", 0).search("一b")
    one.keep()
    other.keep()
    compiled.clear()
    third = Patterns()
    assert [third.compiled(f"[一-龥]{each}", 0).search(f"一{each}").end() for each in "ab"] == [2, 2]
    assert compiled == []


def test_little_is_not_written_and_too_many_are_not_kept_for_ever(compiled, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_patterns, "WORTH_WRITING", 10**12)
    quick = Patterns()
    quick.compiled("a quick one", 0)
    quick.keep()
    assert files(tmp_path) == []
    monkeypatch.setattr(kept_patterns, "WORTH_WRITING", 1)
    monkeypatch.setattr(kept_patterns, "MOST", 5)
    for asked in ("abcd", "cef"):
        some = Patterns()
        for one in asked:
            some.compiled(one, 0)
        some.keep()
    compiled.clear()
    last = Patterns()
    assert [last.compiled(one, 0).pattern for one in "cefa"] == list("cefa")
    assert len(compiled) == 1


@pytest.mark.parametrize(("setting", "written", "asked"), [("off", 0, 2), ("read", 0, 2), ("on", 1, 1)])
def test_who_wants_nothing_kept_has_nothing_kept(compiled, tmp_path, monkeypatch, setting, written, asked):
    monkeypatch.setenv(kept_patterns.SETTING, setting)
    for _ in range(2):
        re.purge()
        patterns = Patterns()
        assert patterns.compiled("[一-龥]+的", 0).search("一的")
        patterns.keep()
    assert (len(files(tmp_path)), len(compiled)) == (written, asked)


def test_a_python_with_another_compiler_compiles_as_ever(compiled, tmp_path, monkeypatch):
    re.purge()
    monkeypatch.setattr(kept_patterns, "_engine", lambda: None)
    patterns = Patterns()
    assert patterns.compiled("(?P<n>[0-9]+)人", 0).search("3人")["n"] == "3"
    patterns.keep()
    assert Patterns().compiled("(?P<n>[0-9]+)人", 0).search("3人")["n"] == "3"


def test_what_guards_is_compiled_by_each_process(compiled, monkeypatch):
    monkeypatch.setattr(expressions, "compiled", None)
    re.purge()
    guarding = expressions.guard("[0-9]{11}")
    assert guarding.search("13812345678")
    assert len(compiled) == 1
    with pytest.raises(TypeError):
        expressions.compile("[0-9]{11}").search("")
    assert not any(form._kept for _, form, _, _ in known_forms.FORMS)
    assert not any(one._kept for one in known_forms.SIGNS)


@pytest.mark.thorough
@pytest.mark.slow
def test_a_tie_keeps_what_it_compiles(tmp_path):
    """In a process of its own, which is told what Python compiled after it looked at what is kept."""
    said = """
import re, sys
from pathlib import Path
from zt_analysis.bulletins import paper_of
from zt_analysis.params import load
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_text
text = Path("tests/texts/draft-2018-11.txt").read_text(encoding="utf-8")
case = case_of(paper_of(load("2018-11", Path.cwd())), open_package(Path("data/zhaotong-2018")))
asked, code = [], re._compiler._code
re._compiler._code = lambda *given: asked.append(given[0]) or code(*given)
ties = tie_text(text, case).ties
print(len(asked), len(ties), [(one.status, str(one.mention)) for one in ties])
"""
    found = [
        subprocess.run(
            [sys.executable, "-c", said],
            env=kept_in(tmp_path), capture_output=True, text=True, check=True,
        ).stdout.split(maxsplit=1)
        for _ in range(2)
    ]  # fmt: skip
    assert found[0][1] == found[1][1]
    assert int(found[0][0]) > 500
    assert int(found[1][0]) < int(found[0][0]) / 2


def kept_in(folder):
    return {name: value for name, value in os.environ.items() if name != kept_patterns.SETTING} | {
        "XDG_CACHE_HOME": str(folder)
    }
