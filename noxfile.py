"""Sessions of the project; they run in the environment that holds nox (``./setup.sh`` makes it).

``nox -l`` lists them; plain ``nox`` runs those that CI runs.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nox

# the commands of the environment that runs nox, whether or not it is activated
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
# the tests start hundreds of processes: none compiles the project anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
nox.options.sessions = ["lint", "tests", "notebooks"]
nox.options.default_venv_backend = "none"
nox.options.error_on_missing_interpreters = False

SPARK = ["pyspark>=4.0,<4.1", "py4j==0.10.9.9"]
CODE = ["zt_analysis", "office", "examples", "tests", "noxfile.py", "conftest.py", "benchmarks", "recipes"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
ABREAST = ["-n", "2", "--dist", "worksteal"]
WHOLE = ["--doctest-modules", "zt_analysis", "office", "tests"]
DEFAULT = [*ABREAST, "-m", "not thorough", *WHOLE]
THOROUGH = [*ABREAST, "-m", "thorough or hypothesis", "tests"]
QUICK = [*ABREAST, "-m", "not slow and not planted and not needs and not thorough", *WHOLE]
# a notebook is one kernel: its cells stay together
REFERENCES = ["outputs/2018-11/bulletin.ipynb", "outputs/2018-W45/weekly.ipynb"]
COMPARED = ["-n", "2", "--dist", "loadfile", "--nbval", *REFERENCES]


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff, mypy and the layers contract."""
    session.run("ruff", "check", *CODE, "notebooks")
    session.run("ruff", "format", "--check", *CODE)
    session.run("mypy", "--num-workers", "2")
    session.run("lint-imports")


