"""What was issued is frozen: told when it no longer holds, replaced only by a revision, and kept as an edition."""

import json
import os
import random
import shutil
import signal
import time

import pytest
from arrivals import late_return
from bs4 import BeautifulSoup
from packages import SHIPPED, add_office, copy_brief, link

from zt_analysis import runs
from zt_analysis.cli import zt
from zt_analysis.errors import InputError
from zt_analysis.ledger import judged_names
from zt_analysis.runs import editions
from zt_analysis.runs.issued import Watch
from zt_analysis.runs.proving import sign
from zt_analysis.runs.publishing import draft, publish, tidy
from zt_analysis.runs.signing import Signer, path_of
from zt_analysis.runs.verifying import schema_problems, verify

CASE = "2018-W44"
# what asks nothing of what a case says is asked of the small project's, which is issued in a second
SMALL = "2025"
LATE = "2018-11-01"
REASON = "昭阳区补录一名复学学生"


def typed(*words):
    return zt.main(list(words), standalone_mode=False)


def copied(source, target):
    """A project to change: its big tables are second names of the same files."""
    shutil.copytree(source / "data", target / "data", copy_function=link)
    for name in ("params", "notebooks", "outputs"):
        shutil.copytree(source / name, target / name)
    add_office(target)
    return target


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def issued_once(finished, once):
    """One circular, final and signed by two; read only."""

    def make(root):
        copied(finished, root)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            for role, by in (("maker", "desk-1"), ("checker", "desk-2")):
                assert editions.standing(root / "outputs" / CASE) == "open"
                sign(CASE, root, Signer(role, by, remark="待办已交办"), engine="warm")

    return once("issued", make)


