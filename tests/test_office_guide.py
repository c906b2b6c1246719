"""docs/office.md as a newcomer follows it: every file is written, every command typed, in the order of the page."""

import re
import shlex
import subprocess
import sys

import nbformat
import pytest
from packages import ROOT

from zt_analysis.cli import zt

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
PAGE = (ROOT / "docs" / "office.md").read_text(encoding="utf-8")


def write(root, kind, name, text):
    path = root / name
    if kind == "diff":
        (old,), (new,) = (re.findall(rf"^\{sign}(.*)$", text, re.M) for sign in "-+")
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{name}: {old}"
        path.write_text(before.replace(old, new), encoding="utf-8")
    elif path.suffix == ".ipynb":
        notebook = nbformat.read(path, 4)
        notebook.cells.append(nbformat.v4.new_code_cell(text.rstrip("\n"), id="added"))
        nbformat.write(notebook, path)
    else:
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else ""
        gap = "\n\n" if before and path.suffix == ".py" else ""
        path.write_text(before + gap + text, encoding="utf-8")


def follow(root):
    """Do all that the page says; what each command answered, in order."""
    here, answers = root, []
    for kind, name, text in BLOCK.findall(PAGE):
        if kind != "sh":
            assert name, f"a block without a file: {text[:60]}"
            write(here, kind, name, text)
            continue
        for line in text.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                here /= words[0]
                continue
            assert program == "zt", line
            # a process each: what an office declares is read once in each
            command = [sys.executable, "-m", "zt_analysis.cli", *words]
            done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
            answers.append((line, done.returncode, done.stdout + done.stderr))
    return here, answers


@pytest.mark.thorough
@pytest.mark.slow
def test_every_step_of_the_guide_holds(tmp_path):
    root, answers = follow(tmp_path)
    assert [(line, code) for line, code, _ in answers if code] == [], answers
    assert [line for line, _, _ in answers].count("zt run 2025") == 2
    said = dict((line, text) for line, _, text in answers)  # noqa: C402  the last answer to each
    assert "tied 4; excused 1; unproven 0" in said["zt tie drafts/2025.txt --case 2025 --require 100%"]
    assert "公布数5：4 核对一致 · 1 未对源表核对" in said["zt run 2025"]
    assert "勾稽3：3 成立" in said["zt run 2025"]
    page = (root / "outputs/2025/report.html").read_text(encoding="utf-8")
    for shown in (
        "寄宿生占比", "25.35%", "t01", "石桥乡寄宿生占比由39.42%升至41.71%",
        "在校生数8880人，桃园镇最多（4068人）", "寄宿生未减少一半以上",
    ):  # fmt: skip
        assert shown in page
    for name in ("drafts/2025.txt", "data/demo/claims/2025.csv"):
        (root / name).write_text((root / name).read_text(encoding="utf-8").replace("25.35", "25.36"), encoding="utf-8")
    for words in (["tie", "drafts/2025.txt", "--case", "2025"], ["check", "2025"]):
        done = subprocess.run(
            [sys.executable, "-m", "zt_analysis.cli", *words], cwd=root, capture_output=True, check=False
        )
        assert done.returncode == 1


def test_every_inline_command_of_the_guide_is_a_command():
    named = set(re.findall(r"`zt ([\w-]+)", PAGE))
    assert len(named) >= 5
    assert named <= set(zt.commands)
