"""Small files written whole: who may read them stays, and what stood there does until the new one is whole."""

import stat
import threading

import pytest
from commands import zt

from zt_analysis.contents import replace_own, write_new, write_plain


@pytest.mark.parametrize("write", [write_plain, replace_own])
def test_who_may_read_a_file_may_read_the_one_in_its_place(tmp_path, write):
    path = tmp_path / "figures.json"
    path.write_text("old", encoding="utf-8")
    for mode in (0o600, 0o640, 0o664):
        path.chmod(mode)
        write(path, "new")
        assert stat.S_IMODE(path.stat().st_mode) == mode
    assert [one.name for one in tmp_path.iterdir()] == ["figures.json"]


def test_a_new_file_has_the_rights_of_any_other(tmp_path):
    (tmp_path / "other").touch()
    write_plain(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_the_file_that_a_link_leads_to_is_written(tmp_path):
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    write_plain(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


def test_a_new_file_is_seen_whole_and_written_over_none(tmp_path):
    text, path = "行" * 10_000_000, tmp_path / "2018-W46.yml"
    thread = threading.Thread(target=write_new, args=(path, text))
    thread.start()
    while not path.exists():
        assert thread.is_alive() or path.exists()
    assert path.stat().st_size == len(text.encode())
    thread.join()
    with pytest.raises(FileExistsError, match=r"2018-W46\.yml"):
        write_new(path, "other")
    assert path.stat().st_size == len(text.encode())
    assert [one.name for one in tmp_path.iterdir()] == ["2018-W46.yml"]


@pytest.mark.slow
def test_a_page_that_is_written_over_stays_private(tmp_path):
    (tmp_path / "draft.txt").write_text("投入3亿元，占40%。", encoding="utf-8")
    page = tmp_path / "proof.html"
    page.touch(mode=0o600)
    assert zt("proof", "draft.txt", "--html", "proof.html", cwd=tmp_path).returncode in (0, 1)
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "亿元" in page.read_text(encoding="utf-8")
