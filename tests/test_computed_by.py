"""What a case was computed by: an edit of the office runs those cases again that use what was edited, and no others.

Two cases of two kinds of paper: ``brief`` states the figure ``boarders`` and has a chart, ``note`` states ``pupils``.
"""

import json
import shutil

import nbformat
import pytest
from click.testing import CliRunner
from packages import ROOT

from zt_analysis import used
from zt_analysis.cli import zt
from zt_analysis.errors import InputError
from zt_analysis.indicators import find, settled
from zt_analysis.office import Office, office_of
from zt_analysis.project import standing_in
from zt_analysis.runs import batch, unchanged
from zt_analysis.runs.verifying import verify

BOTH, BRIEF, NOTE, NONE = {"2025", "n2025"}, {"2025"}, {"n2025"}, set()
HELPING = """LIMIT = 9
FACTOR = 1
NOT_USED = 1


def scaled(value):
    return value * FACTOR
"""
FILES = {
    "beside.py": "BESIDE = 3\n",
    "norms.txt": "7\n",
    "office/norms.json": "{}\n",
    "office/helping.py": HELPING,
    "office/helping_too.py": HELPING,
    "office/patching.py": "from . import helping\n\nhelping.LIMIT = 5\n",
    "office/listed.py": (
        "ALL = []\n\n\ndef listed(one):\n    ALL.append(one)\n    return one\n\n\n"
        "@listed\ndef first():\n    return 1\n"
    ),
    "office/charts.py": (
        "from . import listed, patching\nfrom .helping import LIMIT\n\n\ndef shown(frame):\n"
        "    return frame.head(LIMIT + len(listed.ALL))\n\n\ndef not_shown(frame):\n    return frame\n"
    ),
    "office/rules.py": "def not_used():\n    return 1\n",
}  # fmt: skip
FUTURE = "from __future__ import annotations\n"
INDICATORS = (
    (FUTURE, f"{FUTURE}\nimport beside\n\nfrom .helping import scaled\n"),
    ("import Measure, Period, Tables, measured\n",
     "import Exact, Measure, Period, Tables, derived, find_root, measured, ratio\n"),
    ('    return _counted(tables, period, "boarders")\n', (
        '    norm = (find_root() / "norms.txt").read_text()\n    assert norm and beside.BESIDE\n'
        '    return _counted(tables, period, "boarders")\n\n\n'
        '@derived("ratio", zh="寄宿生占比", en="share of boarders")\n'
        'def boarding_share(boarders: Exact, pupils: Exact) -> Exact:\n'
        '    """Boarding pupils among all.\n\n    Formula: boarders / pupils\n    NULL: none\n    Source: towns\n'
        '    定义：比例\n    算式：除\n    空值：无\n    出处：乡镇\n    """\n'
        '    return ratio(scaled(boarders), pupils)\n\n\n'
        '@measured("persons", zh="无人用", en="of no paper")\n'
        'def of_no_paper(tables: Tables, period: Period) -> Measure:\n'
        '    """Stated nowhere."""\n    return _counted(tables, period, "pupils")\n'
    )),
)  # fmt: skip
PAPERS = (
    ("class Brief(Paper):",
     "class Yearly(Paper):\n    SOMETHING = 1\n\n\n@dataclass(frozen=True, kw_only=True)\nclass Brief(Yearly):"),
    ('("pupils", "boarders")', '("pupils", "boarders", "boarding_share")'),
)  # fmt: skip
SECOND = '''

@dataclass(frozen=True, kw_only=True)
class Note(Paper):
    """A note."""

    id: ClassVar[str] = "note"
    kind: ClassVar[str] = "note"
    notebook: ClassVar[str] = "note"
    case_pattern: ClassVar[tuple[str, str]] = (r"n\\d{4}", "n and a year")
    indicators: ClassVar[tuple[str, ...]] = ("pupils",)
    unread: ClassVar[int] = 1

    def printed(self) -> tuple[list[Claim], Period]:
        return [], self.period

    def reported_numbers(self, tables: object) -> int:
        return 1
'''


