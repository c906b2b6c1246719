"""Commands that prove a case afterwards: verify, sign, unsign, review."""

from __future__ import annotations

import os
from pathlib import Path

import click

from zt_analysis.cli.case import paper_named, tables_anew
from zt_analysis.terminal import counted


@click.command("verify")
@click.argument("case")
@click.option("--recompute", is_flag=True, help="Compute every figure anew and compare it with what was published.")
@click.option(
    "--key", "keys", type=click.Path(path_type=Path), multiple=True,
    help="A public key (PEM, Ed25519) that signed; may be given several times.",
)  # fmt: skip
@click.option("--edition", metavar="vN", help="An edition of an issued case that was revised: v1.")
def verify(case: str, recompute: bool, keys: tuple[Path, ...], edition: str | None) -> int:
    """Verify the outputs of CASE (or a folder of outputs): nothing read, left or recorded has changed since its run."""
    from zt_analysis.runs import editions
    from zt_analysis.runs.outputs import folder_of
    from zt_analysis.runs.verifying import verify as held
    from zt_analysis.sources import find_root

    root = find_root()
    expected = "the name of a case, or a folder of outputs"
    # os.path: no error for a name that no folder can have
    current = Path(case).absolute() if os.path.isdir(case) else folder_of(root / "outputs", case, expected=expected)
    folder = current if edition is None else editions.edition(current, edition)
    found = held(folder, root, key=keys, former=editions.is_former(folder))
    for what, now, expected in found.problems:
        click.echo(_one_line(f"{folder.name}: {what}: found {now}; expected {expected}"))
    for note in found.notes:
        click.echo(_one_line(f"{folder.name}: note: {note}"))
    click.echo(f"{folder.name}: {found.checked} things checked, {len(found.problems)} not as recorded")
    recomputed = _recomputed(folder) if recompute else True
    return 0 if found.holds and recomputed else 1


def _one_line(text: str) -> str:
    """A name of a file may hold a line end, and what follows it would pass for a line of ours."""
    return text.replace("\n", "\\n")


def _recomputed(folder: Path) -> bool:
    from zt_analysis import show
    from zt_analysis.runs.restatement import restate
    from zt_analysis.runs.verifying import engine_of, table_problems

    paper = paper_named(folder.name)
    tables = tables_anew(paper, engine=engine_of(folder))
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
@click.option("--key", type=click.Path(path_type=Path), help="A private key (PEM, Ed25519) to sign the run with.")
@click.option("--remark", default="", help="Why it may be signed though something is open (签发前须说明); on the page.")
def sign(case: str, role: str, who: str, key: Path | None, remark: str) -> int:
    """Sign off the figures of CASE, verified and run again first; the report shows it, void when a value changes."""
    from zt_analysis.notebooks.warm.provisioner import engine_at_hand
    from zt_analysis.runs import proving
    from zt_analysis.runs.outputs import folder_of
    from zt_analysis.runs.signing import Signer
    from zt_analysis.sources import find_root

    root = find_root()
    printed = _printed(folder_of(root / "outputs", case))
    entry = proving.sign(case, root, Signer(role, who, key, remark), engine=engine_at_hand())
    figures = counted(entry["figures"], "figure signed")
    signed = f"{figures} by {entry['by']} as {role}, values {entry['values_sha256'][:12]}…"
    click.echo(f"{case}: verified, run again with the same outputs; {signed}")
    if key is not None:
        click.echo(f"{case}: signature of key {entry['key'][:12]}… in run.json.sig")
    return _say_printed(case, printed)


@click.command("unsign")
@click.argument("case")
@click.option("--as", "role", required=True, type=click.Choice(["maker", "checker"]), help="Whose sign-off: role.")
@click.option("--reason", required=True, help="Why it is taken back; kept in the history.")
@click.option("--by", "who", help="Who takes it back (default: this account).")
def unsign(case: str, role: str, reason: str, who: str | None) -> int:
    """Take back the sign-off of CASE in a role; the history keeps it, with who took it back, when and why."""
    from zt_analysis.runs import proving
    from zt_analysis.runs.outputs import folder_of
    from zt_analysis.runs.record import account
    from zt_analysis.runs.signing import Signer
    from zt_analysis.sources import find_root

    root = find_root()
    printed = _printed(folder_of(root / "outputs", case))
    entry = proving.unsign(case, root, Signer(role, account() if who is None else who), reason)
    taken = entry["withdrawn"]
    click.echo(f"{case}: sign-off of {entry['by']} as {role} taken back by {taken['by']}: {taken['reason']}")
    return _say_printed(case, printed)


@click.group("review")
def review() -> None:
    """Reviews that people did on a page and saved as a file."""


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def review_import(file: Path) -> int:
    """Record the review in FILE: an agreement is a sign-off, proven like one; the page shows who ticked what.

    Exit 1 when a value has moved since, so that a tick or the agreement is void.
    """
    from zt_analysis.notebooks.warm.provisioner import engine_at_hand
    from zt_analysis.reviewing import AGREE, read_review
    from zt_analysis.runs import proving
    from zt_analysis.runs.figure_files import read_ledger
    from zt_analysis.runs.outputs import folder_of
    from zt_analysis.runs.signing import standing
    from zt_analysis.sources import find_root

    root = find_root()
    found = read_review(file)
    folder = folder_of(root / "outputs", found.case)
    printed = _printed(folder)
    # a return proves nothing
    engine = engine_at_hand() if found.decision == AGREE else "stock"
    entry, void = proving.review(found, file, root, engine=engine)
    holds = standing([entry], read_ledger(folder))
    said = "agreed to" if entry["decision"] == AGREE else "returned"
    ticked = counted(len(entry["items"]), "item ticked")
    click.echo(f"{folder.name}: {said} by {entry['by']} as {entry['role']}, {ticked}")
    for one in void:
        click.echo(f"{folder.name}: {one}: void, it says something else now")
    agreed = not holds or holds[0]["valid"]
    if not agreed:
        click.echo(f"{folder.name}: the agreement is void, values have moved since; review the page as it is now")
    _say_printed(folder.name, printed)
    return 0 if agreed and not void else 1


def _printed(folder: Path) -> bool:
    from zt_analysis.runs.outputs import PDF

    return (folder / PDF).exists()


def _say_printed(case: str, printed: bool) -> int:
    """Say that a PDF showed another page and went with it."""
    if printed:
        click.echo(f"{case}: report.pdf showed the page as it was before and is gone; zt pdf {case} prints this one")
    return 0


COMMANDS = (verify, sign, unsign, review)
