"""What a run leaves proves it: a changed byte anywhere is found, a sign-off is void when a value moves."""

import hashlib
import json
import re
import shutil
import subprocess
from random import Random

import pytest
from bs4 import BeautifulSoup

from zt_analysis import runs
from zt_analysis.cli import zt
from zt_analysis.errors import InputError, SourceError
from zt_analysis.runs import batch
from zt_analysis.runs.crate import CRATE, crate
from zt_analysis.runs.signing import path_of, sign_off, signoffs
from zt_analysis.runs.verifying import schema_problems, verify
from zt_analysis.synthesis import seal

INPUTS = [
    "params/2018-11.yml", "notebooks/bulletin.ipynb", "data/zhaotong-2018/dropout_cases.csv",
    "data/zhaotong-2018/aid_payments.parquet", "data/zhaotong-2018/claims/2018-11.csv",
    "data/zhaotong-2018/explanations/2018-11.csv", "data/zhaotong-2018/datapackage.json",
]  # fmt: skip


def flip(path):
    """Change one byte in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def record_of(root):
    return json.loads((root / "outputs" / "2018-11" / "run.json").read_text(encoding="utf-8"))


class TestVerify:
    def test_nothing_changed(self, ran):
        found = verify(ran / "outputs" / "2018-11", ran)
        assert found.holds
        assert found.checked == 2 + len(record_of(ran)["inputs"]) + len(record_of(ran)["outputs"]) > 15

    @pytest.mark.parametrize("name", INPUTS)
    def test_changed_byte_of_an_input(self, ran, name):
        flip(ran / name)
        (problem,) = verify(ran / "outputs" / "2018-11", ran).problems
        assert problem[0] == f"input {name}"

    @pytest.mark.parametrize("name", ["bulletin.ipynb", "figures.csv", "figures.json", "figures.xlsx", "report.html"])
    def test_changed_byte_of_an_output(self, ran, name):
        flip(ran / "outputs" / "2018-11" / name)
        (problem,) = verify(ran / "outputs" / "2018-11", ran).problems
        assert problem[0] == f"output {name}"

    @pytest.mark.parametrize(
        ("before", "after"),
        [('"seconds": ', '"seconds": 1'), ('"status": "agrees"', '"status": "differs"'), ('"0.1.0"', '"0.1.1"')],
    )
    def test_changed_record(self, ran, before, after):
        path = ran / "outputs" / "2018-11" / "run.json"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        assert not verify(ran / "outputs" / "2018-11", ran).holds

    def test_every_byte_of_the_crate_counts(self, ran):
        path = ran / "outputs" / "2018-11" / CRATE
        text = path.read_text(encoding="utf-8")
        for place in range(0, len(text), 997):
            path.write_text(text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :], encoding="utf-8")
            assert not verify(ran / "outputs" / "2018-11", ran).holds, place

    def test_a_file_more_and_a_file_less(self, ran):
        folder = ran / "outputs" / "2018-11"
        (folder / "extra.txt").write_text("x")
        (folder / "figures.csv").unlink()
        assert {problem[0] for problem in verify(folder, ran).problems} == {"output extra.txt", "output figures.csv"}

    def test_no_record_is_refused(self, ran):
        (ran / "outputs" / "2018-11" / "run.json").unlink()
        with pytest.raises(InputError, match="expected the record of a completed run"):
            verify(ran / "outputs" / "2018-11", ran)

    def test_what_a_run_would_read_now_counts(self, ran):
        """A bulletin without explanations: some that come later are not of its run."""
        path = ran / "data" / "zhaotong-2018" / "explanations" / "2018-W45.csv"
        folder = ran / "outputs" / "2018-W45"
        assert verify(folder, ran).holds
        assert runs.unchanged(ran, folder)
        shutil.copy(path.with_name("2018-11.csv"), path)
        assert [problem[0] for problem in verify(folder, ran).problems] == [f"input {path.relative_to(ran)}"]
        assert runs.unchanged(ran, folder) is None

    @pytest.mark.parametrize("content", ["null", "[]", '{"resources": 5}', '{"resources": [1]}'])
    def test_a_descriptor_of_another_shape(self, ran, content):
        """After a run that was good, as before one."""
        (ran / "data" / "zhaotong-2018" / "datapackage.json").write_text(content, encoding="utf-8")
        assert runs.unchanged(ran, ran / "outputs" / "2018-11") is None
        assert not verify(ran / "outputs" / "2018-11", ran).holds
        with pytest.raises(SourceError, match=r"zhaotong-2018/datapackage\.json; found no "):
            runs.run("2018-11", ran)

    def test_what_is_read_though_the_package_does_not_declare_it(self, ran):
        """Printed numbers and explanations count as they would if declared; the report says that they are not."""
        package = ran / "data" / "zhaotong-2018"
        sides = [package / "claims" / "2018-11.csv", package / "explanations" / "2018-11.csv"]
        names = [str(path.relative_to(ran)) for path in sides]
        descriptor = package / "datapackage.json"
        content = json.loads(descriptor.read_text(encoding="utf-8"))
        declared = [one["path"] for one in record_of(ran)["inputs"]]
        assert set(names) <= set(declared)
        kept = [one for one in content["resources"] if package / one["path"] not in sides]
        assert len(kept) == len(content["resources"]) - 2
        descriptor.write_text(json.dumps(content | {"resources": kept}), encoding="utf-8")
        assert [one.status for one in batch.run_all(["2018-11", "2018-W45"], ran)] == ["agrees", "agrees"]
        folder, circular = ran / "outputs" / "2018-11", ran / "outputs" / "2018-W45"
        assert sorted(one["path"] for one in record_of(ran)["inputs"]) == sorted(declared)
        assert schema_problems(record_of(ran)) == []
        assert set(record_of(ran)["files_of"]) <= {one["name"] for one in kept}
        assert runs.unchanged(ran, folder)
        assert runs.unchanged(ran, circular)
        page = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "lxml")
        rows = [row.text for row in page.select("#files tr") if "未登记" in row.text]
        assert len(rows) == 2
        for path, row in zip(sides, rows, strict=True):
            assert hashlib.sha256(path.read_bytes()).hexdigest() in row
        printed = sides[0].read_text(encoding="utf-8")
        assert printed.count(",1915,") == 1
        sides[0].write_text(printed.replace(",1915,", ",1916,"), encoding="utf-8")
        assert [one[0] for one in verify(folder, ran).problems] == [f"input {names[0]}"]
        assert [one[0] for one in verify(circular, ran).problems] == [f"input {names[0]}"]
        assert runs.unchanged(ran, folder) is None
        assert runs.unchanged(ran, circular) is None
        assert runs.run("2018-11", ran, engine="warm").exit_code == 1
        sides[0].write_text(printed, encoding="utf-8")
        sides[1].unlink()
        assert {one[0] for one in verify(folder, ran).problems} == {f"input {name}" for name in names}

    def test_a_descriptor_that_changed_elsewhere_says_so(self, ran):
        """The bulletin does not read refusals: it is not run again for them, but its input is another file."""
        path = ran / "data" / "zhaotong-2018" / "refusals.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("2018-04-12", "2018-04-13", 1), encoding="utf-8")
        seal(path.parent)
        (problem,) = verify(ran / "outputs" / "2018-11", ran).problems
        assert problem[0].endswith("datapackage.json")
        assert "declares the same of the files read" in problem[1]
        assert runs.unchanged(ran, ran / "outputs" / "2018-11")

    def test_recompute_names_what_moved(self, ran, capsys):
        assert zt.main(["verify", "2018-11", "--recompute"], standalone_mode=False) == 0
        path = ran / "data" / "zhaotong-2018" / "dropout_cases.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r",returned,2018-11-08,\w+", ",open,,", text, count=1), encoding="utf-8")
        assert zt.main(["verify", "outputs/2018-11", "--recompute"], standalone_mode=False) == 1
        out = capsys.readouterr().out
        assert "input data/zhaotong-2018/dropout_cases.csv" in out
        assert "1915人 -> 1914人" in out


@pytest.fixture(scope="module")
def signed(finished, keys, tmp_path_factory):
    """A project whose one case is signed off, with its record signed too."""
    root = tmp_path_factory.mktemp("signed") / "project"
    shutil.copytree(finished, root)
    folder = root / "outputs" / "2018-11"
    sign_off(folder, "maker", "desk-1")
    runs.show_signoffs("2018-11", root, folder.parent, key=keys / "office.pem")
    return root


class TestEveryFile:
    """One byte changed in each file of a signed case, at seeded places: verify ends with 1, and with 0 when undone."""

    def files_of(self, root):
        folder = root / "outputs" / "2018-11"
        inputs = [root / one["path"] for one in record_of(root)["inputs"]]
        return [*inputs, *sorted(folder.iterdir()), path_of(folder)]

    def damaged(self, content, random):
        """The content with one byte changed: at its ends, at seeded places, and each kind of space made another."""
        places = {0, len(content) - 1, *(random.randrange(len(content)) for _ in range(4))}
        for place in sorted(places):
            yield place, content[:place] + bytes([content[place] ^ random.randrange(1, 256)]) + content[place + 1 :]
        for before, after in ((b"\n", b"\r"), (b" ", b"\t"), (b" ", b"\n")):
            if before in content:
                yield f"{before!r} -> {after!r}", content.replace(before, after, 1)

    def test_a_changed_byte_is_told(self, signed, monkeypatch, capsys):
        monkeypatch.chdir(signed)
        random = Random(20181115)
        files = self.files_of(signed)
        names = {path.name for path in files}
        assert {"run.json", "run.json.sig", CRATE, "datapackage.json", "2018-11.yml", "bulletin.ipynb"} <= names
        assert {"report.html", "2018-11.signoffs.json", "aid_payments.parquet", "2018-11.csv"} <= names
        changes, passed = 0, []
        for path in files:
            content = path.read_bytes()
            for place, other in self.damaged(content, random):
                path.write_bytes(other)
                changes += 1
                if zt.main(["verify", "2018-11"], standalone_mode=False) != 1:
                    passed.append((path.name, place))
            path.write_bytes(content)
        assert passed == []
        assert changes > 6 * len(files) > 140
        monkeypatch.chdir(signed / "outputs" / "2018-11")
        assert zt.main(["verify", "."], standalone_mode=False) == 0
        assert "2018-11: 25 things checked, 0 not as recorded" in capsys.readouterr().out


class TestRecord:
    def test_follows_its_schema(self, ran):
        assert schema_problems(record_of(ran)) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"status": "fine"},
            {"inputs": []},
            {"more": 1},
            {"exit_code": "0"},
            {"times": {}},
            {"outputs": [{"path": "x"}]},
        ],
    )
    def test_schema_refuses(self, ran, change):
        assert schema_problems(record_of(ran) | change)

    def test_failed_run_follows_it_too(self, ran):
        text = (ran / "notebooks" / "bulletin.ipynb").read_text(encoding="utf-8")
        (ran / "notebooks" / "bulletin.ipynb").write_text(
            text.replace("review.relations_table()", "1 / 0"), encoding="utf-8"
        )
        with pytest.raises(Exception, match="ZeroDivisionError"):
            runs.run("2018-11", ran, engine="warm")
        record = json.loads((ran / "outputs" / "2018-11.failed" / "run.json").read_text(encoding="utf-8"))
        assert schema_problems(record) == []
        assert record["status"] == "failed"

    def test_only_files_that_were_read_are_inputs(self, ran):
        paths = [one["path"] for one in record_of(ran)["inputs"]]
        assert set(INPUTS) <= set(paths)
        assert not [path for path in paths if "refusals" in path or "W45" in path]


class TestCrate:
    def test_says_what_was_run_on_what_and_what_came_out(self, ran):
        from rocrate.rocrate import ROCrate

        folder = ran / "outputs" / "2018-11"
        made = ROCrate(folder)
        (action,) = made.get_by_type("CreateAction")
        assert action["instrument"]["name"] == "zt_analysis"
        inputs = {one["name"]: one["sha256"] for one in action["object"]}
        assert inputs == {one["path"]: one["sha256"] for one in record_of(ran)["inputs"]}
        outputs = {one["name"] for one in action["result"]}
        assert outputs == {path.name for path in folder.iterdir()} - {CRATE}
        assert "process/0.5" in made.root_dataset["conformsTo"]["@id"]
        assert "synthetic" in made.root_dataset["description"]

    def test_is_the_same_each_time(self, ran):
        folder = ran / "outputs" / "2018-11"
        assert (
            crate(record_of(ran), folder)
            == crate(record_of(ran), folder)
            == (folder / CRATE).read_text(encoding="utf-8")
        )


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("office", "other"):
        private, public = folder / f"{name}.pem", folder / f"{name}.pub"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True
        )
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
    return folder


class TestSignOff:
    def sign(self, *words):
        return zt.main(["sign", "2018-11", *map(str, words)], standalone_mode=False)

    def badges(self, root):
        page = BeautifulSoup((root / "outputs" / "2018-11" / "report.html").read_text(encoding="utf-8"), "html.parser")
        said = [one.get_text(" ", strip=True) for one in page.select("header dl div")]
        return [(text[:2], text) for text in said if text.startswith(("制表", "复核"))]

    def test_report_shows_both_and_everything_still_verifies(self, ran):
        assert self.sign("--as", "maker", "--by", "desk-1") == 0
        assert self.sign("--as", "checker", "--by", "desk-2") == 0
        shown = self.badges(ran)
        assert [role for role, _ in shown] == ["制表", "复核"]
        assert all("已签" in text for _, text in shown)
        assert "desk-2" in shown[1][1]
        assert verify(ran / "outputs" / "2018-11", ran).holds
        assert runs.unchanged(ran, ran / "outputs" / "2018-11")

    def test_maker_and_checker_are_two_people(self, ran):
        self.sign("--as", "maker", "--by", "desk-1")
        with pytest.raises(InputError, match="two people"):
            self.sign("--as", "checker", "--by", "Desk-1")
        with pytest.raises(InputError, match="one signature a role"):
            self.sign("--as", "maker", "--by", "desk-3")

    def test_void_as_soon_as_a_value_changes(self, ran):
        self.sign("--as", "maker", "--by", "desk-1")
        text = (ran / "params" / "2018-11.yml").read_text(encoding="utf-8")
        (ran / "params" / "2018-11.yml").write_text(text.replace("school_age", "enrolled"), encoding="utf-8")
        runs.run("2018-11", ran, engine="warm")
        (role, shown), *_ = self.badges(ran)
        assert role == "制表"
        assert "作废" in shown
        (ran / "params" / "2018-11.yml").write_text(text, encoding="utf-8")
        runs.run("2018-11", ran, engine="warm")
        assert "已签" in self.badges(ran)[0][1]

    def test_a_case_that_differs_is_not_signed(self, ran):
        claims = ran / "data" / "zhaotong-2018" / "claims" / "2018-11.csv"
        claims.write_text(claims.read_text(encoding="utf-8").replace("1915", "1916"), encoding="utf-8")
        assert runs.run("2018-11", ran, engine="warm").exit_code == 1
        with pytest.raises(InputError, match="expected a case that agrees"):
            sign_off(ran / "outputs" / "2018-11", "maker", "desk-1")

    @pytest.mark.parametrize(
        ("role", "who", "expected"), [("boss", "x", "maker or checker"), ("maker", " ", "who signs")]
    )
    def test_wrong_words_are_refused(self, ran, role, who, expected):
        with pytest.raises(InputError, match=expected):
            sign_off(ran / "outputs" / "2018-11", role, who)

    def test_signed_record(self, ran, keys):
        self.sign("--as", "maker", "--by", "desk-1", "--key", keys / "office.pem")
        folder = ran / "outputs" / "2018-11"
        assert verify(folder, ran, key=keys / "office.pub").holds
        assert not verify(folder, ran, key=keys / "other.pub").holds
        (folder / "run.json.sig").unlink()
        assert not verify(folder, ran, key=keys / "office.pub").holds

    def test_what_is_no_key_is_refused(self, ran, keys):
        with pytest.raises(InputError, match="expected a public Ed25519 key"):
            verify(ran / "outputs" / "2018-11", ran, key=keys / "office.pem")
        with pytest.raises(InputError, match="a PEM file"):
            verify(ran / "outputs" / "2018-11", ran, key=keys / "none.pub")

    def test_damaged_signoffs_are_refused(self, ran):
        folder = ran / "outputs" / "2018-11"
        path_of(folder).write_text("{", encoding="utf-8")
        with pytest.raises(InputError, match=r"2018-11\.signoffs\.json"):
            signoffs(folder, runs.read_ledger(folder))
