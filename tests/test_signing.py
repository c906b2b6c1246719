"""What goes out is proven first: signing refuses what a run did not give, and records all of it or nothing."""

import copy
import hashlib
import json
import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from commands import zt as zt_typed
from proofs import key_pair, typed

from zt_analysis import decision, runs
from zt_analysis.cli import zt
from zt_analysis.errors import InputError
from zt_analysis.reviewing import Item, Review, items_of, values_sha256
from zt_analysis.runs import proving
from zt_analysis.runs.editions import edition
from zt_analysis.runs.editions import standing as standing_of
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.outputs import output_record
from zt_analysis.runs.pages import page
from zt_analysis.runs.record import read_record, write_record
from zt_analysis.runs.ro_crate import write_crate
from zt_analysis.runs.signing import (
    Signer,
    draft_of,
    entry_of,
    history,
    path_of,
    refuse_unexplained,
    review_entry,
    signoffs,
    standing,
    text_of,
    withdrawn,
)
from zt_analysis.runs.verifying import verify
from zt_analysis.typed import person

CASE = "2018-11"
# C07 of it is unexplained
WHY = "C07: 劝返数自建台账起累计"
MAKER = Signer("maker", "desk-1", remark=WHY)


def state_of(root):
    """Every file that signing could touch, with its bytes."""
    outputs = root / "outputs"
    return {str(path.relative_to(outputs)): path.read_bytes() for path in outputs.rglob("*") if path.is_file()}


def rerecorded(folder, name):
    """Make record and crate fit an output that was changed, as somebody does who may write everything."""
    record = read_record(folder)
    for one in record["outputs"]:
        if one["path"] == name:
            one.update(output_record(folder / name, folder))
    record["summary"] = read_ledger(folder)["summary"]
    write_record(record, folder)
    write_crate(record, folder)


@pytest.fixture
def issued_brief(issued_brief_once, tmp_path, monkeypatch):
    root = tmp_path / "brief"
    shutil.copytree(issued_brief_once, root)
    monkeypatch.chdir(root)
    return root


@pytest.mark.slow
class TestIssued:
    def test_a_record_that_was_changed_is_damage_to_all_commands(self, issued_brief):
        """Not a case that a run may replace, whatever the changed record says of itself."""
        folder = issued_brief / "outputs" / "2025"
        path = folder / "run.json"
        text = path.read_text(encoding="utf-8")
        for before, after in (('"edition": "final"', '"edition": "draft"'), ('"agrees"', '"differs"')):
            assert before in text
            path.write_text(text.replace(before, after), encoding="utf-8")
            assert standing_of(folder) == "damaged"
            assert not verify(folder, issued_brief).holds
            assert "damaged" in zt_typed("list", cwd=issued_brief).stdout
            assert '"damaged"' in zt_typed("due", "--format", "json", cwd=issued_brief).stdout
            for words in (["2025"], ["2025", "--force"], ["--all"], ["2025", "--revise", "why"]):
                done = zt_typed("run", *words, cwd=issued_brief)
                assert done.returncode, words
                assert path.read_text(encoding="utf-8") == text.replace(before, after), words
        path.write_text(text, encoding="utf-8")
        assert standing_of(folder) == "issued"
        assert "damaged" not in zt_typed("list", cwd=issued_brief).stdout

    def test_a_name_may_have_characters_that_the_font_lacks(self, issued_brief):
        page_text = (issued_brief / "outputs" / "2025" / "report.html").read_text(encoding="utf-8")
        assert "李&#21894;&#131428;" in page_text
        shown = BeautifulSoup(page_text, "html.parser").select_one("header dl").get_text()
        assert "李喆𠅤" in shown