@pytest.fixture(scope="module")
def revised_once(issued_once, tmp_path_factory):
    """The same after a return was entered late and the circular revised."""
    root = copied(issued_once, tmp_path_factory.mktemp("revised"))
    late_return(root / "data" / SHIPPED.name, LATE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert typed("run", CASE, "--engine", "warm", "--revise", REASON) == 0
    return root


@pytest.fixture
def frozen(issued_brief_once, tmp_path, monkeypatch):
    shutil.copytree(issued_brief_once, tmp_path / "brief")
    monkeypatch.chdir(tmp_path / "brief")
    return tmp_path / "brief"


@pytest.fixture
def issued(issued_once, tmp_path, monkeypatch):
    monkeypatch.chdir(copied(issued_once, tmp_path))
    return tmp_path


@pytest.fixture
def revised(revised_once, tmp_path, monkeypatch):
    monkeypatch.chdir(copied(revised_once, tmp_path))
    return tmp_path


def due_rows(capsys, day="2018-11-02"):
    capsys.readouterr()
    code = typed("due", "--on", day, "--format", "json")
    return code, {one["case"]: one for one in json.loads(capsys.readouterr().out)}


class TestFrozen:
    def test_list_says_that_it_is_issued(self, frozen, capsys):
        capsys.readouterr()
        assert typed("list") == 0
        (line,) = [one for one in capsys.readouterr().out.splitlines() if SMALL in one]
        assert "issued, v1; " in line

    def test_nothing_asks_for_what_was_issued(self, frozen, capsys):
        assert editions.standing(frozen / "outputs" / SMALL) == "issued"
        _, rows = due_rows(capsys, "2026-06-01")
        assert (rows[SMALL]["state"], rows[SMALL]["done"], rows[SMALL]["runs"]) == ("issued", True, False)
        assert typed("run", SMALL) == 0
        assert "issued; nothing has changed since" in capsys.readouterr().out

    @pytest.mark.parametrize("day", ["2025-09-10", "2025-10-10", "2026-06-30", "2099-12-31"])
    @pytest.mark.part(2)
    def test_whatever_day_the_clock_says_it_stays_issued(self, frozen, capsys, monkeypatch, day):
        """A clock set back before its week, or left years ahead: it is asked for by nothing, and nothing has moved."""
        monkeypatch.setenv("ZT_ON", day)
        capsys.readouterr()
        typed("due", "--format", "json")
        rows = {one["case"]: one for one in json.loads(capsys.readouterr().out)}
        asked = rows.get(SMALL, {"state": "issued", "runs": False})
        # before its week is over it is not due yet
        assert (asked["state"], asked["runs"]) == ("issued", False)
        assert Watch(frozen, frozen / "outputs").news(SMALL).state == "issued"
        typed("due", "--format", "names")
        assert SMALL not in capsys.readouterr().out.split()

    @pytest.mark.parametrize("words", [("--force",), ("--force", "--log-format", "json"), ("--revise", " ")])
    def test_a_run_that_would_replace_it_is_refused(self, frozen, words, capfd):
        before = content(frozen / "outputs" / SMALL)
        try:
            code = typed("run", SMALL, *words)
        except InputError as error:
            code, said = error.exit_code, str(error)
        else:
            said = capfd.readouterr().err
        assert code == 2
        assert "--revise" in said
        assert content(frozen / "outputs" / SMALL) == before

    def test_nor_does_a_program_replace_it(self, frozen):
        with pytest.raises(InputError, match=f"found an issued case.*zt run {SMALL} --revise"):
            runs.run(SMALL, frozen)

    def test_a_revision_that_would_change_nothing_is_refused(self, frozen):
        with pytest.raises(InputError, match="found nothing that has changed since it was issued"):
            typed("run", SMALL, "--revise", REASON)

    @pytest.mark.parametrize("command", ["verify", "restated"])
    def test_an_edition_without_a_name_is_refused(self, frozen, command):
        with pytest.raises(InputError, match="edition; found ''; expected v1"):
            typed(command, SMALL, "--edition", "")

    def test_a_case_that_was_not_issued_is_not_revised(self, frozen):
        copy_brief(frozen, "2026")
        with pytest.raises(InputError, match="--revise; found a case that is not issued"):
            typed("run", "2026", "--revise", REASON)

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "lost",
        [
            "figures.json", "run.json", "figures.csv", "signoffs", "signoffs emptied", "all", "a sign-off",
            "every sign-off", "a role", "values",
        ],
    )  # fmt: skip
    def test_what_was_signed_and_is_gone_is_never_made_anew(self, frozen, lost, capsys):
        """Whoever deletes, empties or alters what proves that a case was issued does not unfreeze it."""
        folder = frozen / "outputs" / SMALL
        if lost == "all":
            shutil.rmtree(folder)
        elif lost == "signoffs":
            path_of(folder).unlink()
        elif lost == "signoffs emptied":
            path_of(folder).write_text("", encoding="utf-8")
        elif " " in lost or lost == "values":
            maker, checker = json.loads(path_of(folder).read_text(encoding="utf-8"))
            left = {
                "a sign-off": [maker], "every sign-off": [], "a role": [maker, checker | {"role": "reader"}],
                "values": [maker, checker | {"values_sha256": "0" * 64}],
            }  # fmt: skip
            path_of(folder).write_text(json.dumps(left[lost]), encoding="utf-8")
        else:
            (folder / lost).unlink()
        assert due_rows(capsys, "2026-06-01")[1][SMALL]["state"] == "damaged"
        assert typed("run", SMALL) == 1
        before = content(frozen / "outputs")
        if lost != "figures.csv":
            for reason in ("", REASON):
                with pytest.raises(InputError, match="not what was signed"):
                    runs.run(SMALL, frozen, revise=reason)
        assert {name for name in before if ".locks" not in name} <= set(content(frozen / "outputs"))

    @pytest.mark.parametrize("beside", ["more.txt", ".hidden", "more/", "a link"])
    def test_what_stands_beside_it_is_damage(self, frozen, beside, tmp_path_factory, capsys):
        folder = frozen / "outputs" / SMALL
        if beside == "a link":
            away = tmp_path_factory.mktemp("away") / "elsewhere"
            folder.rename(away)
            folder.symlink_to(away)
        elif beside.endswith("/"):
            (folder / beside).mkdir()
        else:
            (folder / beside).write_text("x", encoding="utf-8")
        assert typed("run", SMALL) == typed("verify", SMALL) == 1
        said = capsys.readouterr()
        assert "issued, and not as it was signed" in said.err
        assert "elsewhere" not in said.out, "the name of what a link leads to"
        typed("list")
        assert "damaged" in next(one for one in capsys.readouterr().out.splitlines() if SMALL in one)

    def test_its_lost_file_of_parameters_hides_it_from_nobody(self, frozen, capfd):
        path = frozen / "params" / f"{SMALL}.yml"
        path.unlink()
        said = f"no params/{SMALL}.yml, though it was issued"
        code, rows = due_rows(capfd, "2026-06-01")
        assert (code, rows[SMALL]["state"]) == (1, "unchecked")
        assert said in rows[SMALL]["hint"]
        for words in (["list"], ["restated"], ["run", "--all"], ["run", "--due", "--on", "2026-06-01"]):
            assert typed(*words) == 2
            printed = capfd.readouterr()
            assert said in printed.out + printed.err, words
        assert not path.exists()  # nor made anew by a timetable, as if nothing had been published
        assert f"{SMALL}/report.html" in runs.build_index(frozen).read_text(encoding="utf-8")

    @pytest.mark.thorough
    def test_whatever_is_typed_of_a_lost_one_leads_to_a_copy(self, frozen):
        folder = frozen / "outputs" / SMALL
        folder.rename(frozen / "kept")
        assert typed("run", SMALL) == 1
        for words in (
            ("verify", SMALL), ("run", SMALL, "--force"), ("run", SMALL, "--revise", REASON),
            ("sign", SMALL, "--as", "maker", "--by", "desk-1"), ("restated", SMALL),
            ("unsign", SMALL, "--as", "checker", "--reason", REASON),
        ):  # fmt: skip
            with pytest.raises(InputError, match="put the files back from a copy"):
                typed(*words)
        (frozen / "kept").rename(folder)
        (folder / "figures.csv").write_text("x", encoding="utf-8")
        with pytest.raises(InputError, match="put the files back from a copy"):
            typed("unsign", SMALL, "--as", "checker", "--reason", REASON)


