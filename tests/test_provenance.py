"""What a run leaves proves it: a changed byte anywhere is found, a sign-off is void when a value moves."""

import hashlib
import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup
from packages import own_office, shorten

from zt_analysis import runs
from zt_analysis.cli import zt
from zt_analysis.errors import InputError, SourceError
from zt_analysis.runs import batch
from zt_analysis.runs.record import with_times
from zt_analysis.runs.ro_crate import CRATE, crate
from zt_analysis.runs.signing import path_of
from zt_analysis.runs.verifying import schema_problems, verify
from zt_analysis.sources.sealing import seal

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
        record = record_of(ran)
        used = sum(len(names) for names in record["computed_by"]["definitions"].values())
        assert found.checked == 2 + len(record["inputs"]) + len(record["outputs"]) + used
        assert used > 200

    @pytest.mark.part(3)
    @pytest.mark.parametrize("name", INPUTS)
    def test_changed_byte_of_an_input(self, ran, name):
        flip(ran / name)
        (problem,) = verify(ran / "outputs" / "2018-11", ran).problems
        assert problem[0] == f"input {name}"

    @pytest.mark.part(3)
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

    @pytest.mark.thorough
    @pytest.mark.parametrize("step", [4 * 997, pytest.param(997, marks=pytest.mark.thorough)])
    def test_every_byte_of_the_crate_counts(self, ran, step):
        path = ran / "outputs" / "2018-11" / CRATE
        text = path.read_text(encoding="utf-8")
        for place in range(0, len(text), step):
            path.write_text(text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :], encoding="utf-8")
            assert not verify(ran / "outputs" / "2018-11", ran).holds, place

    def test_a_file_more_and_a_file_less(self, ran):
        folder = ran / "outputs" / "2018-11"
        (folder / "extra.txt").write_text("x")
        (folder / "figures.csv").unlink()
        assert {problem[0] for problem in verify(folder, ran).problems} == {"output extra.txt", "output figures.csv"}

    def test_the_outputs_of_another_case(self, ran, capsys):
        """A folder copied under another case's name proves nothing of that case, though each byte is as recorded."""
        shutil.copytree(ran / "outputs" / "2018-W44", ran / "outputs" / "2018-W46")
        assert zt.main(["verify", "2018-W46"], standalone_mode=False) == 1
        assert "run.json: found the run of case 2018-W44; expected that of case 2018-W46" in capsys.readouterr().out

    def test_what_was_never_run_is_said_to_be_that(self, ran):
        """A missing folder is no missing record, and outputs of a link are none of that name."""
        for words in (["verify", "2031"], ["sign", "2031", "--as", "maker", "--by", "desk-1"]):
            with pytest.raises(InputError, match="case '2031'; found no outputs/2031/: it was never run"):
                zt.main(words, standalone_mode=False)
        (ran / "outputs" / "2031.failed").mkdir()
        with pytest.raises(InputError, match=r"no run of it has completed.*2031\.failed/ says why"):
            zt.main(["verify", "2031"], standalone_mode=False)

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

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "content",
        [
            "null",
            *(
                pytest.param(one, marks=pytest.mark.thorough)
                for one in ("[]", '{"resources": 5}', '{"resources": [1]}')
            ),
        ],
    )
    def test_a_descriptor_of_another_shape(self, ran, content):
        """After a run that was good, as before one."""
        (ran / "data" / "zhaotong-2018" / "datapackage.json").write_text(content, encoding="utf-8")
        assert runs.unchanged(ran, ran / "outputs" / "2018-11") is None
        assert not verify(ran / "outputs" / "2018-11", ran).holds
        with pytest.raises(SourceError, match=r"zhaotong-2018/datapackage\.json; found no "):
            runs.run("2018-11", ran, engine="warm")

    @pytest.mark.thorough
    def test_what_is_read_though_the_package_does_not_declare_it(self, ran):
        """Printed numbers and explanations count as they would if declared; the report says that they are not."""
        shorten(ran)
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

    @pytest.mark.thorough
    def test_recompute_names_what_moved(self, ran, capsys):
        assert zt.main(["verify", "2018-11", "--recompute"], standalone_mode=False) == 0
        path = ran / "data" / "zhaotong-2018" / "dropout_cases.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r",returned,2018-11-08,\w+", ",open,,", text, count=1), encoding="utf-8")
        assert zt.main(["verify", "outputs/2018-11", "--recompute"], standalone_mode=False) == 1
        out = capsys.readouterr().out
        assert "input data/zhaotong-2018/dropout_cases.csv" in out
        assert "1915人 -> 1914人" in out


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

    def is_notebook_laid_out_anew(self, path, content, other):
        """Whether an executed notebook has other white space and says the same: that is told as a note."""
        if path.parent.name != "2018-11" or path.suffix != ".ipynb":
            return False
        try:
            return json.loads(other) == json.loads(content)
        except ValueError:
            return False

    @staticmethod
    def is_told(path):
        """By a word in the list, or, of a zt.toml that no longer reads, by its name: without it there is no project."""
        try:
            return zt.main(["verify", "2018-11"], standalone_mode=False) == 1
        except InputError as error:
            return path.name == "zt.toml" and str(error).startswith("zt.toml")

    @pytest.mark.thorough
    def test_a_changed_byte_is_told(self, signed, monkeypatch, capsys):
        random = Random(20181115)
        files = self.files_of(own_office(signed))
        names = {path.name for path in files}
        assert {"run.json", "run.json.sig", CRATE, "datapackage.json", "2018-11.yml", "bulletin.ipynb"} <= names
        assert {"report.html", "2018-11.signoffs.json", "aid_payments.parquet", "2018-11.csv"} <= names
        changes, laid_out, passed = 0, 0, []
        for path in files:
            content = path.read_bytes()
            for place, other in self.damaged(content, random):
                path.write_bytes(other)
                changes += 1
                if self.is_notebook_laid_out_anew(path, content, other):
                    assert zt.main(["verify", "2018-11"], standalone_mode=False) == 0
                    assert "saved again by an editor" in capsys.readouterr().out
                    laid_out += 1
                elif not self.is_told(path):
                    passed.append((path.name, place))
            path.write_bytes(content)
        assert passed == []
        assert 0 < laid_out < 9  # some of the damaged bytes are white space between two values of the notebook
        assert changes > 6 * len(files) > 140
        monkeypatch.chdir(signed / "outputs" / "2018-11")
        assert zt.main(["verify", "."], standalone_mode=False) == 0
        assert re.search(r"2018-11: [2-9]\d\d things checked, 0 not as recorded", capsys.readouterr().out)