def edited(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, (path.name, old)
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def planted(root):
    """A project of ``zt init`` with two cases and one of everything that an office may use, both cases run."""
    CliRunner().invoke(zt, ["init", str(root)], standalone_mode=False, catch_exceptions=False)
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    # a text is read by the names of all figures: its case hangs on which there are
    (root / "papers" / "2025.md").unlink()
    # the charts of zt init give way to those that are planted
    edited(root / "office/layout.py", ('("page_say_pupils",), ("pupils",)', '("page_say_pupils",)'))
    edited(root / "office/indicators.py", *INDICATORS)
    edited(root / "office/papers.py", *PAPERS)
    with (root / "office/papers.py").open("a", encoding="utf-8") as file:
        file.write(SECOND)
    edited(root / "office/__init__.py", ('"charts": "charts"}', '"charts": "charts", "Note": "papers:Note"}'))
    with (root / "office/layout.py").open("a", encoding="utf-8") as file:
        file.write('\n\nNOTE = Layout("note", (Section("pupils", ("page_say_noted",)),))\n')
    with (root / "office/words/brief.csv").open("a", encoding="utf-8") as file:
        file.write("note_title,短讯,Note,\npage_say_noted,有{pupils}。,There are {pupils}.,\nof_nothing,无,nothing,\n")
    statements = root / "office/relations/statements.csv"
    lines = statements.read_text(encoding="utf-8").splitlines()
    papers = ["papers", "brief", ""]
    statements.write_text("".join(f"{line},{one}\n" for line, one in zip(lines, papers, strict=True)), encoding="utf-8")
    notebook = nbformat.read(root / "notebooks/brief.ipynb", 4)
    notebook.cells = [one for one in notebook.cells if "zt.charts" not in one.source]
    noted = nbformat.from_dict(
        json.loads(json.dumps(notebook).replace("zt.Brief", "zt.Note").replace('\\"brief', '\\"note'))
    )
    nbformat.write(noted, root / "notebooks/note.ipynb")
    shown = 'zt.charts.shown(zt.breakdown("boarders", tables, brief.period, by="town_code"))'
    notebook.cells.append(nbformat.v4.new_code_cell(shown))
    nbformat.write(notebook, root / "notebooks/brief.ipynb")
    case = (root / "params/2025.yml").read_text(encoding="utf-8")
    (root / "params/n2025.yml").write_text(
        case.replace('"2025"', '"n2025"').replace('"brief"', '"note"'), encoding="utf-8"
    )
    found = batch.run_all(["2025", "n2025"], root)
    assert [(one.status, one.message) for one in found] == [("agrees", "")] * 2


@pytest.fixture
def mine(once, tmp_path, monkeypatch):
    root = tmp_path / "mine"
    shutil.copytree(once("computed_by", planted), root)
    monkeypatch.chdir(root)
    return root


def changed(root):
    """The cases that an edit has changed; ``zt verify`` says the same, with a reason for each."""
    found = {case for case in ("2025", "n2025") if unchanged(root, root / "outputs" / case) is None}
    told = {case: verify(root / "outputs" / case, root) for case in ("2025", "n2025")}
    assert found == {case for case, one in told.items() if not one.holds}
    return found, [name for one in told.values() for name, _, _ in one.problems]


# file, what is there, what is written instead, the cases to be run again, what verify names
FIGURES = "office/indicators.py"
NEWER = '@measured("rows")\ndef newer(tables, period):\n    """N."""\n\n\n@measured("persons", zh="无人用"'
PAPER = "office/papers.py"
HELP = "office/helping.py"
CHART = "office/charts.py"
WORD = "office/words/brief.csv"
STATED = "office/relations/statements.csv"
RULES = "office/rules.py"
EDITS = {
    "figure": (FIGURES, "Pupils who board", "Those who board", BRIEF, "office/indicators.py, boarders"),
    "figure of both": (FIGURES, "Pupils on the", "Those on the", BOTH, "pupils"),
    "label": (FIGURES, 'zh="寄宿生占比"', 'zh="占比"', BRIEF, "boarding_share"),
    "figure of none": (FIGURES, "Stated nowhere", "Not stated", NONE, ""),
    "helper": (FIGURES, '"sum", column', '"sum", f"{column}"', BOTH, "_counted"),
    "helper elsewhere": (HELP, "value * FACTOR", "FACTOR * value", BRIEF, "helping.py, scaled"),
    "its constant": (HELP, "FACTOR = 1", "FACTOR = 2", BRIEF, "helping.py, FACTOR"),
    "bound again": (HELP, "NOT_USED = 1", "NOT_USED = 1\nFACTOR = 4", BRIEF, "helping.py, FACTOR"),
    "one not used": (HELP, "NOT_USED = 1", "NOT_USED = 2", NONE, ""),
    "hides a built-in": (CHART, "def not_shown", "def len(_):\n    return 0\n\n\ndef not_shown", BRIEF, "shown"),
    "imported from elsewhere": (FIGURES, "from .helping import", "from .helping_too import", BRIEF, "share"),
    "module beside": ("beside.py", "3", "4", BRIEF, "beside.py, BESIDE"),
    "statement": (STATED, "寄宿生不超过", "寄宿的不超过", BRIEF, "boarders_within_pupils"),
    "statement of both": (STATED, "各乡镇合计", "乡镇合计", BOTH, "towns_add_up"),
    "statement for another": (STATED, "enrolled,brief", "enrolled,note", BOTH, "which definitions"),
    "word": (WORD, "其中寄宿生", "寄宿生", BRIEF, "office/words, page_say_pupils"),
    "word of the other": (WORD, "短讯", "快讯", NOTE, "note_title"),
    "word of none": (WORD, "nothing", "none", NONE, ""),
    "word of the engine": (WORD, "of_nothing,无", "agree,一样", BOTH, "engine's words"),
    "chart": (CHART, "frame.head(LIMIT +", "frame.tail(LIMIT +", BRIEF, "charts.py, shown"),
    "chart of none": (CHART, "    return frame\n", "    return frame.T\n", NONE, ""),
    "layout": ("office/layout.py", "summary=(", "title='',\n    summary=(", BRIEF, "layout.py, BRIEF"),
    "layout of the other": ("office/layout.py", "page_say_noted", "page_say_pupils", NOTE, "layout.py, NOTE"),
    "class attribute": (PAPER, "unread: ClassVar[int] = 1", "unread: ClassVar[int] = 2", NOTE, "papers.py, Note"),
    "of a base class": (PAPER, "SOMETHING = 1", "SOMETHING = 2", BRIEF, "papers.py, Yearly"),
    "which paper": (PAPER, 'notebook: ClassVar[str] = "note"', 'notebook: ClassVar[str] = "brief"', BOTH, "Note"),
    "export": ("office/__init__.py", '"charts": "charts"', '"charts": "helping"', BRIEF, "NOTEBOOK[charts]"),
    "file that a figure reads": ("norms.txt", "7", "8", BRIEF, "input norms.txt"),
    "other file of the office": ("office/norms.json", "{}", "{ }", BOTH, "input office/norms.json"),
    "monkeypatch": ("office/patching.py", "= 5", "= 6", BOTH, "patching.py, what it does when it is imported"),
    "new monkeypatch": (RULES, "def not_used", "print('here')\n\n\ndef not_used", BOTH, "rules.py, what it does"),
    "registered by a decorator": ("office/listed.py", "return 1", "return 2", BOTH, "listed.py"),
    "new figure": (FIGURES, "@measured(\"persons\", zh=\"无\u4eba用\"", NEWER, NONE, ""),
    "new function": (RULES, "def not_used", "def neither():\n    return 2\n\n\ndef not_used", NONE, ""),
    "comment": (PAPER, "@dataclass", "# said by hand\n@dataclass", NONE, ""),
    "no Python": (RULES, "def not_used():", "def not_used(:", BOTH, "office/rules.py"),
    "broken words": (WORD, "of_nothing,无", "note_title,无", BOTH, "brief.csv"),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_runs_those_again_that_use_what_was_edited(mine, name):
    file, old, new, expected, told = EDITS[name]
    assert changed(mine) == (NONE, [])
    edited(mine / file, (old, new))
    found, problems = changed(mine)
    assert found == expected
    assert not expected or any(told in one for one in problems)


@pytest.mark.thorough
@pytest.mark.slow
def test_what_is_too_many_or_too_few_is_told(mine):
    (mine / "office/further.json").write_text("{}")
    assert changed(mine) == (BOTH, ["input office/further.json"] * 2)
    (mine / "office/further.json").unlink()
    (mine / "office/relations/more.py").write_text(
        "from zt_analysis.define import relation\n\n\n@relation\ndef more(): ...\n"
    )
    found, problems = changed(mine)
    assert found == BOTH
    assert any("which definitions there are" in one for one in problems)
    (mine / "office/relations/more.py").unlink()
    (mine / "office/helping.py").unlink()
    assert changed(mine)[0] == BOTH  # what is imported cannot be


@pytest.mark.thorough
@pytest.mark.slow
def test_a_batch_runs_what_verify_says_and_the_rest_is_left(mine):
    edited(mine / "office/indicators.py", ("Pupils who board", "Those who board"))
    done = CliRunner().invoke(zt, ["run", "--all"], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "1 unchanged" in done.output
    assert changed(mine) == (NONE, [])
    record = json.loads((mine / "outputs/n2025/run.json").read_text(encoding="utf-8"))
    edited(mine / "office/helping.py", ("NOT_USED = 1", "NOT_USED = 2"))
    found = verify(mine / "outputs/2025", mine)
    assert found.holds
    assert found.notes == ("office/helping.py has changed, and no definition in it that this case used",)
    assert "boarders" not in record["computed_by"]["definitions"]["office/indicators.py"]


def test_what_another_project_imported_is_none_of_this_case(tmp_path, monkeypatch):
    """One process may know several projects; a case's record names what its own office read."""
    monkeypatch.setattr(used, "_STATE", used._State())
    with standing_in(ROOT):
        for office, name in ((ROOT / "office", "mine"), (tmp_path / "office", "theirs")):
            with used.importing(office):
                used.note("read", name, "import")
        with used.noting(tmp_path / "notes"):
            used.note("word", "here")
    assert used.notes(tmp_path / "notes") == [("read", "mine", "import"), ("word", "here")]


def test_what_is_looked_up_once_for_a_review_is_noted_all_the_same(tmp_path, monkeypatch):
    """Names that were looked up unnoted, or by their heads, and those of another office are looked up again."""
    monkeypatch.setattr(used, "_STATE", used._State())
    name = "returned_students"
    own = office_of(ROOT)
    own.indicators  # noqa: B018  # what is noted while it is imported is none of this
    with own.active(), settled(), used.noting(tmp_path / "notes"):
        with used.unnoted():
            first = find(name)
        with used.heads_only():
            find(name)
        assert find(name) is find(name) is first
        with pytest.raises(InputError, match="no such indicator"), Office(None).active():
            find(name)
    noted = [one for one in used.notes(tmp_path / "notes") if name in one]
    assert [one[0] for one in noted] == ["head", "definition", "missing"]
