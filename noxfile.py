"""Sessions of the project; they run in the environment that holds nox (``./setup.sh`` makes it).

``nox -l`` lists them; plain ``nox`` runs those that CI runs.
"""

import os
import shutil
import sys
from pathlib import Path

import nox

# the commands of the environment that runs nox, whether or not it is activated
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
nox.options.sessions = ["lint", "tests", "notebooks"]
nox.options.default_venv_backend = "none"
nox.options.error_on_missing_interpreters = False

SPARK = ["pyspark>=4.0,<4.1", "py4j==0.10.9.9"]
CODE = ["zt_analysis", "tests", "noxfile.py", "conftest.py", "benchmarks", "recipes"]
REFERENCES = ["outputs/2018-11/bulletin.ipynb", "outputs/2018-W45/weekly.ipynb"]


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff, mypy and the layers contract."""
    session.run("ruff", "check", *CODE, "notebooks")
    session.run("ruff", "format", "--check", *CODE)
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """Unit, doctest, back, planted-error, bad-input and property tests on two processes."""
    session.run(
        "pytest", "-n", "2", "--dist", "worksteal", "--doctest-modules", "zt_analysis", "tests", *session.posargs
    )


@nox.session
def notebooks(session: nox.Session) -> None:
    """The committed reference notebooks, recomputed from the tables, every output compared."""
    session.run("pytest", "--nbval", *REFERENCES, *session.posargs)


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
def recipes(session: nox.Session) -> None:
    """The recipes under a cron daemon, systemd's own checks and Airflow (root; installs Airflow the first time)."""
    session.run("python", "tests/rehearsals.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """docs/glossary.md and docs/rules.md, from the vocabulary and the definitions."""
    session.run("python", "-m", "zt_analysis.glossary", "docs")


@nox.session
def lock(session: nox.Session) -> None:
    """requirements.lock anew: newest versions that pyproject.toml allows, with hashes, without any index name."""
    session.run(
        "uv", "pip", "compile", "pyproject.toml", "--extra", "test", "--generate-hashes", "--universal",
        "--python-version", "3.11", "--no-header", "--no-annotate", "--output-file", "requirements.lock",
        *session.posargs,
        external=True,
    )  # fmt: skip