class TestRecord:
    def test_follows_its_schema(self, ran):
        assert schema_problems(record_of(ran)) == []

    def test_a_clock_set_back_while_it_ran(self, ran):
        later = datetime.now(UTC) + timedelta(hours=1)
        record = with_times(record_of(ran), later)
        assert record["times"]["ended"] < record["times"]["started"]
        assert schema_problems(record) == []

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

    @pytest.mark.thorough
    def test_failed_run_follows_it_too(self, ran):
        text = (ran / "notebooks" / "bulletin.ipynb").read_text(encoding="utf-8")
        (ran / "notebooks" / "bulletin.ipynb").write_text(
            text.replace("zt.review(issue, tables)", "1 / 0"), encoding="utf-8"
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
        read = [*record_of(ran)["inputs"], *record_of(ran)["computed_by"]["files"]]
        assert inputs == {one["path"]: one["sha256"] for one in read}
        outputs = {one["name"] for one in action["result"]}
        assert outputs == {path.name for path in folder.iterdir()} - {CRATE}
        assert "process/0.5" in made.root_dataset["conformsTo"]["@id"]
        assert "synthetic" in made.root_dataset["description"]

    def test_has_what_its_profile_asks_for(self, ran):
        """``nox -s profile`` asks the profile's validator; here what made it fail once, without installing it."""
        import rocrate

        found = json.loads((ran / "outputs" / "2018-11" / CRATE).read_text(encoding="utf-8"))
        by_id = {one["@id"]: one for one in found["@graph"]}
        context, extra = found["@context"]
        assert context == "https://w3id.org/ro/crate/1.1/context"
        assert by_id[CRATE]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
        vocabulary = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"
        terms = {*json.loads(vocabulary.read_text(encoding="utf-8"))["@context"], *extra, "@id", "@type"}
        assert {key for one in found["@graph"] for key in one} <= terms
        programs = [one for one in found["@graph"] if one["@type"] == "SoftwareApplication"]
        assert [sorted({"name", "url", "version"} - set(one)) for one in programs] == [[], []]
        assert by_id[by_id["./"]["license"]["@id"]]["name"] == "CC0 1.0"
        assert by_id["#run"]["instrument"]["@id"] == "#zt_analysis"

    def test_is_the_same_each_time(self, ran):
        folder = ran / "outputs" / "2018-11"
        assert (
            crate(record_of(ran), folder)
            == crate(record_of(ran), folder)
            == (folder / CRATE).read_text(encoding="utf-8")
        )
