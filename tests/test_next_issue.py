"""The next issue of the shipped office, 2018-12: draft, claims, run, tie, verify, by data, params and claims only."""

import csv
from datetime import date, timedelta

import pytest
from commands import zt
from packages import shorten

from zt_analysis.sources.sealing import seal

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

PACKAGE = "data/zhaotong-2018"
COUNTED, RETURNED = "2018-12-06", 140
TEXT = """控辍保学工作简报

2018年第12期（总第29期）

2018年12月13日

一、进度

截至12月6日，全市劝返复学累计达{returned}人，上门送教{home}人，远程送教{remote}人。初中失辍学率为{junior:.2f}%。其中镇雄县劝返复学{part}人。

二、资金

全市下达学生资助资金13.37亿元。春季学期发放资助资金35836.91万元，惠及学生48.82万人；营养改善计划支出2.85亿元。

三、督查

工作组派往全市11个县区，抽查300余户家庭。
"""


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def is_open(case, day):
    return case["opened_on"] <= day and not (case["outcome_on"] and case["outcome_on"] <= day)


def four_more_weeks(folder):
    """The rows up to 6 December: of the open cases 140 returned, pupils counted each week. The cases and the counts."""
    cases, enrolment = rows_of(folder / "dropout_cases.csv"), rows_of(folder / "enrolment.csv")
    for case in [one for one in cases if one["outcome"] == "open"][:RETURNED]:
        case.update(outcome="returned", outcome_on="2018-11-21", placement="undecided")
    last = [row for row in enrolment if row["reported_on"] == "2018-11-08"]
    added = []
    for week in range(1, 5):
        day = str(date(2018, 11, 8) + timedelta(days=7 * week))
        for row in last:
            out = sum(
                is_open(one, day)
                for one in cases
                if (one["county_code"], one["stage"]) == (row["county_code"], row["stage"])
            )
            added.append(row | {"reported_on": day, "enrolled_persons": int(row["school_age_persons"]) - out})
    write(folder / "dropout_cases.csv", cases)
    write(folder / "enrolment.csv", enrolment + added)
    seal(folder)
    return cases, [row for row in added if row["reported_on"] == COUNTED]


def test_the_next_issue_is_made_of_data_params_and_claims(project):
    shorten(project)
    cases, counted = four_more_weeks(project / PACKAGE)
    assert zt("new", "2018-12", "--as-of", COUNTED, cwd=project).returncode == 0
    assert zt("figures", "2018-12", cwd=project).returncode == 0  # before a text or a claim
    refused = zt("check", "2018-12", cwd=project)
    assert refused.returncode == 2
    assert f"zt claims DRAFT --case 2018-12 > {PACKAGE}/claims/2018-12.csv" in refused.stderr.replace("\n", " ")
    ended = {how: sum(one["outcome"] == how for one in cases) for how in ("returned", "home", "remote")}
    population = sum(int(row["school_age_persons"]) for row in counted if row["stage"] == "junior")
    out = sum(is_open(one, COUNTED) for one in cases if one["stage"] == "junior")
    part = sum(one["outcome"] == "returned" for one in cases if one["county_code"] == "530627")
    text = TEXT.format(**ended, junior=100 * out / population, part=part)
    (project / "draft.txt").write_text(text, encoding="utf-8")
    drafted = zt("claims", "draft.txt", "--case", "2018-12", cwd=project)
    assert drafted.returncode == 0, drafted.stderr
    (project / PACKAGE / "claims" / "2018-12.csv").write_text(drafted.stdout, encoding="utf-8")
    done = zt("run", "2018-12", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    tied = zt("tie", "draft.txt", "--case", "2018-12", "--require", "100%", cwd=project)
    assert tied.returncode == 0, tied.stdout
    assert "tied 11; excused 8; unproven 0; coverage 100.0%; wrong 0" in tied.stdout
    assert zt("verify", "2018-12", cwd=project).returncode == 0
    (project / "draft.txt").write_text(text.replace(f"{part}人", f"{part + 1}人"), encoding="utf-8")
    assert zt("tie", "draft.txt", "--case", "2018-12", cwd=project).returncode == 1
