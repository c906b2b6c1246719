"""Regular expressions are compiled once and taken from what was kept, and are what Python compiles."""

import re
import subprocess
import sys

import pytest

from zt_analysis import kept_patterns, kept_texts
from zt_analysis.numbers import dates, names
from zt_analysis.personal import known_forms
from zt_analysis.tying import closed, pointing

TEXT = "截至2018年11月8日，全市劝返复学学生1915人（其中小学823人），较9月20日下降0.03个百分点；抽查300多户。Straße"
ODD = (
    r"(?P<a>x)|(?P<b>y)\b", r"(?i)straSSE|STRASSE|ſ", r"(?x) 1 9 # of two\n", r"(?<=[的要键])一年|(?<!为期)四周",
    r"(.)\1", r"[一-龥]{2,}+", r"(?>劝返|劝)复学", r"(?s:.)$", r"\d+(?:人|户)", "",
)  # fmt: skip


@pytest.fixture
def used(tmp_path, monkeypatch):
    """The compiler taken over in this process, and where it keeps; what it compiled itself is counted."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kept_patterns, "WORTH_NS", 0)
    compiled = []
    plain, engine = re._compiler.compile, re._compiler._sre
    if isinstance(engine, kept_patterns.Patterns):  # a command has run in this process
        plain, engine = engine._compile, engine._engine
    monkeypatch.setattr(re._compiler, "_sre", engine)
    monkeypatch.setattr(re._compiler, "compile", lambda *given: compiled.append(given) or plain(*given))
    kept_texts._folder.cache_clear()
    counting = re._compiler.compile

    def anew():
        """As in a process that begins."""
        re._compiler.compile, re._compiler._sre = counting, engine
        re.purge()
        compiled.clear()
        kept_patterns.use_kept()

    anew()
    yield anew, compiled, tmp_path / "zt-analysis" / kept_patterns.KIND
    re.purge()
    kept_texts._folder.cache_clear()


def every():
    long = [one for module in (dates, names, closed, pointing) for one in vars(module).values()]
    found = [(one.pattern, one.flags) for one in long if isinstance(one, re.Pattern)]
    assert len(found) > 30
    return found + [(one, flags) for one in ODD for flags in (0, re.IGNORECASE, re.ASCII | re.MULTILINE)]


def told(patterns):
    made = [re.compile(pattern, flags) for pattern, flags in patterns]
    found = [[(hit.span(), hit.groups(), hit.groupdict(), hit.lastgroup) for hit in one.finditer(TEXT)] for one in made]
    return found, [(one.flags, one.groups, dict(one.groupindex), one.pattern) for one in made], made


def test_what_is_kept_finds_what_python_finds(used):
    anew, compiled, folder = used
    patterns = every()
    first = told(patterns)
    assert len(compiled) > 50
    kept_patterns.keep_compiled()
    assert len(list(folder.iterdir())) == 1
    anew()
    assert told(patterns) == first  # patterns are equal by their code
    assert compiled == []


@pytest.mark.parametrize(
    "change", [lambda content: content[:400], lambda content: content[:-1] + bytes([content[-1] ^ 1]), lambda _: b""]
)
def test_what_is_damaged_is_compiled_anew(used, change):
    anew, compiled, folder = used
    first = told(every())
    kept_patterns.keep_compiled()
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(change(whole))
    anew()
    assert told(every()) == first
    assert compiled
    kept_patterns.keep_compiled()
    assert path.read_bytes() == whole


def test_flags_and_kinds_are_told_apart(used):
    anew, compiled, _ = used
    for _ in range(2):
        assert re.search("STRASS", "strass", re.IGNORECASE)
        assert not re.search("STRASS", "strass")
        assert re.search(rb"(?L)\w", b"a")
        assert re.compile(b"a").pattern == b"a"
        with pytest.raises(re.error, match="unterminated"):
            re.compile("(?P<a")
        kept_patterns.keep_compiled()
        anew()
    re.compile("STRASS")
    assert compiled == []


def test_what_was_compiled_quickly_is_not_written(used, monkeypatch):
    _, _, folder = used
    monkeypatch.setattr(kept_patterns, "WORTH_NS", 10**12)
    re.compile("a quick one")
    kept_patterns.keep_compiled()
    assert not folder.exists() or not list(folder.iterdir())


def test_too_many_are_not_kept_for_ever(used, monkeypatch):
    anew, compiled, _ = used
    monkeypatch.setattr(kept_patterns, "MOST", 5)
    for one in "abcd":
        re.compile(one)
    kept_patterns.keep_compiled()
    anew()
    for one in "cef":
        re.compile(one)
    kept_patterns.keep_compiled()
    anew()
    for one in "cefa":
        re.compile(one)
    assert [given[0] for given in compiled] == ["a"]


def test_a_command_and_its_kernel_keep_what_they_compile(brief, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    command = [sys.executable, "-m", "zt_analysis.cli", "run", "2025"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    kept_texts._folder.cache_clear()
    kept = {pattern for pattern, _ in kept_patterns._read(re._compiler._sre)}
    kept_texts._folder.cache_clear()
    assert names._lexicon()[0].pattern in kept  # by which the kernel reads the case's text
    # by which the command looks for personal data
    assert kept.issuperset(form[1].pattern for form in known_forms.FORMS)
