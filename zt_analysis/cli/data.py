"""Commands that make or declare data packages."""

from __future__ import annotations

from pathlib import Path

import click

from zt_analysis.cli.outputs import OutputPath
from zt_analysis.errors import InputError
from zt_analysis.terminal import counted

GENERATOR = "synthetic/package.py"


@click.command("synthesize")
@click.argument("folder", required=False, type=OutputPath(folder=True))
@click.option("--seed", type=int, default=20181115, show_default=True, help="Same seed, same bytes.")
@click.option(
    "--scale", type=click.IntRange(min=1), default=1, show_default=True, help="N-times larger, for benchmarks."
)
def synthesize_package(folder: Path | None, seed: int, scale: int) -> int:
    """Write the synthetic, calibrated data package into FOLDER."""
    from zt_analysis.office import FOLDER, current

    if folder is None:
        raise InputError(
            "zt synthesize", found="no FOLDER", expected="where to write the package: its tables there are replaced",
            hint="zt synthesize rows for one to look at; docs/scale.md says what --scale is for",
        )  # fmt: skip

    office = current().folder
    if office is None or not (office / GENERATOR).is_file():
        raise InputError(
            "zt synthesize", found=f"an office without {GENERATOR}", expected="one that makes demonstration rows",
            hint=f"{FOLDER}/{GENERATOR} with a function synthesize(folder, seed, scale)",
        )  # fmt: skip
    made = current().module("synthetic.package")
    click.echo(made.synthesize(folder, seed=seed, scale=scale))
    return 0


@click.command("seal")
@click.argument("folder", type=click.Path(path_type=Path))
def seal_package(folder: Path) -> int:
    """Declare the files of a data package as they are now (sha256, size, rows), after an intended change."""
    from zt_analysis.sources.sealing import seal

    changed = seal(folder)
    click.echo("\n".join(f"declared anew: {name}" for name in changed) or "nothing had changed")
    return 0


@click.group("sources")
def sources() -> None:
    """The files that a package's tables come from, as sources.yml declares them."""


@sources.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def check_files(folder: Path, form: str) -> int:
    """Before any run: what is missing, extra or late, and all that opening refuses.

    Exit 2 if a run would be refused, 1 if a file was only late, or extra and not read.
    """
    from zt_analysis import show
    from zt_analysis.project import find_root, root_above
    from zt_analysis.runs.resent import of_next_case
    from zt_analysis.sources.checking import check_sources, with_noted

    folder = (folder if folder.exists() else find_root() / folder).resolve()
    found = check_sources(folder)
    root = root_above(folder)
    for one in of_next_case(folder, root) if root else ():
        found = with_noted(found, one.path.resolve().relative_to(folder).as_posix(), one.text, one.refusal)
    show.arrivals(found, form)
    if any(one.stops for one in found):
        return InputError.exit_code
    return int(any(one.told for one in found))


@sources.command("profile")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def profile_package(folder: Path, form: str) -> int:
    """What is odd in the numbers of a package, with reasons, for a person to judge.

    Values that leap and come back, zeros that were blanks, columns exchanged, sums and parts that hold in all rows but
    a few, copied rows, periods that were rounded. Exit 1 if anything is, 0 if nothing.
    """
    from zt_analysis import show
    from zt_analysis.profiling import profile
    from zt_analysis.project import find_root
    from zt_analysis.sources import open_package

    found = profile(open_package((folder if folder.exists() else find_root() / folder).resolve()))
    show.profiled(found, form)
    return int(bool(found.oddities))


@click.command("load")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--into", "engine", required=True, help="postgres://host:port/database?schema=name; no password in it.")
def load_package(folder: Path, engine: str) -> int:
    """Copy the verified rows of a data package into new tables of a PostgreSQL database, for a first use."""
    from zt_analysis.settings import DUCKDB, read_setting
    from zt_analysis.sources import open_package
    from zt_analysis.sources.uploading import upload

    setting = read_setting(engine, where="option --into")
    copied = upload(open_package(folder, roles=("table", "system"), engine=DUCKDB), setting)
    click.echo("\n".join(f"{name}: {counted(rows, 'row')}" for name, rows in copied.items()))
    click.echo(f'engine: "{setting}"')
    return 0


@click.command("scan")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def scan_path(path: Path, form: str) -> int:
    """Look for personal data in PATH, a file or folder (HTML, ipynb, JSON, CSV, xlsx, docx, PDF, text); 1 if any."""
    from zt_analysis import show
    from zt_analysis.scanning import HINT, scan

    found = scan(path)
    show.scanned(found, form)
    if not found.texts:
        unread = "no text at all" if found.files else "no file"
        unread = f"{len(found.unread)} files that cannot be read as text" if found.unread else unread
        raise InputError(str(path), found=unread, expected="at least one file with text", hint=HINT)
    return int(bool(found.found))


COMMANDS = (
    scan_path,
    sources,
    synthesize_package,
    seal_package,
    load_package,
)
