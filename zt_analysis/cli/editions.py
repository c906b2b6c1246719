"""Commands on what was published before: history, diff, prune."""

from __future__ import annotations

from pathlib import Path

import click

from zt_analysis.cli.outputs import OutputPath, write_text

FORMS = click.Choice(["table", "csv", "json"])


@click.command("history")
@click.argument("case")
@click.option("--format", "form", type=FORMS, default="table", help="How to print it.")
def history(case: str, form: str) -> int:
    """List every edition of CASE: made when, signed by whom, why revised, what it moved, and whether it still stands.

    Each is verified; exit 1 when one is not byte for byte what was left.
    """
    from zt_analysis import show
    from zt_analysis.project import find_root
    from zt_analysis.runs.history import editions_of

    root = find_root()
    found = editions_of(_folder(root, case), root)
    show.history(case, found, form)
    return 0 if all(one.stands for one in found) else 1


@click.command("diff")
@click.argument("case")
@click.argument("one", metavar="vN")
@click.argument("other", metavar="vM")
@click.option("--notice", type=OutputPath(kind="notice"), help="Write a draft correction notice (更正说明) here.")
def diff(case: str, one: str, other: str, notice: Path | None) -> int:
    """What edition vM of CASE says otherwise than vN: figures, sentences, verdicts, files.

    Exit 1 when anything does.
    """
    from zt_analysis import show
    from zt_analysis.project import find_root
    from zt_analysis.runs.history import between
    from zt_analysis.runs.notice import notice as drafted

    found = between(_folder(find_root(), case), one, other)
    show.differs(found, one, other)
    if notice is not None:
        write_text("--notice", notice, drafted(found))
        click.echo(notice)
    return 0 if found.stands and not found.sentences else 1


@click.command("prune")
@click.option("--dry-run", is_flag=True, help="Only list it.")
def prune(*, dry_run: bool) -> int:
    """Take away what can be made again: kept rows, printed PDFs, answered failures, what editors left.

    Editions, outputs, records, sign-offs and signatures stay.
    """
    from zt_analysis import show
    from zt_analysis.project import find_root
    from zt_analysis.runs import pruning

    root = find_root()
    found = pruning.spare(root)
    if not dry_run:
        pruning.prune(found)
    show.pruned(found, root, gone=not dry_run)
    return 0


def _folder(root: Path, case: str) -> Path:
    from zt_analysis.runs.outputs import folder_of

    return folder_of(root / "outputs", case)


COMMANDS = (history, diff, prune)
