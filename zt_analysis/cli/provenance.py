"""Commands that prove a case afterwards: verify, sign."""

from __future__ import annotations

from pathlib import Path

import click

from zt_analysis.cli.opening import paper_named


@click.command("verify")
@click.argument("case")
@click.option("--recompute", is_flag=True, help="Compute every figure anew and compare it with what was published.")
@click.option("--key", type=click.Path(path_type=Path), help="A public key (PEM, Ed25519) that signed the record.")
def verify(case: str, recompute: bool, key: Path | None) -> int:
    """Verify the outputs of CASE (or a folder of outputs): nothing read, left or recorded has changed since its run."""
    from zt_analysis.runs.verifying import verify as held
    from zt_analysis.sources import find_root

    root = find_root()
    folder = Path(case).resolve() if Path(case).is_dir() else root / "outputs" / case
    found = held(folder, root, key=key)
    for what, now, expected in found.problems:
        click.echo(f"{folder.name}: {what}: found {now}; expected {expected}")
    for note in found.notes:
        click.echo(f"{folder.name}: note: {note}")
    click.echo(f"{folder.name}: {found.checked} things checked, {len(found.problems)} not as recorded")
    recomputed = _recomputed(folder) if recompute else True
    return 0 if found.holds and recomputed else 1


def _recomputed(folder: Path) -> bool:
    from zt_analysis import show
    from zt_analysis.runs.restatement import restate
    from zt_analysis.runs.verifying import engine_of, table_problems
    from zt_analysis.sources import open_package

    paper = paper_named(folder.name)
    tables = open_package(paper.package, roles=paper.roles, engine=engine_of(folder))
    found = restate(paper, tables, folder)
    show.restated(found, paper.language)
    problems = table_problems(folder, tables)
    for what, now, expected in problems:
        click.echo(f"{folder.name}: {what}: found {now}; expected {expected}")
    return found.stands and not problems


@click.command("sign")
@click.argument("case")
@click.option("--as", "role", required=True, type=click.Choice(["maker", "checker"]), help="Who signs: role.")
@click.option("--by", "who", required=True, help="Who signs: name or account.")
@click.option("--key", type=click.Path(path_type=Path), help="A private key (PEM, Ed25519) to sign the record with.")
def sign(case: str, role: str, who: str, key: Path | None) -> int:
    """Sign off the figures of CASE as they are now; the report shows it, and it is void when a value changes."""
    from zt_analysis import runs
    from zt_analysis.runs.signatures import SIGNATURE
    from zt_analysis.runs.signing import sign_off
    from zt_analysis.sources import find_root

    root = find_root()
    folder = root / "outputs" / case
    entry = sign_off(folder, role, who)
    runs.show_signoffs(case, root, folder.parent, key=key)
    click.echo(
        f"{case}: {entry['figures']} figures signed by {entry['by']} as {role}, values {entry['values_sha256'][:12]}…"
    )
    if key is not None:
        click.echo(folder / SIGNATURE)
    return 0


COMMANDS = (verify, sign)
