"""Tell a program of a case that does not agree: it gets the run record on its standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from zt_analysis.runs.crew import Result
from zt_analysis.runs.record import read_record


def tell(command: str, result: Result, outputs: Path) -> int:
    """Run ``command`` in a shell with the record of ``result`` as JSON on stdin; its exit code.

    A hook that fails is said on stderr and changes nothing else: what it was to tell of is worse.
    """
    name = f"{result.case}.failed" if result.failed else result.case
    record = read_record(outputs / name)
    # a refused input leaves no folder; the batch knows what was wrong
    # nor does the record of an issued case know what has become of it
    if not record or record.get("case") != result.case or result.message:
        record |= {
            "schema": "zt-run/1", "case": result.case, "status": result.status, "exit_code": result.exit_code,
            "error": {"name": record.get("error", {}).get("name", "ZtError"), "message": result.message},
        }  # fmt: skip
    text = json.dumps(record, ensure_ascii=False)
    done = subprocess.run(command, shell=True, input=text, text=True, encoding="utf-8", check=False)
    if done.returncode:
        print(f"zt: {result.case}: the failure hook ended with {done.returncode}: {command}", file=sys.stderr)
    return done.returncode