@pytest.mark.thorough
class TestPrinted:
    def test_sequence_of_the_docs(self, proven, signed):
        """As printed: the checker's signature without a key leaves the maker's, and so does taking it back."""
        _, answers, rest = proven
        assert [(line, code, said) for line, code, said in answers if code != 0] == []
        assert sum("zt sign" in line for line, *_ in answers) == 2
        assert sum("--key" in line and "zt verify" in line for line, *_ in answers) == 1
        assert len(rest) == 2
        for line in rest:
            code, said = typed(line, signed)
            assert code == 0, (line, said)
        (first, second) = history(signed / "outputs" / CASE)
        assert (first["by"], second["by"], "withdrawn" in first) == ("desk-1", "desk-2", False)
        assert second["withdrawn"]["reason"] == "signed for a colleague"

    def test_page_shows_both(self, signed):
        found = BeautifulSoup((signed / "outputs" / CASE / "report.html").read_text(encoding="utf-8"), "html.parser")
        said = [one.get_text(" ", strip=True) for one in found.select("header dl div")]
        shown = [text for text in said if text.startswith(("制表", "复核"))]
        assert [text[:2] for text in shown] == ["制表", "复核"]
        assert all("已签" in text for text in shown)
        assert ["desk-1" in shown[0], "desk-2" in shown[1]] == [True, True]
        assert runs.unchanged(signed, signed / "outputs" / CASE)


class TestProvenFirst:
    @pytest.mark.parametrize("parts", [(1,), pytest.param((0, 1, 2), marks=pytest.mark.thorough)], ids=["one", "all"])
    def test_any_altered_output_is_not_signed(self, ran, parts):
        """Whatever byte, of whatever output, and what the run recorded beside them."""
        folder = ran / "outputs" / CASE
        files = sorted(folder.iterdir())
        assert len(files) == 8
        for path in files:
            content = path.read_bytes()
            for place in (part * (len(content) - 1) // 2 for part in parts):
                path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
                before = state_of(ran)
                with pytest.raises(InputError, match=r"not as recorded|figures\.json; found no JSON"):
                    proving.sign(CASE, ran, Signer("maker", "desk-1"))
                assert state_of(ran) == before | {f".locks/{CASE}": b""}
            path.write_bytes(content)
        assert verify(folder, ran).holds

    @pytest.mark.thorough
    @pytest.mark.parametrize("names", [("report.html",), ("figures.csv", "figures.json", "bulletin.ipynb")])
    def test_nor_with_a_record_made_to_fit(self, ran, names):
        folder = ran / "outputs" / CASE
        for name in names:
            text = (folder / name).read_text(encoding="utf-8")
            assert "1915" in text
            (folder / name).write_text(text.replace("1915", "1999"), encoding="utf-8")
            rerecorded(folder, name)
        if "bulletin.ipynb" in names:  # and the page that it gives
            forged = page(folder, read_record(folder), entries=[])
            (folder / "report.html").write_text(forged, encoding="utf-8")
            rerecorded(folder, "report.html")
        assert verify(folder, ran).holds
        before = state_of(ran)
        with pytest.raises(InputError, match="something else comes out") as refused:
            proving.sign(CASE, ran, MAKER)
        assert all(name in str(refused.value) for name in names)
        assert state_of(ran) == before | {f".locks/{CASE}": b""}

    @pytest.mark.thorough
    def test_the_command_says_so_and_ends_with_an_error(self, ran):
        path = ran / "outputs" / CASE / "figures.csv"
        path.write_bytes(path.read_bytes().replace(b"1915", b"1999"))
        code, said = typed(f"zt sign {CASE} --as maker --by desk-1", ran)
        assert code == 2
        assert "output figures.csv: sha256" in said
        assert "Hint: zt verify 2018-11 lists all" in said
        assert not path_of(ran / "outputs" / CASE).exists()

    def test_an_input_that_changed_is_not_signed(self, ran):
        path = ran / "data" / "zhaotong-2018" / "dropout_cases.csv"
        path.write_bytes(path.read_bytes().replace(b"2018-11-08", b"2018-11-07", 1))
        with pytest.raises(InputError, match=r"input data/zhaotong-2018/dropout_cases\.csv"):
            proving.sign(CASE, ran, Signer("maker", "desk-1"))

    @pytest.mark.thorough
    def test_taking_back_does_not_record_anew_either(self, signed):
        folder = signed / "outputs" / CASE
        (folder / "figures.csv").write_bytes((folder / "figures.csv").read_bytes().replace(b"1915", b"1999"))
        before = state_of(signed)
        with pytest.raises(InputError, match="not as recorded"):
            proving.unsign(CASE, signed, Signer("maker", "desk-1"), "why")
        assert state_of(signed) == before


class TestUnexplained:
    """2018-11 is 签发前须说明: C07 is unexplained."""

    def test_nobody_signs_in_silence(self, ran):
        before = state_of(ran)
        for remark in ("", "  ", "\u200b", "。", "-", "x"):
            with pytest.raises(InputError, match=r"签发前须说明; found no word on 1 open: 1\. C07 ") as refused:
                proving.sign(CASE, ran, Signer("maker", "desk-1", remark=remark))
            assert "--remark" in str(refused.value)
        assert state_of(ran) == before | {f".locks/{CASE}": b""}

    @pytest.mark.parametrize("remark", ["x" * 2001, "问过张三 13800138000"])
    def test_a_remark_is_short_and_names_no_child(self, ran, remark):
        with pytest.raises(InputError, match="--remark"):
            proving.sign(CASE, ran, Signer("maker", "desk-1", remark=remark))

    @pytest.mark.parametrize(
        ("remark", "items", "left"),
        [
            ("", (), 1),
            ("", ("relation:C01",), 1),
            ("", ("relation:C07",), 0),
            ("x" * 9, (), 1),
            ("累计口径", (), 0),
        ],
    )
    def test_a_review_agrees_with_a_remark_or_a_tick_of_each(self, finished, remark, items, left):
        ledger = read_ledger(finished / "outputs" / CASE)
        now = items_of(ledger)
        ticks = tuple(Item(one, now[one]) for one in items)
        entry = review_entry(Review(CASE, values_sha256(ledger), "maker", "desk-1", "agree", remark, ticks), [], ledger)
        if left:
            with pytest.raises(InputError, match=f"no word on {left} open: 1. C07"):
                refuse_unexplained(entry, ledger)
        else:
            refuse_unexplained(entry, ledger)

    def test_a_tick_of_what_has_moved_explains_nothing(self, finished):
        ledger = read_ledger(finished / "outputs" / CASE)
        entry = {"items": [{"id": "relation:C07", "sha256": "0" * 64}]}
        with pytest.raises(InputError, match="C07"):
            refuse_unexplained(entry, ledger)

    def test_of_a_circular_each_part_to_be_done_is_named(self, finished):
        """More than the five lines that a page shows first."""
        ledger = copy.deepcopy(read_ledger(finished / "outputs" / CASE))
        ledger["parts"] = [{"key": f"part{number}", "to_do": number} for number in range(1, 8)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(decision, "labels", lambda name: {"zh": name, "en": name})
            with pytest.raises(InputError, match=r"no word on 8 open: .*8\. "):
                refuse_unexplained({}, ledger)

    @pytest.mark.thorough
    def test_the_page_shows_why(self, signed):
        found = BeautifulSoup((signed / "outputs" / CASE / "report.html").read_text(encoding="utf-8"), "html.parser")
        assert found.select_one("#review .reviews").get_text().count("劝返数自建台账起累计") == 2
        assert found.select_one("#review-form")["data-open"] == "relation:C07"


class TestKeys:
    @pytest.mark.needs("openssl")
    def test_a_key_of_another_kind_is_refused_before_anything_is_recorded(self, ran, tmp_path):
        private, public = key_pair(tmp_path, "rsa", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
        before = state_of(ran)
        with pytest.raises(InputError, match=r"a key of another kind \(RSAPrivateKey\); expected a private Ed25519"):
            proving.sign(CASE, ran, Signer("maker", "desk-1", private))
        with pytest.raises(InputError, match=r"a key of another kind \(RSAPublicKey\); expected a public Ed25519"):
            verify(ran / "outputs" / CASE, ran, key=public)
        with pytest.raises(InputError, match="a PEM file"):
            proving.sign(CASE, ran, Signer("maker", "desk-1", tmp_path / "none.pem"))
        assert state_of(ran) == before

    @pytest.mark.thorough
    def test_each_key_has_to_have_signed(self, signed):
        folder = signed / "outputs" / CASE
        assert verify(folder, signed, key=signed / "maker.pub").holds
        other = verify(folder, signed, key=[signed / "maker.pub", signed / "other.pub"])
        assert [problem[:2] for problem in other.problems] == [("run.json.sig", "no signature of other.pub")]
        (folder / "run.json.sig").unlink()
        assert not verify(folder, signed, key=signed / "maker.pub").holds

    @pytest.mark.thorough
    @pytest.mark.parametrize("name", ["report.html", "figures.csv"])
    def test_a_record_made_to_fit_does_not_fit_the_signature(self, signed, name):
        folder = signed / "outputs" / CASE
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"1915", b"1999"))
        rerecorded(folder, name)
        assert not verify(folder, signed, key=signed / "maker.pub").holds

    @pytest.mark.thorough
    def test_sign_offs_made_to_fit_do_not_fit_it_either(self, signed):
        folder = signed / "outputs" / CASE
        path = path_of(folder)
        path.write_text(path.read_text(encoding="utf-8").replace("desk-1", "desk-9"), encoding="utf-8")
        record = read_record(folder) | {"signoffs_sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        write_record(record, folder)
        write_crate(record, folder)
        problems = verify(folder, signed, key=signed / "maker.pub").problems
        assert ("run.json.sig", "no signature of maker.pub", "one over this run") in problems

    @pytest.mark.thorough
    def test_a_signature_follows_the_published_formats(self, signed):
        """DSSE v1: what openssl verifies is the encoded payload, and the payload names each output."""
        import base64

        (line,) = (signed / "outputs" / CASE / "run.json.sig").read_text(encoding="utf-8").splitlines()
        envelope = json.loads(line)
        payload = base64.b64decode(envelope["payload"])
        encoded = f"DSSEv1 28 application/vnd.in-toto+json {len(payload)} ".encode() + payload
        (signed / "payload").write_bytes(encoded)
        (signed / "sig").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
        command = "openssl pkeyutl -verify -rawin -pubin -inkey maker.pub -in payload -sigfile sig"
        assert typed(command, signed)[0] == 0
        statement = json.loads(payload)
        assert statement["_type"] == "https://in-toto.io/Statement/v1"
        outputs = {one["path"]: one["sha256"] for one in read_record(signed / "outputs" / CASE)["outputs"]}
        signed_for = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
        assert {name for name in outputs if outputs[name] != signed_for[name]} == {"report.html"}  # the checker came


LEDGER = {
    "case": {"case": CASE},
    "summary": {"status": "agrees"},
    "figures": [{"key": "returned@2018-11-08", "exact": "1915"}],
}


def joined(before, *signers):
    """Sign-offs after each of ``signers`` (role, name, key) has signed the same figures."""
    entries = list(before)
    for role, by, key in signers:
        entry = entry_of(Signer(role, by), key, standing(entries, LEDGER), LEDGER)
        entries = entries if entry in entries else [*entries, entry]
    return entries


class TestPeople:
    @pytest.mark.parametrize(
        "other",
        [
            "Desk-1", "ＤＥＳＫ－１", "desk-1\u200b", "de\u200dsk-1", " desk -\u30001 ", "desk\u20111", "desk–1",
            "\ufeffdesk-1", "desk\u00ad-1", "desk-1\ufe0f", "desk-1\u3164", "ｄesk-1", "desk-①", "DESK-1\t",
            "d\u0435sk-1", "\u0501es\u043a-1", "\u0500\u0415S\u039a-1", "\u200fdesk-1",
        ],
    )  # fmt: skip
    def test_one_person_in_other_letters(self, other):
        with pytest.raises(InputError, match="two people"):
            joined([], ("maker", "desk-1", ""), ("checker", other, ""))

    @pytest.mark.parametrize("other", ["desk-2", "desk-11", "李敏"])
    def test_two_people(self, other):
        assert [one["by"] for one in joined([], ("maker", "desk-1", ""), ("checker", other, ""))] == ["desk-1", other]

    @pytest.mark.parametrize("nobody", ["", " ", "\u3000", "\u200b\u200d", "\ufeff"])
    def test_nobody(self, ran, nobody):
        assert person(nobody) == ""
        with pytest.raises(InputError, match="expected who signs"):
            proving.sign(CASE, ran, Signer("maker", nobody))

    def test_an_unknown_role(self, ran):
        with pytest.raises(InputError, match="maker or checker"):
            proving.sign(CASE, ran, Signer("boss", "desk-1"))

    def test_two_keys_where_keys_are_used(self):
        with pytest.raises(InputError, match="expected another key"):
            joined([], ("maker", "desk-1", "aa"), ("checker", "desk-2", "aa"))
        assert len(joined([], ("maker", "desk-1", "aa"), ("checker", "desk-2", "bb"))) == 2

    def test_one_signature_a_role(self):
        with pytest.raises(InputError, match="one signature a role"):
            joined([], ("maker", "desk-1", ""), ("maker", "desk-3", ""))

    def test_the_same_key_signs_a_new_run_of_the_same_values(self):
        assert len(joined([], ("maker", "desk-1", "aa"), ("maker", "Desk-1", "aa"))) == 1
        with pytest.raises(InputError, match="one signature a role"):
            joined([], ("maker", "desk-1", "aa"), ("maker", "desk-1", "bb"))

    def test_a_case_that_differs_is_not_signed(self):
        with pytest.raises(InputError, match="expected a case that agrees"):
            entry_of(Signer("maker", "desk-1"), "", [], LEDGER | {"summary": {"status": "differs"}})

    def test_void_as_soon_as_a_value_changes(self):
        entries = joined([], ("maker", "desk-1", ""))
        moved = LEDGER | {"figures": [{"key": "returned@2018-11-08", "exact": "1914"}]}
        assert [one["valid"] for one in standing(entries, LEDGER) + standing(entries, moved)] == [True, False]

    @pytest.mark.thorough
    def test_void_on_the_page_of_a_revision_and_good_in_the_edition_before(self, signed):
        path = signed / "params" / f"{CASE}.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("school_age", "enrolled").replace('"final"', '"draft"'), encoding="utf-8")
        with pytest.raises(InputError, match="found an issued case"):
            runs.run(CASE, signed, engine="warm")
        done = runs.run(CASE, signed, engine="warm", revise="another denominator")
        shown = (done.folder / "report.html").read_text(encoding="utf-8").split("</header>")[0]
        assert "作废" in shown
        assert "已签" not in shown
        assert verify(done.folder, signed).holds
        assert not (done.folder / "run.json.sig").exists()
        before = edition(done.folder, "v1")
        assert verify(before, signed, key=signed / "maker.pub", former=True).holds
        assert not verify(before, signed, key=signed / "other.pub", former=True).holds


class TestNamed:
    @pytest.mark.parametrize("case", ["../outputs/2018-11", "outputs/..", ".", "..", "", "2018-11/"])
    def test_a_path_is_no_case(self, ran, case):
        """Under another name of the same folder it would be another's turn: the lock is of the name."""
        before = sorted((ran / "outputs").rglob("*"))
        with pytest.raises(InputError, match="expected the name of a case"):
            proving.sign(case, ran, Signer("maker", "desk-1"))
        with pytest.raises(InputError, match="expected the name of a case"):
            proving.unsign(case, ran, Signer("maker", "desk-1"), "why")
        assert sorted((ran / "outputs").rglob("*")) == before


class TestTakenBack:
    def test_it_stays_in_the_history(self):
        entries = withdrawn(joined([], ("maker", "desk-1", "")), "maker", "desk-7", "a wrong desk")
        (one,) = entries
        assert one["withdrawn"] | {"at": ""} == {"by": "desk-7", "at": "", "reason": "a wrong desk"}
        assert standing(entries, LEDGER) == []
        assert len(joined(entries, ("maker", "desk-3", ""))) == 2

    def test_without_a_reason_or_a_sign_off(self):
        with pytest.raises(InputError, match="why it is taken back"):
            withdrawn(joined([], ("maker", "desk-1", "")), "maker", "desk-7", " ")
        with pytest.raises(InputError, match="expected one to take back"):
            withdrawn(joined([], ("maker", "desk-1", "")), "checker", "desk-7", "why")

    @pytest.mark.thorough
    def test_its_signature_goes_with_it(self, signed):
        folder = signed / "outputs" / CASE
        words = ["unsign", CASE, "--as", "maker", "--by", "desk-1", "--reason", "a lost key"]
        assert zt.main(words, standalone_mode=False) == 0
        assert verify(folder, signed).holds
        assert not verify(folder, signed, key=signed / "maker.pub").holds
        assert [one["by"] for one in signoffs(folder, runs.read_ledger(folder))] == ["desk-2"]
        assert "desk-1" not in (folder / "report.html").read_text(encoding="utf-8")


@contextmanager
def small_disk(folder, megabytes):
    """A file system of that size at ``folder``."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


class TestAllOrNothing:
    @pytest.mark.thorough
    @pytest.mark.needs("small-disk")
    def test_a_full_disk_records_nothing(self, signed, tmp_path):
        """At every stage: what is free grows by pages of 64 KB until all of it fits."""
        with small_disk(tmp_path / "disk", 4) as disk:
            shutil.copytree(signed / "outputs" / CASE, disk / CASE)
            shutil.copy(path_of(signed / "outputs" / CASE), disk)
            (disk / ".locks").mkdir()
            folder, refused = disk / CASE, 0
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            (disk / "ballast").write_bytes(b"\0" * (free - 8192))
            before = self.files(disk)
            while not self.taken_back(signed, disk):
                refused += 1
                assert self.files(disk) == before
                assert verify(folder, signed, key=signed / "maker.pub").holds
                with (disk / "ballast").open("r+b") as file:
                    file.truncate(max(0, (disk / "ballast").stat().st_size - 65536))
            assert refused > 5
            assert verify(folder, signed, key=signed / "maker.pub").holds
            assert [one["by"] for one in history(folder) if "withdrawn" in one] == ["desk-2"]

    def taken_back(self, root, outputs):
        """Whether the checker's sign-off could be taken back; a full disk is all that may hinder it."""
        try:
            proving.unsign(CASE, root, Signer("checker", "desk-9"), "why", outputs=outputs)
        except (OSError, InputError) as error:
            if "No space left" not in str(error):
                raise
            return False
        return True

    def files(self, disk):
        return {
            str(path.relative_to(disk)): path.read_bytes()
            for path in disk.rglob("*")
            if path.is_file() and path.name != "ballast" and ".locks" not in path.parts
        }

    @pytest.mark.thorough
    def test_ended_between_its_two_renames(self, signed):
        """The outputs are the new ones, the sign-offs still have the name they were written under."""
        folder = signed / "outputs" / CASE
        old = path_of(folder).read_bytes()
        proving.unsign(CASE, signed, Signer("checker", "desk-9"), "why")
        path_of(folder).rename(draft_of(folder))
        path_of(folder).write_bytes(old)
        assert verify(folder, signed).holds
        assert "withdrawn" in history(folder)[1]
        assert not draft_of(folder).exists()

    @pytest.mark.thorough
    def test_ended_before_the_first(self, signed):
        folder = signed / "outputs" / CASE
        draft_of(folder).write_text(text_of([]), encoding="utf-8")
        assert verify(folder, signed).holds
        assert len(history(folder)) == 2