def keep_rows(session: nox.Session) -> None:
    """Verify and keep the shipped rows once: in a fresh clone each process that opens them would verify them anew."""
    session.run("zt", "check", "2018-11", silent=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Unit, doctest, back, planted-error, bad-input and property tests on two processes; not the thorough ones."""
    keep_rows(session)
    session.run("pytest", *DEFAULT, *session.posargs)


@nox.session
def thorough(session: nox.Session) -> None:
    """What takes minutes: servers, kills, full disks, other tools, the docs typed whole, a wheel; CI runs it too."""
    # properties are held to a part of their examples by the other sessions (tests/sweeps.py)
    session.run("pytest", *THOROUGH, *session.posargs, env={"ZT_EXAMPLES": "all"})


@nox.session
def quick(session: nox.Session) -> None:
    """The inner loop: what asks a function: no kernel, browser, package, project, planted error; doctests too."""
    session.run("pytest", *QUICK, *session.posargs)


@nox.session
def notebooks(session: nox.Session) -> None:
    """The committed reference notebooks, recomputed from the tables, every output compared."""
    keep_rows(session)
    session.run("pytest", *COMPARED, *session.posargs)


@nox.session
def pythons(session: nox.Session) -> None:
    """The quick tests and the reference notebooks on every Python of this machine, each with the locked packages."""
    found = {version: _interpreter(version) for version in PYTHONS}
    for version, interpreter in found.items():
        if interpreter is None:
            session.log(f"Python {version}: not on this machine, left out")
    if not any(found.values()):
        session.error("no Python to test on")
    for version, interpreter in found.items():
        if interpreter is not None:
            python = _environment(session, Path(session.create_tmp()) / version, interpreter)
            path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
            session.log(f"Python {version}: {interpreter}")
            # create_tmp made a folder of this project the one for temporary files: tests need one outside of it
            outside = {"PATH": path, "TMPDIR": tempfile.gettempdir()}
            for words in (QUICK, COMPARED):
                session.run(str(python), "-m", "pytest", *words, env=outside, external=True)


def _interpreter(version: str) -> str | None:
    """A Python of this version: on the PATH, or of pyenv, whose commands on the PATH may lead nowhere."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    known = [shutil.which(f"python{version}"), *map(str, sorted(kept.glob(f"{version}.*/bin/python")))]
    words = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    for path in filter(None, known):
        if subprocess.run([path, *words], capture_output=True, text=True, check=False).stdout.strip() == version:
            return path
    return None


def _environment(session: nox.Session, folder: Path, interpreter: str) -> Path:
    """The Python of an environment with the locked packages and this project; made once."""
    python, stamp = folder / "bin" / "python", folder / "installed"
    wanted = Path("requirements.lock").read_text() + Path("pyproject.toml").read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    install = ["uv", "pip", "install", "--python", str(python)]
    session.run("uv", "venv", "--quiet", "--clear", "--python", interpreter, str(folder), external=True)
    session.run(*install, "--quiet", "--require-hashes", "-r", "requirements.lock", external=True)
    session.run(*install, "--quiet", "--no-deps", "--no-build-isolation", "-e", ".", external=True)
    stamp.write_text(wanted)
    return python


@nox.session
def clean(session: nox.Session) -> None:
    """Outputs, and what else a run left, taken from the notebooks of notebooks/; JupyterLab does so when it saves."""
    session.run("python", "-m", "zt_analysis.notebooks.clean", "notebooks", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """The whole data package through the stock frictionless command (some minutes)."""
    session.run("frictionless", "validate", "data/zhaotong-2018/datapackage.json")


@nox.session
def bench(session: nox.Session) -> None:
    """Time and memory, as ratios in one run against what a user would otherwise type."""
    session.run("python", "benchmarks/bench.py", *session.posargs)


@nox.session
def kills(session: nox.Session) -> None:
    """Fifty kills of a batch at seeded moments: every folder whole, verify passes, the rerun completes."""
    session.run("python", "tests/kills.py", *session.posargs)


@nox.session
def weeks(session: nox.Session) -> None:
    """Thirteen weeks left alone: late rows, a correction, a kill, a full disk, a new year, a holiday (minutes)."""
    session.run("python", "tests/weeks.py", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Every indicator, relation and rule on DuckDB, a PostgreSQL server and Spark: equal, digit for digit (minutes)."""
    # 400 MB that nothing else needs: it stays out of the lock, in a folder of this session's own
    folder = Path(session.create_tmp()) / "spark"
    if not (folder / "pyspark").is_dir():
        pip = ["uv", "pip"] if shutil.which("uv") else [sys.executable, "-m", "pip"]
        session.run(*pip, "install", "--quiet", "--target", str(folder), "--no-deps", *SPARK, external=True)
    path = os.pathsep.join(part for part in (os.environ.get("PYTHONPATH"), str(folder)) if part)
    session.run("python", "tests/engines.py", *session.posargs, env={"PYTHONPATH": path})


@nox.session
def real(session: nox.Session) -> None:
    """The office of examples/communique on the real tables of ../shared/real; says so where they are not there."""
    session.run("python", "tests/real_tables.py", *session.posargs)


@nox.session
def libreoffice(session: nox.Session) -> None:
    """What zt write leaves, converted by a real LibreOffice, its layout read off the pages (minutes)."""
    if not shutil.which("soffice"):
        session.error("no soffice on the PATH: apt-get install libreoffice-writer-nogui")
    session.run("pytest", "-m", "thorough", "-k", "libreoffice", "tests/test_writing.py", *session.posargs)


@nox.session
def recipes(session: nox.Session) -> None:
    """The recipes under a cron daemon, systemd's own checks and Airflow (root; installs Airflow the first time)."""
    session.run("python", "tests/rehearsals.py", *session.posargs)


@nox.session
def profile(session: nox.Session) -> None:
    """The crate of a new run against Process Run Crate 0.5, by the profile's own validator (installs it)."""
    # it wants an older rich than ours: an environment of its own, not the lock
    folder = Path(session.create_tmp())
    python = folder / "validator" / "bin" / "python"
    if not python.exists():
        session.run(sys.executable, "-m", "venv", str(folder / "validator"))
        session.run(str(python), "-m", "pip", "install", "--quiet", "roc-validator==0.13.0", external=True)
        # a release of the library that ships the context of RO-Crate 1.1
        target = ["--no-deps", "--target", str(folder / "context"), "rocrate==0.10.0"]
        session.run(str(python), "-m", "pip", "install", "--quiet", *target, external=True)
    session.run("zt", "run", "2018-11", "--force", "--output", str(folder / "outputs"), silent=True)
    context = folder / "context" / "rocrate" / "data" / "ro-crate.jsonld"
    session.run(str(python), "tests/profile_check.py", str(folder / "outputs" / "2018-11"), str(context), external=True)


@nox.session
def docs(session: nox.Session) -> None:
    """docs/glossary.md and docs/rules.md, from the vocabulary and the definitions."""
    session.run("python", "-m", "zt_analysis.glossary", "docs")


@nox.session
def lock(session: nox.Session) -> None:
    """requirements.lock anew: newest versions that pyproject.toml allows, with hashes, without any index name."""
    session.run(
        "uv", "pip", "compile", "pyproject.toml", "--extra", "all", "--extra", "test",
        "--generate-hashes", "--universal", "--python-version", "3.11", "--no-header", "--no-annotate",
        "--output-file", "requirements.lock",
        *session.posargs,
        external=True,
    )  # fmt: skip
