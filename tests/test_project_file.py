"""zt.toml: what it says counts, and what it cannot say is told with its key."""

import os
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from zt_analysis import project
from zt_analysis.bulletins import paper_of
from zt_analysis.cli import zt
from zt_analysis.cli.scheduling import day_of
from zt_analysis.errors import InputError
from zt_analysis.office import office_of
from zt_analysis.params import load
from zt_analysis.project import standing_in
from zt_analysis.project_file import ProjectFile, read_project_file

SAID = """name = { zh = "青禾县教育局" }
languages = ["en"]
time_zone = "Pacific/Kiritimati"
office = "bureau"
"""


@pytest.fixture
def begun(tmp_path):
    assert zt.main(["init", str(tmp_path / "first")], standalone_mode=False) == 0
    return tmp_path / "first"


def test_what_init_writes_is_read(begun):
    found = read_project_file(begun)
    assert (set(found.name), found.languages, found.time_zone) == ({"zh", "en"}, ("zh", "en"), "Asia/Shanghai")


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_project_file(tmp_path) == ProjectFile({}, ("zh", "en"), "Asia/Shanghai", "office")


def test_every_key_counts(begun, monkeypatch, capsys):
    """The office is in another folder, the day is that of the zone, a page is in a language it names."""
    (begun / "zt.toml").write_text("\ufeff" + SAID, encoding="utf-8")
    (begun / "office").rename(begun / "bureau")
    assert "brief" in office_of(begun).papers
    monkeypatch.chdir(begun)
    monkeypatch.delenv("ZT_ON", raising=False)
    assert day_of(None) == datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    with standing_in(begun):
        parameters = load("2025", begun)
        with pytest.raises(InputError, match="'language'; found 'zh'; expected en"):
            paper_of(parameters)
        assert paper_of(parameters | {"language": "en"}).kind == "brief"
    shutil.rmtree(begun / "data/demo/claims")
    assert zt.main(["doctor"], standalone_mode=False) in (0, 1)
    capsys.readouterr()
    (begun / "bureau").rename(begun / "elsewhere")
    with pytest.raises(InputError, match="key 'office'; found 'bureau', which is no folder"):
        zt.main(["due", "--on", "2026-01-05"], standalone_mode=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'timezone = "UTC"',
            "key 'timezone'; found an unknown key; expected name, languages, time_zone, office. .*time_zone",
        ),
        ('time_zone = "Asia/Kunming"', "key 'time_zone'; found 'Asia/Kunming'; expected a zone"),
        ('time_zone = "../../etc/passwd"', "key 'time_zone'"),
        ('time_zone = "/etc/localtime"', "key 'time_zone'"),
        ('time_zone = "Asia"', "key 'time_zone'"),
        ("time_zone = 8", "key 'time_zone'; found 8"),
        ('time_zone = ""', "key 'time_zone'"),
        ('languages = "zh"', "key 'languages'; found 'zh'; expected some of zh, en"),
        ("languages = []", "key 'languages'"),
        ('languages = ["zh", "zh"]', "key 'languages'"),
        ('languages = ["fr"]', "key 'languages'"),
        ('name = "教育局"', "key 'name'; found '教育局'; expected a name in zh, en or both"),
        ('name = { zh = "" }', "key 'name'"),
        ('name = { fr = "x" }', "key 'name'"),
        ('office = "../office"', "key 'office'; found '../office'; expected a folder of the project"),
        ('office = "/office"', "key 'office'"),
        ('office = "."', "key 'office'"),
        ("office = 1", "key 'office'"),
        ('name = "a', "zt.toml; found .*; expected TOML"),
        ('office = "office"\noffice = "office"', "zt.toml; found .*; expected TOML"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, text, message):
    (tmp_path / "zt.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_project_file(tmp_path)
    assert caught.value.exit_code == 2


def test_what_is_no_text_is_told(tmp_path):
    (tmp_path / "zt.toml").write_bytes("name = '昭'".encode("gb18030"))
    with pytest.raises(InputError, match="found text that is not UTF-8"):
        read_project_file(tmp_path)


def test_a_folder_that_is_no_text_is_refused(tmp_path):
    """A name in the bytes of GBK, or any beyond ASCII under a locale that has no such letters."""
    root = tmp_path / os.fsdecode(b"\xcf\xee\xc4\xbf")
    root.mkdir()
    (root / "zt.toml").write_text("", encoding="utf-8")
    for found in (lambda: project.find_root(root), lambda: project.project_at(root, "option -C")):
        with pytest.raises(InputError, match="found a name that is not in UTF-8; expected one that is"):
            found()
