"""What is printed of what stands on a column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from zt_analysis.show.printing import console
from zt_analysis.terms import label


def depends(found: Mapping[str, Any], form: str, language: str = "zh") -> None:
    """What stands on a column or cell, by kind; ``found`` as ``catalogue.asking.record`` gives it."""
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    out = console()
    name = found["asked"] if found["label"][language] == found["id"] else f"{found['asked']} {found['label'][language]}"
    out.print(name, style="bold", soft_wrap=True)
    if not found["ahead"]:
        out.print(label("catalogue_nothing", language))
    for kind, nodes in found["ahead"].items():
        out.print(f"\n{label(f'catalogue_{kind}', language)} {len(nodes)}", style="bold")
        for node in nodes:
            said = node["label"][language]
            out.print(f"  {node['id']}" + (f"  {said}" if said != node["id"] else ""), soft_wrap=True)
    for word, names in found["counted"].items():
        if names:
            out.print(f"\n{label(f'catalogue_{word}', language)}: {', '.join(names)}", soft_wrap=True)
