"""The ledger inside an executed notebook: figures, verdicts and relations as structured output.

Whoever holds the executed notebook holds the ledger: it is one output with a media type of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zt_analysis.errors import NotebookError
from zt_analysis.terms import label

LEDGER_MIME = "application/vnd.zt.ledger+json"
PROBLEMS_MIME = "application/vnd.zt.problems+json"
CHART_MIME = "application/vnd.zt.chart+json"
FAILED_VERDICTS = ("differs", "no_source", "not_derivable", "stale")
FAILED_RELATIONS = ("fails", "stale")


def from_notebook(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The one ledger that the executed ``notebook`` (nbformat 4 node) carries.

    Raises:
        NotebookError: the notebook carries none (not executed, or its outputs were stripped) or several.
    """
    found = list(_outputs(notebook, LEDGER_MIME))
    if len(found) != 1:
        raise NotebookError(
            "ledger in the notebook",
            found=f"{len(found)} outputs of type {LEDGER_MIME}",
            expected="exactly 1",
            hint="execute the notebook again; outputs must not be stripped",
        )
    return dict(found[0])


def problems(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every problem of the rows that a failed notebook refused; none where it failed for another reason."""
    return [dict(one) for found in _outputs(notebook, PROBLEMS_MIME) for one in found["problems"]]


def failures(ledger: Mapping[str, Any], language: str) -> list[str]:
    """One line for each claim, relation or file that keeps the issue from being signed: what, and by how much."""
    nothing = [label("nothing_compared", language)] if not ledger["summary"]["comparisons"] else []
    return [
        *missing(ledger, language),
        *nothing,
        *(_failed_claim(one, language) for one in ledger["verdicts"] if one["verdict"] in FAILED_VERDICTS),
        *(_failed_relation(one, ledger, language) for one in ledger["relations"] if one["status"] in FAILED_RELATIONS),
        *(_changed_file(one, ledger, language) for one in ledger["package"]["files"] if one["matches"] is False),
    ]


def missing(ledger: Mapping[str, Any], language: str) -> list[str]:
    """One line for each table that counties' files are missing from, naming them."""
    left_out: dict[str, list[str]] = {}
    for one in ledger["package"].get("quality", {}).get("missing", []):
        left_out.setdefault(one["table"], []).append(one["name"])
    said, english = label("partial_missing_line", language), english_names(ledger)
    return [said.format(table=table, counties=listed(names, english, language)) for table, names in left_out.items()]


def english_names(ledger: Mapping[str, Any]) -> dict[str, str]:
    """The English name of each county that the ledger's tables lack, where its register has one."""
    return english_of(ledger.get("package", {}).get("quality", {}).get("missing", []))


def english_of(left_out: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The same of the counties that tables were opened without."""
    return {one["name"]: one["name_en"] for one in left_out if one.get("name_en")}


def listed(names: Iterable[str], english: Mapping[str, str], language: str) -> str:
    """The names of counties as one list of a text in ``language``; one without an English name as its file has it.

    >>> listed(["甲县", "乙县"], {"甲县": "Jia County"}, "en"), listed(["甲县", "乙县"], {}, "zh")
    ('Jia County, 乙县', '甲县、乙县')
    """
    own = english if language == "en" else {}
    return label("chart_comma", language).join(own.get(name, name) for name in names)


def judged_names(ledger: Mapping[str, Any], language: str) -> dict[str, str]:
    """What each claim and relation is called, with its id, by the id.

    >>> claim = {"claim": "F06", "label": {"zh": "劝返复学学生数", "en": "students brought back"}}
    >>> relation = {"id": "T07", "title": {"zh": "分县之和等于全市", "en": "parts add up"}}
    >>> judged_names({"verdicts": [claim], "relations": [relation]}, "en")
    {'F06': 'students brought back (F06)', 'T07': 'parts add up (T07)'}
    """
    claims = {one["claim"]: one["label"][language] for one in ledger["verdicts"]}
    relations = {one["id"]: one["title"][language] for one in ledger["relations"]}
    left, right = "（）" if language == "zh" else (" (", ")")
    return {name: f"{said}{left}{name}{right}" for name, said in {**claims, **relations}.items() if said != name}


def _failed_claim(one: Mapping[str, Any], language: str) -> str:
    computed = (one["computed"] or {}).get(language, "—")
    return (
        f"{one['claim']} {one['label'][language]}: {label(one['verdict'], language)}; "
        f"{label('printed', language)} {one['surface']}, {label('computed', language)} {computed}, "
        f"{label('difference', language)} {one['difference'] or '—'}{one['difference_unit'][language]}"
    )


def _failed_relation(one: Mapping[str, Any], ledger: Mapping[str, Any], language: str) -> str:
    left, right, imbalance = (one["display"][side][language] for side in ("left", "right", "imbalance"))
    line = (
        f"{one['id']} {one['title'][language]}: {label(one['status'], language)}; "
        f"{left} {one['operator']} {right}, {label('imbalance', language)} {imbalance}"
    )
    touched = [figure for figure in ledger["figures"] if figure["key"] in one["figures"]]
    names = ", ".join(f"{figure['label'][language]} {figure['display'][language]}" for figure in touched)
    return "; ".join([line, *_first_breaking_row(one), *([f"{label('touches', language)} {names}"] if names else [])])


def _first_breaking_row(one: Mapping[str, Any]) -> list[str]:
    breaking = one["breaking_rows"]
    if not breaking or not breaking["rows"]:
        return []
    return [", ".join(f"{name} = {cell}" for name, cell in zip(breaking["columns"], breaking["rows"][0], strict=True))]


def _changed_file(one: Mapping[str, Any], ledger: Mapping[str, Any], language: str) -> str:
    return (
        f"{one['path']}: {label('status_inputs_changed', language)}; found sha256 {one['sha256'][:12]}…, "
        f"expected {one['declared_sha256'][:12]}…. Hint: zt seal {ledger['package']['path']} if the change is intended"
    )


def _outputs(notebook: Mapping[str, Any], mime: str) -> Iterator[Any]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if mime in output.get("data", {}):
                yield output["data"][mime]


def parts_of(figure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of a figure's record: ``code``, ``label``, ``exact``, ``display``; empty for none.

    A ledger of before 2026-11-27 has them by county only, under other names.
    """
    if "by_county" in figure:
        return [{"code": part[next(iter(part))], **part} for part in figure["by_county"]]
    return list(figure["parts"]["rows"]) if figure["parts"] else []
