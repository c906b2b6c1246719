"""Whoever may write everything but holds no key: what is forged consistently is not signed, or is not by that key.

The project is the one that ``zt init`` begins; its case is run once, and signed once by two with keys of their own.
"""

import copy
import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest
from commands import zt as typed
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sweeps import one_in

from zt_analysis.contents import replace_own, write_own
from zt_analysis.errors import InputError
from zt_analysis.runs import proving
from zt_analysis.runs.editions import standing
from zt_analysis.runs.index import build_index
from zt_analysis.runs.proving import unlike
from zt_analysis.runs.record import read_record, write_record
from zt_analysis.runs.ro_crate import write_crate
from zt_analysis.runs.running import run_again
from zt_analysis.runs.signing import Signer, draft_of, path_of, text_of
from zt_analysis.runs.verifying import verify

CASE = "2025"
pytestmark = pytest.mark.slow


def key_pair(folder, name):
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    key = Ed25519PrivateKey.generate()
    private.write_bytes(key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo))
    return private


@pytest.fixture(scope="module")
def signed_once(brief_once, tmp_path_factory):
    """The same, signed by maker and checker, each with a key: maker.pub and checker.pub."""
    root = tmp_path_factory.mktemp("keyed") / "brief"
    shutil.copytree(brief_once, root)
    for role, by in (("maker", "desk-1"), ("checker", "desk-2")):
        proving.sign(CASE, root, Signer(role, by, key_pair(root, role), "seen"), engine="warm")
    return root


@pytest.fixture
def root(brief_once, tmp_path, monkeypatch):
    shutil.copytree(brief_once, tmp_path / "brief")
    monkeypatch.chdir(tmp_path / "brief")
    return tmp_path / "brief"


@pytest.fixture
def keyed(signed_once, tmp_path, monkeypatch):
    shutil.copytree(signed_once, tmp_path / "brief")
    monkeypatch.chdir(tmp_path / "brief")
    return tmp_path / "brief"


def outputs(root):
    return root / "outputs" / CASE


def rerecord(root, change):
    """A record that was changed, and a crate that fits it."""
    record = read_record(outputs(root))
    change(record)
    write_record(record, outputs(root))
    write_crate(record, outputs(root))