class TestNoLongerHolds:
    @pytest.mark.thorough
    def test_what_no_longer_holds_is_told_and_kept(self, issued, capsys):
        """By due, by a run of it, of all, of what is due; the hook gets it; nothing is replaced."""
        late_return(issued / "data" / SHIPPED.name, LATE)
        before = content(issued / "outputs" / CASE)
        code, rows = due_rows(capsys)
        assert code == 1
        assert (rows[CASE]["state"], rows[CASE]["done"], rows[CASE]["runs"]) == ("restated", False, False)
        for said in ("劝返复学学生数 2018-11-01: 1765人 -> 1766人", "  - 本周复学销案", f"zt run {CASE} --revise"):
            assert said in rows[CASE]["hint"], rows[CASE]["hint"]
        # weeks later too, when other circulars are due
        assert due_rows(capsys, "2018-11-30")[1][CASE]["state"] == "restated"
        assert typed("run", CASE) == 1
        assert "1765人 -> 1766人" in capsys.readouterr().err
        assert typed("run", CASE, "--on-failure", "cat > told.json") == 1
        told = json.loads((issued / "told.json").read_text(encoding="utf-8"))
        assert (told["case"], told["status"], told["exit_code"]) == (CASE, "restated", 1)
        assert "1765人 -> 1766人" in told["error"]["message"]
        assert typed("restated", CASE) == 1
        assert content(issued / "outputs" / CASE) == before

    @pytest.mark.thorough
    def test_inputs_that_move_nothing_are_said_and_no_failure(self, issued, capsys):
        path = issued / "params" / f"{CASE}.yml"
        path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        assert typed("run", CASE) == 0
        figures = json.loads((issued / "outputs" / CASE / "figures.json").read_text(encoding="utf-8"))["figures"]
        assert len(figures) > 30
        assert f"what it reads has changed, and every figure holds: {len(figures)}" in capsys.readouterr().out
        assert due_rows(capsys)[1][CASE]["state"] == "issued"

    @pytest.mark.thorough
    def test_inputs_that_are_refused_are_told(self, issued, capsys):
        path = issued / "data" / SHIPPED.name / "counties.csv"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        path.write_text(text.replace("530602", "530602x", 1), encoding="utf-8")
        code, rows = due_rows(capsys)
        assert (code, rows[CASE]["state"], rows[CASE]["runs"]) == (1, "unchecked", False)
        assert typed("run", CASE) == 2
        capsys.readouterr()
        assert typed("restated") == 2
        said = capsys.readouterr().err
        # what keeps several from being recomputed is said once
        assert f"zt: {CASE}, 2018-W45: counties.csv row 1 (line 2), column 'county_code': found '530602x'" in said

    @pytest.mark.thorough
    def test_a_lost_one_keeps_no_other_from_being_recomputed(self, issued, capsys):
        shutil.rmtree(issued / "outputs" / CASE)
        capsys.readouterr()
        assert typed("restated") == 2
        said = capsys.readouterr()
        assert f"no outputs/{CASE}/, though {CASE}.signoffs.json says who signed it" in said.err
        assert "2018-W45: 41 figures recomputed" in said.out, "the others are told"


