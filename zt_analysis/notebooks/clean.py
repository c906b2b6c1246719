"""Take from notebooks what running them left, as JupyterLab does when it saves them: ``nox -s clean``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from zt_analysis.contents import plain_text, replace_own
from zt_analysis.errors import InputError


def committed_form(content: str) -> str:
    """The text of a notebook as it is committed: no outputs, in the form that Jupyter writes."""
    import json

    import nbformat

    from zt_analysis.notebooks.cleaning import as_committed

    found = json.loads(content)
    bare = nbformat.from_dict(as_committed(found, found))  # type: ignore[no-untyped-call]
    return str(nbformat.writes(bare)) + "\n"  # type: ignore[no-untyped-call]


def clean(paths: Sequence[Path]) -> list[Path]:
    """Bring ``paths`` into that form; those that were not.

    Raises:
        InputError: one is no notebook.
    """
    changed = []
    for path in paths:
        content = plain_text(path)
        try:
            wanted = committed_form(content)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise InputError(
                str(path), found=str(error)[:120], expected="a notebook", hint="open it in zt lab"
            ) from error
        if wanted != content:
            replace_own(path, wanted)
            changed.append(path)
    return changed


def main(words: Sequence[str]) -> int:
    """Clean the notebooks in the folders ``words``."""
    paths = [path for word in words for path in sorted(Path(word).glob("*.ipynb"))]
    changed = clean(paths)
    for path in changed:
        print(f"cleaned {path}")
    print(f"{len(paths)} notebooks, {len(changed)} cleaned")
    return 0 if paths else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
