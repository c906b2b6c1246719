"""Rows that arrive in a package after it was sealed, consistent with those that are there: the test office's week."""

import csv
from collections import Counter
from datetime import timedelta

from zt_analysis.sources.sealing import seal


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    path.unlink(missing_ok=True)  # it may be a second name of a shipped file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def late_return(package, day, stage="primary"):
    """One child of the first county that has an open case went back on ``day``; entered now, wherever it counts."""
    cases, enrolment = read(package / "dropout_cases.csv"), read(package / "enrolment.csv")
    row = next(one for one in cases if one["stage"] == stage and one["outcome"] == "open" and one["opened_on"] < day)
    row |= {"outcome": "returned", "outcome_on": day}
    for one in enrolment:
        if one["reported_on"] >= day and (one["county_code"], one["stage"]) == (row["county_code"], stage):
            one["enrolled_persons"] = str(int(one["enrolled_persons"]) + 1)
    write(package / "dropout_cases.csv", cases)
    write(package / "enrolment.csv", enrolment)
    seal(package)
    return row


def a_week(package, thursday, *, returned=2, without=()):
    """The rows of one more week: in each county ``returned`` children went back, then every county reported.

    Counties of ``without`` have not reported yet.
    """
    day = thursday.isoformat()
    cases = read(package / "dropout_cases.csv")
    left = Counter()
    for one in cases:
        if one["outcome"] == "open" and left[one["county_code"]] < returned:
            left[one["county_code"]] += 1
            one |= {"outcome": "returned", "outcome_on": (thursday - timedelta(days=1)).isoformat()}
    write(package / "dropout_cases.csv", cases)
    enrolment = read(package / "enrolment.csv")
    still = Counter((one["county_code"], one["stage"]) for one in cases if one["outcome"] == "open")
    latest = [one for one in enrolment if one["reported_on"] == max(row["reported_on"] for row in enrolment)]
    for one in latest:
        enrolled = int(one["school_age_persons"]) - still[one["county_code"], one["stage"]]
        enrolment.append(one | {"reported_on": day, "enrolled_persons": str(enrolled)})
    write(package / "enrolment.csv", enrolment)
    reports(package, thursday, without=without)


def reports(package, thursday, *, only=(), without=(), submitted=None):
    """The counties' reports for a week, as the ledger has it by then; only those of ``only`` where it is given."""
    day = thursday.isoformat()
    cases, rows = read(package / "dropout_cases.csv"), read(package / "weekly_reports.csv")
    for code in sorted({one["county_code"] for one in rows}):
        if code in without or (only and code not in only):
            continue
        own = [one for one in cases if one["county_code"] == code]
        rows.append({
            "county_code": code, "week_on": day, "submitted_on": (submitted or thursday).isoformat(),
            "out_persons": sum(one["outcome"] == "open" for one in own),
            "returned_persons": sum(one["outcome"] == "returned" for one in own),
        })  # fmt: skip
    write(package / "weekly_reports.csv", rows)
    seal(package)


def calendar(package, first, last, holidays=()):
    """School days from ``first`` to ``last`` added to the calendar: Mondays to Fridays outside ``holidays``."""
    rows = read(package / "school_calendar.csv")
    before = int(rows[-1]["school_days_before"]) + (rows[-1]["is_school_day"] == "true")
    day = first
    while day <= last:
        held = day.isoweekday() < 6 and not any(start <= day <= end for start, end in holidays)
        rows.append({"day_on": day.isoformat(), "is_school_day": str(held).lower(), "school_days_before": before})
        before += held
        day += timedelta(days=1)
    write(package / "school_calendar.csv", rows)


def open_ended(package, last="2019-12-31"):
    """Let the package, which is of 2018, take the dates of another year."""
    path = package / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert '"maximum": "2018-12-31"' in text
    text = text.replace('"maximum": "2018-12-31"', f'"maximum": "{last}"')
    path.write_text(text, encoding="utf-8")