@pytest.mark.thorough
class TestRevised:
    def test_both_editions_verify(self, revised, issued_once, capsys):
        folder, former = revised / "outputs" / CASE, revised / "outputs" / f"{CASE}.editions" / "v1" / CASE
        assert content(former) == content(issued_once / "outputs" / CASE)
        assert path_of(former).read_bytes() == path_of(issued_once / "outputs" / CASE).read_bytes()
        assert typed("verify", CASE) == typed("verify", CASE, "--edition", "v2") == 0
        capsys.readouterr()
        assert typed("verify", CASE, "--edition", "v1") == 0
        said = capsys.readouterr().out
        assert "note: input data/zhaotong-2018/dropout_cases.csv is no longer what this edition was made from" in said
        assert schema_problems(json.loads((folder / "run.json").read_text(encoding="utf-8"))) == []
        with pytest.raises(InputError, match="found 'v3'; expected v1 or v2"):
            typed("verify", CASE, "--edition", "v3")

    def test_tampering_with_a_former_edition_is_found(self, revised):
        former = revised / "outputs" / f"{CASE}.editions" / "v1" / CASE
        for path in (*sorted(former.iterdir()), path_of(former)):
            whole = path.read_bytes()
            path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
            assert not verify(former, revised, former=True).holds, path.name
            path.write_bytes(whole)
        assert verify(former, revised, former=True).holds

    def test_a_former_edition_that_is_gone_is_told(self, revised):
        folder = revised / "outputs" / CASE
        shutil.rmtree(revised / "outputs" / f"{CASE}.editions" / "v1")
        assert [problem[0] for problem in verify(folder, revised).problems] == ["edition v1"]

    def test_what_no_revision_left_among_them_is_told(self, revised):
        folder, place = revised / "outputs" / CASE, revised / "outputs" / f"{CASE}.editions"
        assert verify(folder, revised).holds
        for name in ("v3", "v01", "v1/more", ".hidden"):
            (place / name).mkdir()
            found = [(name_of, said) for name_of, said, _ in verify(folder, revised).problems]
            assert found == [(f"{CASE}.editions/{name}", "what no revision left")]
            (place / name).rmdir()
        (place / ".DS_Store").write_bytes(b"")
        assert verify(folder, revised).holds

    def test_the_page_says_what_moved_and_why(self, revised):
        page = BeautifulSoup((revised / "outputs" / CASE / "report.html").read_text(encoding="utf-8"), "lxml")
        (aside,) = page.select("aside.revised")
        assert "修订：第2版（v2），取代先前签发的第1版（v1）" in aside.text
        assert REASON in aside.text
        assert "1765人 → 1766人" in " ".join(aside.text.split())
        assert any("本周复学销案" in one.text for one in aside.select("del"))
        ledger = json.loads((revised / "outputs" / CASE / "figures.json").read_text(encoding="utf-8"))
        judged = [judged_names(ledger, "zh")[name] for name, *_ in ledger["revision"]["verdicts"]]
        assert judged
        assert [name for name in judged if f"{name}：" not in aside.text] == []
        # above everything but the line that the rows are synthetic
        first = page.body.find_all(["aside", "header"], recursive=False)[:2]
        assert [one.get("class") for one in first] == [["synthetic"], ["alarm", "open", "revised"]]

    def test_the_record_says_it_too(self, revised):
        record = json.loads((revised / "outputs" / CASE / "run.json").read_text(encoding="utf-8"))["revision"]
        assert (record["edition"], record["former"], record["reason"]) == (2, 1, REASON)
        moved = {one["key"]: (one["before"]["zh"], one["now"]["zh"]) for one in record["figures"]}
        assert moved["returned_students@2018-11-01"] == ("1765人", "1766人")
        assert len(record["sentences"]) >= 1

    def test_a_revision_is_signed_anew_and_then_frozen(self, revised, capsys):
        folder = revised / "outputs" / CASE
        assert editions.standing(folder) == "open"
        assert due_rows(capsys)[1][CASE]["state"] == "agrees"
        typed("sign", CASE, "--as", "maker", "--by", "desk-1", "--remark", "待办已交办")
        typed("sign", CASE, "--as", "checker", "--by", "desk-2", "--remark", "待办已交办")
        assert editions.standing(folder) == "issued"
        assert editions.next_revision(folder, "again") == {"edition": 3, "reason": "again"}
        assert typed("verify", CASE) == typed("verify", CASE, "--edition", "v1") == 0

    def test_a_revision_nobody_signed_stays_the_same_edition(self, revised):
        folder = revised / "outputs" / CASE
        assert editions.next_revision(folder, "") == {"edition": 2, "reason": REASON}
        assert editions.next_revision(folder, "better") == {"edition": 2, "reason": "better"}
        assert editions.former(folder, 2) == revised / "outputs" / f"{CASE}.editions" / "v1" / CASE

    def test_the_notice_is_about_the_edition_before(self, revised, capsys):
        assert typed("restated", CASE, "--notice", "notice.md") == 0
        assert "| 劝返复学学生数 | 2018-11-01 | 1765人 | 1766人 |" in (revised / "notice.md").read_text(
            encoding="utf-8"
        )
        assert typed("restated", CASE, "--edition", "v1", "--notice", "note.md") == 1
        assert "1766人" in (revised / "note.md").read_text(encoding="utf-8")
        assert "1765人 -> 1766人" in capsys.readouterr().out