def forge_signoffs(root, change):
    """The same of the sign-offs, which record and crate then know."""
    path = path_of(outputs(root))
    entries = json.loads(path.read_text(encoding="utf-8"))
    change(entries)
    path.write_text(text_of(entries), encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    rerecord(root, lambda record: record.update(signoffs_sha256=sha256))


def refused(root, **options):
    """What signing says; nothing may have been written."""
    before = {path: path.read_bytes() for path in (root / "outputs").rglob("*") if path.is_file()}
    with pytest.raises(InputError) as error:
        proving.sign(CASE, root, Signer("maker", "eve", **options), engine="warm")
    now = {path: path.read_bytes() for path in (root / "outputs").rglob("*") if path.is_file()}
    assert {path: data for path, data in now.items() if ".locks" not in path.parts} == {
        path: data for path, data in before.items() if ".locks" not in path.parts
    }
    return str(error.value)


# what is done to the record, and what signing then names
FORGED = {
    "run.json (inputs)": lambda record: record["inputs"].pop(0),
    "run.json (computed_by)": lambda record: record["computed_by"]["definitions"].popitem(),
    "run.json (parameters)": lambda record: record["parameters"].update(edition="final"),
    "run.json (quality)": lambda record: record["quality"].update(checks=10**6),
    "run.json (files_of)": lambda record: record["files_of"].pop(),
    "run.json (declared_sha256)": lambda record: record.update(declared_sha256="0" * 64),
    "run.json (since)": lambda record: record["since"].update(case="2024"),
    "run.json (summary)": lambda record: record["summary"].update(claims=99),
    "run.json (synthetic)": lambda record: record.update(synthetic=False),
    "problems.csv": lambda record: record["outputs"].pop(
        [one["path"] for one in record["outputs"]].index("problems.csv")
    ),
    "more.csv": lambda record: record["outputs"].append({"path": "more.csv", "sha256": "0" * 64}),
    "report.html": lambda record: record["outputs"].pop(
        [one["path"] for one in record["outputs"]].index("report.html")
    ),
}


class TestRecord:
    @pytest.mark.thorough
    def test_each_thing_it_says_is_held_against_a_run_of_the_same(self, root, tmp_path):
        record = read_record(outputs(root))
        (tmp_path / "again").mkdir()
        again = run_again(CASE, root, tmp_path / "again", outputs(root), "warm")
        assert unlike(record, again) == []
        assert unlike(record | {"computed_by": {"kind": "", "definitions": {}, "files": []}}, again)
        for name, forge in FORGED.items():
            forged = copy.deepcopy(record)
            forge(forged)
            assert unlike(forged, again) == [name]
        # what the machine says of itself is no part of it, nor a file more that verifying holds
        other = record | {"python": "3.99", "packages": {}, "attempts": 2, "origin": {}}
        assert unlike(other | {"inputs": [*record["inputs"], {"path": "README.md", "sha256": "0" * 64}]}, again) == []

    def test_one_that_keeps_silent_of_an_input_is_not_signed(self, root):
        """It verifies: with its crate it is made to fit. What it leaves out could be changed from then on."""
        rerecord(root, lambda record: record["inputs"].pop(0))
        assert verify(outputs(root), root).holds
        assert "run.json (inputs): run again, something else comes out" in refused(root)

    @pytest.mark.parametrize(
        ("forge", "told"),
        [
            (lambda record: record["summary"].update(claims=99), "another summary than that of figures.json"),
            (lambda record: record.update(synthetic=False), "another synthetic than that of figures.json"),
            (lambda record: record.update(status="partial"), "another status than that of figures.json"),
            (lambda record: record["times"].update(ended="yesterday"), "'yesterday' does not match"),
            (
                lambda record: record["outputs"].append({"path": "../up.csv", "sha256": "0" * 64}),
                "'../up.csv' does not",
            ),
        ],
    )
    def test_what_its_own_ledger_and_schema_deny_is_no_record(self, root, forge, told):
        (root / "outputs" / "up.csv").write_bytes(b"")
        record = read_record(outputs(root))
        forge(record)
        write_record(record, outputs(root))
        if "up.csv" not in told:
            write_crate(record, outputs(root))
        assert any(told in found for _, found, _ in verify(outputs(root), root).problems)

    def test_an_edition_that_was_never_issued(self, root):
        said = {
            "edition": 3,
            "former": 2,
            "reason": "so",
            "figures": [],
            "missing": [],
            "sentences": [],
            "verdicts": [],
        }
        rerecord(root, lambda record: record.update(revision=said))
        found = [problem[0] for problem in verify(outputs(root), root).problems]
        assert found == ["run.json", "edition v1", "edition v2"]


class TestSignature:
    @pytest.mark.parametrize("name", ["by", "at", "remark", "decision", "figures"])
    @pytest.mark.part(2)
    def test_covers_all_that_a_person_said(self, keyed, name):
        forge_signoffs(keyed, lambda entries: entries[0].update({name: "return" if name == "decision" else "other"}))
        found = verify(outputs(keyed), keyed, key=keyed / "maker.pub")
        assert ("run.json.sig", "no signature of maker.pub", "one over this run") in found.problems

    def test_covers_what_was_ticked(self, keyed):
        ticked = {"id": "claim:pupils", "sha256": "0" * 16, "remark": "counted twice"}
        forge_signoffs(keyed, lambda entries: entries[0].update(items=[ticked]))
        assert not verify(outputs(keyed), keyed, key=keyed / "maker.pub").holds

    def test_without_its_key_it_is_said_to_be_unproven(self, keyed):
        keys = [keyed / "maker.pub", keyed / "checker.pub"]
        assert verify(outputs(keyed), keyed, key=keys).notes == ()
        found = verify(outputs(keyed), keyed, key=keys[0])
        assert found.holds
        assert [note.endswith("that no key given proves; --key with the public key does") for note in found.notes] == [
            True
        ]
        assert len(verify(outputs(keyed), keyed).notes) == 2

    def test_one_that_is_gone_is_said(self, keyed):
        (outputs(keyed) / "run.json.sig").unlink()
        write_crate(read_record(outputs(keyed)), outputs(keyed))
        found = verify(outputs(keyed), keyed)
        assert ["and no signature of it is here" in note for note in found.notes] == [True, True]
        assert not verify(outputs(keyed), keyed, key=keyed / "maker.pub").holds

    @pytest.mark.parametrize(
        ("forge", "told"),
        [
            (lambda entries: entries.append(entries[0] | {"by": "mallory"}), "desk-1 and mallory, both as maker"),
            (lambda entries: entries[1].update(by="ＤＥＳＫ-1"), "ＤＥＳＫ-1 as maker and as checker"),
            (lambda entries: entries[1].update(key=entries[0]["key"]), "one key of desk-1 and desk-2"),
            (lambda entries: entries[1].update(role="boss"), "a sign-off as 'boss'"),
        ],
    )
    def test_sign_offs_that_signing_refuses_were_not_signed(self, keyed, forge, told):
        forge_signoffs(keyed, forge)
        found = verify(outputs(keyed), keyed).problems
        assert any(name == f"{CASE}.signoffs.json" and told in said for name, said, _ in found), found

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "entry",
        one_in(3, [
            5, [], {}, ["maker", "x"], {"role": "maker", "by": 5}, {"role": [], "by": "x"}, {"by": None},
            {"key": 7}, {"items": 5}, {"items": [5]}, {"items": [{"id": 1, "sha256": "0"}]}, {"withdrawn": "so"},
            {"withdrawn": {"reason": 5}}, {"remark": ["x"]}, {"decision": {}}, {"at": 2025}, {"values_sha256": 1},
        ]),
    )  # fmt: skip
    def test_a_file_of_another_form_is_damage_and_no_traceback(self, keyed, entry):
        def forge(entries):
            entries[0] = entries[0] | entry if isinstance(entry, dict) and len(entry) == 1 else entry

        forge_signoffs(keyed, forge)
        assert standing(outputs(keyed)) == "damaged"
        assert any("no list of sign-offs" in found for _, found, _ in verify(outputs(keyed), keyed).problems)
        for words in (["verify", CASE], ["list"], ["sign", CASE, "--as", "maker", "--by", "x"], ["history", CASE]):
            done = typed(*words, cwd=keyed)
            assert "Traceback" not in done.stderr
            assert done.returncode == {"list": 0, "verify": 1, "history": 1}.get(words[0], 2), (words, done)

    def test_and_such_a_case_is_damaged_to_every_command(self, keyed):
        path = keyed / "params" / f"{CASE}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"draft"', '"final"'), encoding="utf-8")
        assert standing(outputs(keyed)) == "open"
        rerecord(keyed, lambda record: record["parameters"].update(edition="final"))
        assert standing(outputs(keyed)) == "issued"
        forge_signoffs(keyed, lambda entries: entries[1].update(by="Desk-1"))
        assert standing(outputs(keyed)) == "damaged"
        assert "damaged" in typed("list", cwd=keyed).stdout
        assert typed("run", CASE, "--force", cwd=keyed).returncode == 2


class TestNames:
    @pytest.mark.parametrize(
        ("by", "told"),
        [
            ("x" * 101, "101 characters"), ("\u202e1-ksed", "U\\+202E"), ("a\x1b[31m", "U\\+001B"),
            ("\ud800", "U\\+D800"), ("a\0", "U\\+0000"), ("13800138000", "no personal data"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_shown_is_no_name(self, root, by, told):
        with pytest.raises(InputError, match=f"--by; .*{told}"):
            proving.sign(CASE, root, Signer("maker", by))

    def test_nor_a_reason_or_remark(self, keyed):
        with pytest.raises(InputError, match=r"--remark; .*U\+0007"):
            proving.sign(CASE, keyed, Signer("maker", "x", remark="\a"))
        unfit = {"\ud800": "U\\+D800", "13800138000": "no personal data", "x" * 2001: "2001", "。": "no word"}
        for reason, told in unfit.items():
            with pytest.raises(InputError, match=f"--reason; .*{told}"):
                proving.unsign(CASE, keyed, Signer("maker", "x"), reason)
            done = typed("run", CASE, "--force", "--revise", reason, cwd=keyed)
            assert done.returncode == 2
            assert "--revise" in done.stderr

    def test_a_name_of_a_file_makes_no_line_of_ours(self, root):
        (outputs(root) / f"x\n{CASE}: 82 things checked, 0 not as recorded").write_text("x", encoding="utf-8")
        done = typed("verify", CASE, cwd=root)
        assert done.returncode == 1
        assert done.stdout.count("\n") == 2


class TestPlaces:
    """A name that can be foreseen, laid as a link to what only the signer may write."""

    @pytest.mark.parametrize("write", [write_own, lambda path, data: replace_own(path, data.decode())])
    def test_a_link_is_not_followed(self, tmp_path, write):
        mine = tmp_path / "mine"
        mine.write_text("mine", encoding="utf-8")
        for name in ("file", f".~file.{os.getpid()}"):
            (tmp_path / name).symlink_to(mine)
        write(tmp_path / "file", b"new")
        assert mine.read_text(encoding="utf-8") == "mine"
        assert (tmp_path / "file").read_text(encoding="utf-8") == "new"
        assert not (tmp_path / "file").is_symlink()

    @pytest.mark.thorough
    def test_nor_by_signing(self, root):
        mine = root / "mine"
        mine.write_text("mine", encoding="utf-8")
        for path in (draft_of(outputs(root)), root / "outputs" / f".~index.html.{os.getpid()}"):
            path.symlink_to(mine)
        proving.sign(CASE, root, Signer("maker", "desk-1"), engine="warm")
        build_index(root)
        assert mine.read_text(encoding="utf-8") == "mine"
        assert not path_of(outputs(root)).is_symlink()
        assert verify(outputs(root), root).holds


@pytest.mark.thorough
def test_two_who_sign_at_once(root):
    """One waits for the other; a role is taken once, and nobody's sign-off is lost."""
    words = [sys.executable, "-m", "zt_analysis.cli", "sign", CASE]
    for pairs, codes in (
        ((("maker", "a"), ("checker", "A")), [0, 2]),
        ((("checker", "b"), ("maker", "c")), [0, 2]),
    ):
        started = [subprocess.Popen([*words, "--as", role, "--by", by], cwd=root) for role, by in pairs]
        assert sorted(one.wait() for one in started) == codes
    found = json.loads(path_of(outputs(root)).read_text(encoding="utf-8"))
    assert sorted(one["role"] for one in found) == ["checker", "maker"]
    assert verify(outputs(root), root).holds


@pytest.mark.thorough
@pytest.mark.needs("small-disk")
def test_a_revision_on_a_full_disk(signed_once, tmp_path, monkeypatch):
    """What was issued stands as it was, and is kept whole by the first revision for which there is room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=True)
    try:
        shutil.copytree(signed_once, disk, dirs_exist_ok=True)
        monkeypatch.chdir(disk)
        path = disk / "params" / f"{CASE}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"draft"', '"final"'), encoding="utf-8")
        assert typed("run", CASE, "--engine", "warm", cwd=disk).returncode == 0
        for role in ("maker", "checker"):
            proving.unsign(CASE, disk, Signer(role, "x"), "another edition")
        for role, by in (("maker", "desk-1"), ("checker", "desk-2")):
            proving.sign(CASE, disk, Signer(role, by, disk / f"{role}.pem"), engine="warm")
        issued = {path.name: path.read_bytes() for path in outputs(disk).iterdir()}
        for room, code in ((8, 3), (120, 3), (330, 3), (1200, 0)):
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            (disk / "ballast").write_bytes(b"\0" * (free - room * 1024))
            done = typed("run", CASE, "--revise", "late", "--force", "--engine", "warm", cwd=disk)
            (disk / "ballast").unlink()
            assert done.returncode == code, (room, done.stderr)
            if code:
                assert "disk full" in done.stderr
                assert {path.name: path.read_bytes() for path in outputs(disk).iterdir()} == issued
                assert not (disk / "outputs" / f"{CASE}.editions").exists()
        former = disk / "outputs" / f"{CASE}.editions" / "v1" / CASE
        assert verify(former, disk, key=disk / "maker.pub", former=True).holds
        assert verify(outputs(disk), disk).holds
    finally:
        monkeypatch.chdir(tmp_path)
        subprocess.run(["umount", "--lazy", disk], check=True)
