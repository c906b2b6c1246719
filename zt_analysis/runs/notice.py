"""The draft of a correction notice (更正说明) from a restatement, for a person to check and sign."""

from __future__ import annotations

from zt_analysis.runs.published import printed_keys
from zt_analysis.runs.restatement import Moved, Restatement
from zt_analysis.terms import label


def notice(restated: Restatement, language: str = "zh") -> str:
    """The notice as Markdown; says that nothing has to be corrected where that is so."""
    case, package = restated.ledger["case"], restated.ledger["package"]
    lines = [
        f"# {label('notice_title', language)}",
        "",
        f"{case['title'][language]} {restated.case} ({label('page_as_of', language)} {case['as_of']})",
        "",
    ]
    if package["synthetic"]:
        lines += [label("synthetic_line", language), ""]
    printed = printed_keys(restated.ledger)
    # what stands in no copy that anybody has needs no correction
    shown = [one for one in restated.moved if one.shown and (printed is None or one.now["key"] in printed)]
    if not restated.moved and not restated.missing:
        return "\n".join([*lines, label("notice_none", language).format(compared=restated.compared), ""])
    needs = bool(shown or restated.sentences or restated.missing)
    if not needs:
        lines += [label("notice_unchanged", language), ""]
    lines += _figures(shown, language) + _missing(restated, language) + _sentences(restated, language)
    unprinted = [one for one in restated.moved if printed is not None and one.now["key"] not in printed]
    hidden = len(restated.moved) - len(shown) - len(unprinted)
    lines += [label("notice_rest", language).format(compared=restated.compared, hidden=hidden), ""]
    if unprinted:
        lines += [label("notice_unprinted", language).format(count=len(unprinted)), ""]
    lines += [label("notice_files", language).format(files=", ".join(restated.files) or "—"), ""]
    return "\n".join([*lines, *([label("notice_check", language), ""] if needs else [])])


def _figures(moved: list[Moved], language: str) -> list[str]:
    if not moved:
        return []
    heads = ("indicator", "page_at", "notice_published", "notice_now", "difference", "notice_parts")
    rows = [
        [
            one.now["label"][language], one.now["at"], one.before["display"][language], one.now["display"][language],
            one.difference(language), ", ".join(part[language] for part in one.parts) or "—",
        ]
        for one in moved
    ]  # fmt: skip
    table = [[label(word, language) for word in heads], ["---"] * len(heads), *rows]
    return [label("notice_figures", language), "", *(f"| {' | '.join(row)} |" for row in table), ""]


def _missing(restated: Restatement, language: str) -> list[str]:
    if not restated.missing:
        return []
    before = {one["key"]: one for one in restated.ledger["figures"]}
    said = [f"- {before[key]['label'][language]} {before[key]['at']}" for key in restated.missing]
    return [label("notice_missing", language), "", *said, ""]


def _sentences(restated: Restatement, language: str) -> list[str]:
    if not restated.sentences:
        return []
    found = [label("notice_sentences", language), ""]
    for before, now in restated.sentences:
        found += [f"- {label('notice_published', language)}: {before}", f"  {label('notice_now', language)}: {now}"]
    return [*found, ""]