@pytest.mark.thorough
class TestKilled:
    def test_at_any_moment_while_it_is_kept_and_replaced(self, revised, tmp_path_factory):
        """Forty processes killed between the copy's first byte and the last folder's end: v1 stands whole each time."""
        outputs = revised / "outputs"
        published = outputs / CASE
        shutil.rmtree(outputs / f"{CASE}.editions")
        first = content(published)
        moments, seen = random.Random(7), set()
        for number in range(40):
            child = os.fork()
            if child == 0:
                with draft(outputs, CASE) as folder:
                    (folder / "v2.txt").write_text("the next edition", encoding="utf-8")
                    editions.keep(published)
                    publish(folder, published)
                os._exit(0)
            # on a busy machine the first of them end before the child has begun
            time.sleep(moments.uniform(0, 0.02 * 2 ** (number // 8)))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            tidy(outputs, CASE)
            kept = [editions.edition(published, f"v{one}") for one in editions.kept(published)]
            places = [one for one in (published, *kept) if one.exists()]
            assert first in [content(one) for one in places]
            assert not [path.name for path in outputs.glob(".*") if path.name != ".locks"]
            replaced = content(published) != first
            seen.add((bool(kept), replaced))
            assert kept or not replaced
            if replaced:  # put the first edition back and go on
                shutil.rmtree(published)
                kept[0].rename(published)
            shutil.rmtree(outputs / f"{CASE}.editions", ignore_errors=True)
        assert len(seen) >= 2, seen


@pytest.mark.thorough
class TestHistory:
    def test_each_edition_is_listed_with_what_it_moved(self, revised, capsys):
        capsys.readouterr()
        assert typed("history", CASE, "--format", "json") == 0
        first, second = json.loads(capsys.readouterr().out)
        assert [first["name"], second["name"]] == ["v1", "v2"]
        assert (first["signed"], second["signed"]) == ({"maker": "desk-1", "checker": "desk-2"}, {})
        assert second["revision"]["reason"] == REASON
        assert [one["key"] for one in second["revision"]["figures"] if one["shown"]]
        assert (first["current"], second["current"], first["stands"], second["stands"]) == (False, True, True, True)
        assert min(first["checked"], second["checked"]) > 0

    def test_an_altered_edition_is_told(self, revised, capsys):
        page = revised / "outputs" / f"{CASE}.editions" / "v1" / CASE / "figures.csv"
        page.write_text(page.read_text(encoding="utf-8").replace("1765", "1999"), encoding="utf-8")
        assert typed("history", CASE) == 1
        said = capsys.readouterr().out
        assert "v1: output figures.csv" in said
        assert "v2: output" not in said

    def test_one_that_is_gone_copied_or_a_link_is_told(self, revised, tmp_path_factory, capsys):
        place = revised / "outputs" / f"{CASE}.editions"
        shutil.copytree(place / "v1", place / "v9")
        assert typed("history", CASE) == typed("verify", CASE, "--edition", "v9") == 1
        said = capsys.readouterr().out
        assert "v9: edition v9: found edition v1, by its record" in said
        assert f"v2: {CASE}.editions/v9: found what no revision left" in said
        shutil.rmtree(place / "v9")
        away = tmp_path_factory.mktemp("away") / "v1"
        (place / "v1").rename(away)
        assert typed("history", CASE) == 1
        assert "v2: edition v1: found no" in capsys.readouterr().out
        (place / "v1").symlink_to(away)
        assert typed("history", CASE) == typed("verify", CASE) == typed("verify", CASE, "--edition", "v1") == 1
        said = capsys.readouterr().out
        assert said.count(f"{CASE}.editions/v1: found a symbolic link; expected a folder of its own") == 4
        (place / "v1").unlink()
        away.rename(place / "v1")
        assert typed("history", CASE) == 0

    def test_two_editions_are_held_against_each_other(self, revised, tmp_path, capsys):
        capsys.readouterr()
        assert typed("diff", CASE, "v1", "v2", "--notice", "note.md") == 1
        said = capsys.readouterr().out
        assert "劝返复学学生数 2018-11-01: 1765人 -> 1766人" in said
        assert "dropout_cases.csv: another file" in said
        assert "1766人" in (revised / "note.md").read_text(encoding="utf-8")
        assert typed("diff", CASE, "v2", "v2") == 0
        with pytest.raises(InputError, match="'v3'; expected v1 or v2"):
            typed("diff", CASE, "v1", "v3")

    def test_no_notice_is_drafted_from_an_altered_edition(self, revised):
        ledger = revised / "outputs" / f"{CASE}.editions" / "v1" / CASE / "figures.json"
        ledger.write_text(ledger.read_text(encoding="utf-8").replace("1765", "1760"), encoding="utf-8")
        for words in (
            ("diff", CASE, "v1", "v2"), ("restated", CASE, "--edition", "v1"), ("restated", CASE),
        ):  # fmt: skip
            with pytest.raises(InputError, match=f"v1/{CASE}/figures.json; found sha256.*--edition v1 says") as refused:
                typed(*words, "--notice", "note.md")
            assert refused.value.exit_code == 2
        with pytest.raises(InputError, match=f"v1/{CASE}/figures.json; found sha256"):
            typed("run", CASE, "--engine", "warm", "--force")
        assert not (revised / "note.md").exists()

    def test_the_index_leads_to_it(self, revised):
        typed("index")
        links = BeautifulSoup((revised / "outputs" / "index.html").read_text(encoding="utf-8"), "html.parser")
        (link,) = [one["href"] for one in links.find_all("a") if one["href"].startswith(f"{CASE}.editions/")]
        assert (revised / "outputs" / link).is_file()

    def test_pruning_keeps_all_that_was_published(self, revised, capsys):
        outputs = revised / "outputs"
        (outputs / CASE / "report.pdf").write_bytes(b"%PDF")
        (outputs / CASE / "figures.csv~").write_text("left by an editor", encoding="utf-8")
        (revised / "data" / SHIPPED.name / ".kept").mkdir(exist_ok=True)
        before = content(outputs)
        assert typed("prune", "--dry-run") == 0
        assert content(outputs) == before
        assert typed("prune") == 0
        gone = {name for name in before if name not in content(outputs)}
        assert gone == {f"{CASE}/report.pdf", f"{CASE}/figures.csv~"}
        assert not (revised / "data" / SHIPPED.name / ".kept").exists()
        assert typed("verify", CASE) == typed("verify", CASE, "--edition", "v1") == 0
        assert "kept rows" in capsys.readouterr().out


def test_a_case_that_was_never_run_has_no_history(frozen):
    copy_brief(frozen, "2026")
    with pytest.raises(InputError, match="it was never run"):
        typed("history", "2026")
