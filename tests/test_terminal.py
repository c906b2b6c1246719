"""What terminals get, and what is said when the machine or a file cannot do what is asked."""

import errno
import os
import shutil
import subprocess
import sys
from random import Random

import nbformat
import pytest
from packages import ROOT

from zt_analysis import params, yamls
from zt_analysis.cli import main, zt
from zt_analysis.errors import InputError, MachineError, SourceError, lack_of, told
from zt_analysis.notebooks.execution import _named
from zt_analysis.sources.corrections import read_corrections
from zt_analysis.sources.sources_yml import read_sources
from zt_analysis.terminal import escaped
from zt_analysis.yamls import YamlError, read_yaml

ZT = [sys.executable, "-m", "zt_analysis.cli"]
NASTY = "镇\x1b[31m雄\x07\x9b\u202e[bold]:smile:.csv"
SHOWN = "镇\\x1b[31m雄\\x07\\x9b\\u202e[bold]:smile:.csv"


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Two cases without rows, and a file whose name would command a terminal."""
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / NASTY).write_text("劝返复学1915人。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def zt_says(capsys, monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["zt", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc\r\n", "a\tb\nc\r\n"),
        ("over\rwritten", "over\\rwritten"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x7f\x9b\u2028\u202e\u2066", "\\x7f\\x9b\\u2028\\u202e\\u2066"),
        ("一县 é 1.59％", "一县 é 1.59％"),
    ],
)
def test_control_characters_are_escaped(text, shown):
    assert escaped(text) == shown


@pytest.mark.slow
class TestTerminals:
    @pytest.mark.parametrize(
        ("closed", "words", "code"),
        [
            (">&- 2>&-", "list", 0),
            (">&-", "list", 0),
            ("<&-", "proof - --format jsonl", 2),
            ("2>&-", "check 2018-99", 2),
        ],
    )
    @pytest.mark.part(4)
    def test_a_closed_stream_is_one_that_nobody_reads(self, office, closed, words, code):
        line = f'"{sys.executable}" -m zt_analysis.cli {words} {closed}'
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=office, check=False)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(("encoding", "read"), [("gbk", "gbk"), ("ascii", "utf-8"), ("cp1252", "utf-8")])
    @pytest.mark.part(3)
    def test_data_is_never_escaped(self, office, encoding, read):
        (office / "a.txt").write_text("受助学生488235人，劝返复学1915人。", encoding="utf-8")
        environment = os.environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
        done = subprocess.run(
            [*ZT, "numbers", "a.txt", "--format", "csv"], capture_output=True, cwd=office, env=environment, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "1915人,1915,人," in done.stdout.decode(read)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("encoding", "locale", "word"),
        [
            pytest.param("ascii", "C", "\\udce6\\udc97\\udca0", marks=pytest.mark.thorough),
            pytest.param("ascii", "C.UTF-8", "\\u65e0", marks=pytest.mark.thorough),
            pytest.param("cp1252", "C.UTF-8", "\\u65e0", marks=pytest.mark.thorough),
            ("gbk", "C.UTF-8", "无"),
        ],
    )
    def test_any_encoding_prints_every_command_s_help_and_the_cases(self, office, encoding, locale, word):
        environment = os.environ | {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": locale}
        environment["PYTHONIOENCODING"] = encoding
        code = (
            "import os, sys\nfrom zt_analysis.cli import main, zt\nwu = os.fsdecode('无'.encode())\n"
            "for words in (['list'], ['due', '--on', '2018-11-09'], ['tie', wu, '--case', 'x'], ['run', wu],"
            " *([name, '--help'] for name in zt.commands)):\n"
            "    sys.argv = ['zt', *words]\n"
            "    try: main()\n"
            "    except SystemExit as ended: print(words[0].encode(), ended.code)\n"
        )
        (office / "all.py").write_text(code, encoding="utf-8")
        done = subprocess.run([sys.executable, "all.py"], env=environment, capture_output=True, check=False)
        said = (done.stdout + done.stderr).decode(encoding)
        assert done.returncode == 0, said
        assert "Traceback" not in said
        assert f"no params/{word}.yml" in said
        assert said.count("Options:") == len(zt.commands)

    def test_files_and_cells_cannot_command_it(self, office, capsys, monkeypatch):
        for words in (["numbers", NASTY], ["tie", NASTY, "--case", NASTY], ["run", NASTY], ["seal", NASTY]):
            _, said = zt_says(capsys, monkeypatch, *words)
            assert not set(said.out + said.err) & set("\x1b\x07\x9b\u202e")
        assert SHOWN.removesuffix(".csv") in said.err

    def test_a_cell_is_no_markup(self, office, capsys, monkeypatch):
        text = (office / "params" / "2018-11.yml").read_text("utf-8")
        as_of = '"[/bold] :smile: \\e[31m"'
        (office / "params" / "2018-11.yml").write_text(text.replace('"2018-11-08"', as_of), encoding="utf-8")
        code, said = zt_says(capsys, monkeypatch, "list")
        assert code == 0, said.err
        assert "[/bold] :smile: \\x1b[31m" in said.out


def made_of(error):
    """The error that says of a file what a library made of ``error``."""
    try:
        try:
            raise error
        except OSError as first:
            raise ValueError("no workbook") from first
    except ValueError:
        return InputError("a.csv", found="no workbook", expected="one", hint="restore it")


FILL = """
import os, resource, sys
from random import Random
from pathlib import Path
import nbclient, papermill
from zt_analysis.notebooks import execute
if "few" in sys.argv:
    most = len(os.listdir("/proc/self/fd")) + 2
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
execute(Path("in.ipynb"), {}, Path("full/out.ipynb"), cwd=Path("."), where="here", engine=sys.argv[1])
"""


class TestMachine:
    """The lack of disk, open files or memory is said as such, wherever it is met."""

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.ENOSPC, "disk full"),
            (errno.EDQUOT, "disk quota used up"),
            (errno.EFBIG, "a file larger than may be written"),
            (errno.EMFILE, "too many open files"),
            (errno.ENOMEM, "out of memory"),
        ],
    )
    def test_an_error_made_of_it_says_it(self, number, words):
        error = made_of(OSError(number, os.strerror(number), "a.csv"))
        assert str(error).startswith(f"a.csv; found {words}. Hint: ")
        assert error.exit_code == 3

    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            (errno.EROFS, "a disk that can be written"),
            (errno.EACCES, "a file or folder that this account may read and write"),
            (errno.EEXIST, "a folder, or nothing yet"),
            (errno.EXDEV, "a file or folder that can be read and written"),
        ],
    )
    def test_what_is_refused_of_a_path_is_told_of_it(self, number, expected):
        error = told(OSError(number, os.strerror(number), ".a.csv", None, "a.csv"))
        said = f"a.csv; found {os.strerror(number)}; expected {expected}. Hint: check the path and"
        assert str(error).startswith(said)
        assert error.exit_code == 2

    def test_what_is_refused_of_a_copied_folder_is_told_of_its_first_file(self):
        error = told(shutil.Error([("a", "b/a", "[Errno 30] Read-only file system: 'b/a'"), ("c", "b/c", "...")]))
        assert str(error).startswith(
            "b/a; found [Errno 30] Read-only file system: 'b/a'; expected a disk that can be written"
        )
        assert error.exit_code == 2

    def test_what_is_refused_of_no_path_is_of_the_run(self):
        error = told(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
        assert str(error) == "this run; found Connection refused. Hint: check the disk and the network, then run again"
        assert error.exit_code == 3

    def test_other_errors_are_themselves(self):
        error = made_of(FileNotFoundError(errno.ENOENT, "No such file"))
        assert str(error) == "a.csv; found no workbook; expected one. Hint: restore it"
        assert error.exit_code == 2
        assert lack_of(None) is None

    @pytest.mark.parametrize(
        "text",
        [
            "[Errno 28] No space left on device: 'out.ipynb'",
            "IO Error: Could not write all bytes to file: No space left on device",
            "data/aid.csv; found disk full. Hint: free some space",
        ],
    )
    def test_words_of_a_kernel_are_understood(self, tmp_path, text):
        error = _named(RuntimeError(text), tmp_path / "bulletin.ipynb")
        assert type(error) is MachineError
        assert "notebook bulletin.ipynb; found disk full" in str(error)

    @pytest.fixture
    def fill(self, tmp_path):
        """Executes a notebook of 30,000 characters into the folder full/, by the script given."""
        cells = [nbformat.v4.new_code_cell(""), nbformat.v4.new_code_cell("print('x' * 30000)")]
        cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "in.ipynb")
        (tmp_path / "full").mkdir()
        (tmp_path / "fill.py").write_text(FILL, encoding="utf-8")

        def run(script, *command):
            command = [*command, "sh", "-c", script.format(f"{sys.executable} fill.py")]
            return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stderr

        return run

    @pytest.mark.thorough
    @pytest.mark.parametrize("engine", ["stock", "warm"])
    def test_a_full_disk(self, fill, engine):
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
            pytest.skip("no disk can be filled here: unshare makes no mount namespace")
        said = fill(f"mount -t tmpfs -o size=8k none full && exec {{}} {engine}", "unshare", "-rm")
        assert "MachineError: notebook in.ipynb; found disk full. Hint: free some space" in said

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_too_many_open_files(self, fill):
        said = fill("exec {} stock few")
        assert "found too many open files. Hint: raise the limit (ulimit -n 1024)" in said

    @pytest.mark.thorough
    @pytest.mark.slow
    @pytest.mark.parametrize("unbuffered", ["", pytest.param("1", marks=pytest.mark.thorough)])
    def test_who_read_enough_is_no_difference(self, office, unbuffered):
        """``zt list | head -1``: exit code 1 would say that figures differ."""
        own = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        end, start = os.pipe()
        os.close(end)
        done = subprocess.run([*ZT, "list"], stdout=start, stderr=subprocess.PIPE, check=False, env=own)
        os.close(start)
        assert (done.returncode, done.stderr.decode()) == (0, "")

    @pytest.mark.slow
    @pytest.mark.parametrize("unbuffered", ["", pytest.param("1", marks=pytest.mark.thorough)])
    def test_a_full_output(self, office, unbuffered):
        own = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        with open("/dev/full", "w") as full:
            done = subprocess.run([*ZT, "list"], stdout=full, stderr=subprocess.PIPE, check=False, env=own)
        assert (done.returncode, done.stderr.decode()) == (
            3, "zt: this run; found disk full. Hint: free some space, then run it again\n"
        )  # fmt: skip

    @pytest.mark.slow
    @pytest.mark.parametrize(("words", "code"), [(["nonsense"], 2), (["verify", "none"], 2), (["list"], 3)])
    def test_a_full_output_for_errors_too(self, office, words, code):
        """What is wrong cannot be told then, and is none of exit code 1: nothing was compared."""
        with open("/dev/full", "w") as full:
            assert subprocess.run([*ZT, *words], stdout=full, stderr=full, check=False).returncode == code

    @pytest.mark.parametrize(
        "words", [["verify", "a\0b"], ["report", "a\0b"], ["seal", "a\0b"], ["sources", "check", "a\0b"], ["run", "\0"],
                  ["-C", "a\0b", "list"], ["numbers", "a\0b"], ["synthesize", "a\0b"]],
    )  # fmt: skip
    def test_nul_in_a_path(self, office, capsys, monkeypatch, words):
        code, said = zt_says(capsys, monkeypatch, *words)
        assert code == 2, said.err
        assert "Traceback" not in said.err
        assert "\0" not in said.err

    @pytest.mark.parametrize(
        "words", [("verify",), ("restated",), ("run",), ("check",), ("pdf",), ("figures",), ("rules",), ("new",),
                  ("sign", "--as", "maker", "--by", "desk-1"), ("unsign", "--as", "maker", "--reason", "mistaken")],
    )  # fmt: skip
    def test_a_name_that_no_case_can_have(self, office, capsys, monkeypatch, words):
        before = sorted(office.rglob("*"))
        for case in [
            "",
            ".",
            "..",
            "a/b",
            "../outputs/a",
            "a\0b",
            "x" * 300,
            "2018-11\n",
            "2018-1\u200b1",
            "２０１８-11",
        ]:
            code, said = zt_says(capsys, monkeypatch, words[0], case, *words[1:])
            assert code == 2, (case, said.err)
            assert said.err.startswith("zt: "), (case, said.err)
            assert sorted(office.rglob("*")) == before, case


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.slow
class TestYaml:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (BOMB, "line 5: aliases (*name) that stand for more than 10000 values"),
            ("a: &a [*a]", "line 1: *a before what it stands for has ended"),
            ("[" * 100_000, "line 1: lists or pairs nested more than 40 deep"),
            ("- " * 100_000, "line 1: lists or pairs nested more than 40 deep"),
            ("x: 1\n" * 300_000, "1500000 bytes, more than 1048576"),
            ("a: 2018-13-45", "month must be in 1..12"),
            ("a: 1\na: 2", 'line 2: found duplicate key "a" with value "2" (original value: "1")'),
            ("a: !!python/object:os.system {}", "line 1: could not determine a constructor"),
        ],
        ids=["bomb", "circle", "flow", "block", "large", "date", "twice", "tag"],
    )
    @pytest.mark.part(2)
    def test_refused(self, text, message):
        with pytest.raises(YamlError) as caught:
            read_yaml(text.encode())
        assert str(caught.value).startswith(message)

    def test_read(self):
        text = b"\xef\xbb\xbfa: &a {n: 0530}\nb: *a\nc: {<<: *a, m: 1}\n"
        assert read_yaml(text) == {"a": {"n": 530}, "b": {"n": 530}, "c": {"n": 530, "m": 1}}
        assert read_yaml(b"n: 0530\nd: 2018-11-08", as_texts=True) == {"n": "0530", "d": "2018-11-08"}

    def test_what_is_read_again_is_ones_own_and_as_it_was_asked(self, monkeypatch):
        read, text = [], b"a: {n: 0530}\nb: [1]  # of this test"
        monkeypatch.setattr(yamls, "_is_small", lambda text: not read.append(text))
        first = read_yaml(text)
        first["a"]["n"], first["b"][0] = 1, 2
        assert read_yaml(text) == {"a": {"n": 530}, "b": [1]}
        assert read_yaml(text, as_texts=True) == {"a": {"n": "0530"}, "b": ["1"]}
        assert len(read) == 2

    def test_what_is_measured_is_no_matter_of_what_is_read(self, monkeypatch):
        """A small file is not measured before it is read: what it says, and what is wrong with it, stays the same."""
        dice, bits = Random(20), [": ", "- ", "\n", "  ", *"[]{}'\"#!|,&*?%@a1", "---", "...", "\n  b: ", "<<: ", "\t"]
        texts = ["".join(dice.choices(bits, k=dice.randrange(1, 25))).encode() for _ in range(600)]

        def said(text):
            try:
                return repr(yamls._read(text, False))
            except YamlError as error:
                return str(error)

        found = [said(text) for text in texts]
        assert sum(map(yamls._is_small, map(bytes.decode, texts))) > 100
        monkeypatch.setattr(yamls, "_is_small", lambda text: False)
        assert found == [said(text) for text in texts]

    def test_every_file_of_yaml_is_bounded(self, small):
        (small.root / "params" / "2018-11.yml").write_text('case: "2018-11"\n' + BOMB, encoding="utf-8")
        with pytest.raises(InputError, match=r"params/2018-11.yml, line 6; found aliases .* more than 10000 values"):
            params.load("2018-11", small.root)
        with pytest.raises(SourceError, match=r"data/sources.yml, line 5; found aliases"):
            read_sources(small.folder / "sources.yml", BOMB.encode())
        small.write("corrections.yml", BOMB)
        from zt_analysis.sources import read_package

        with pytest.raises(SourceError, match=r"corrections.yml, line 5; found no YAML \(aliases"):
            read_corrections(read_package(small.folder))
