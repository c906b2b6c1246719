"""The outputs of a run as a Process Run Crate (RO-Crate 1.1): what was run, on what, with what, and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes, write_file
from zt_analysis.runs.ed25519 import SIGNATURE
from zt_analysis.runs.record import word_of
from zt_analysis.terms import label

CRATE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
SHA256 = "https://w3id.org/ro/terms/workflow-run#sha256"
LICENSE = {
    "@id": "https://creativecommons.org/publicdomain/zero/1.0/", "@type": "CreativeWork", "name": "CC0 1.0",
    "description": "Creative Commons Zero: no rights reserved",
}  # fmt: skip
PYTHON = {
    "@id": "https://www.python.org/",
    "@type": "SoftwareApplication",
    "name": "Python",
    "url": "https://www.python.org/",
}
KINDS = {".html": "text/html", ".csv": "text/csv", ".json": "application/json", ".ipynb": "application/x-ipynb+json"}


def write_crate(record: Mapping[str, Any], folder: Path) -> None:
    """Write ``ro-crate-metadata.json`` for the run whose ``record`` and outputs are in ``folder``."""
    write_file(folder / CRATE, crate(record, folder))


def crate(record: Mapping[str, Any], folder: Path) -> str:
    """The crate's metadata as text; the same for the same record, whatever time it is."""
    from rocrate.rocrate import ROCrate

    made = ROCrate(version="1.1")  # that of the profile
    made.metadata.extra_terms["sha256"] = SHA256
    root = made.root_dataset
    root["name"] = f"zt_analysis {record['case']}"
    root["description"] = _description(record)
    root["datePublished"] = record["times"]["ended"]
    root["license"] = made.add_jsonld({**LICENSE})  # it takes away what it reads
    root["conformsTo"] = {"@id": PROFILE}
    made.add_jsonld({"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"})
    tool = made.add_jsonld(_software(record))
    made.add_jsonld(PYTHON | {"version": record["python"]})
    # a file of the office that something opened as well (a warning shows its line) is both, and one entity
    read = {one["path"]: one for one in (*record["inputs"], *record.get("computed_by", {}).get("files", ()))}
    inputs = [made.add_jsonld(_input(one)) for one in read.values()]
    outputs = [_output(made, folder / one["path"], one["sha256"]) for one in record["outputs"]]
    outputs.append(_output(made, folder / "run.json", _sha256(folder / "run.json")))
    if (folder / SIGNATURE).exists():  # by whoever signed, not by the run
        _output(made, folder / SIGNATURE, _sha256(folder / SIGNATURE))
    action = made.add_action(tool, identifier="#run", object=inputs, result=outputs, properties=_action(record))
    root["mentions"] = action
    return json.dumps(made.metadata.generate(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _description(record: Mapping[str, Any]) -> str:
    word = word_of(record)
    said = f"Case {record['case']}: {label(word, 'en') if word else record['status']}."
    return f"{said} The rows are synthetic demonstration data." if record["synthetic"] else said


def _software(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": "#zt_analysis",
        "@type": "SoftwareApplication",
        "name": "zt_analysis",
        "version": record["code"]["version"],
        # a package URL: a name that says which package, without a place on the web where it would have to be
        "url": f"pkg:generic/zt-analysis@{record['code']['version']}?checksum=sha256:{record['code']['sha256']}",
        "sha256": record["code"]["sha256"],
        "softwareRequirements": {"@id": PYTHON["@id"]},
    }


def _input(one: Mapping[str, str]) -> dict[str, Any]:
    """What was read lies outside the crate: it is named by its path in the project and its checksum."""
    return {"@id": f"#input/{one['path']}", "@type": "CreativeWork", "name": one["path"], "sha256": one["sha256"]}


def _output(made: Any, path: Path, sha256: str) -> Any:
    kind = KINDS.get(path.suffix, "application/octet-stream")
    properties = {"name": path.name, "encodingFormat": kind, "sha256": sha256}
    return made.add_file(path, dest_path=path.name, properties=properties)


def _sha256(path: Path) -> str:
    return hashlib.sha256(plain_bytes(path)).hexdigest()


def _action(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": f"zt run {record['case']}",
        "description": _description(record),
        "startTime": record["times"]["started"],
        "endTime": record["times"]["ended"],
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
