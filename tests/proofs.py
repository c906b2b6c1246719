"""Keys, and the sequences that docs/runs.md prints."""

import os
import subprocess
import sys
from pathlib import Path

from packages import ROOT


def key_pair(folder, name, *options):
    """The private and public key files of a new pair; Ed25519 unless ``options`` say otherwise."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    kind = options or ("-algorithm", "ed25519")
    subprocess.run(["openssl", "genpkey", *kind, "-out", private], check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
    return private, public


def printed(heading):
    """The commands printed under a heading of docs/runs.md, one a line."""
    _, found, rest = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    assert found
    lines = rest.partition("\n## ")[0].splitlines()
    return [line.strip() for line in lines if line.startswith("    ")]


def typed(line, folder):
    """Run a line in a shell, as somebody types it in ``folder``."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr
