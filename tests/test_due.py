"""What a day makes due, how far it is, and the files of new cases: nothing guessed, nothing written over."""

import json
import shutil
from datetime import date

import pytest
from packages import ROOT, shorten
from shipped import OFFICE

from zt_analysis import params, runs
from zt_analysis.bulletins import paper_of
from zt_analysis.cli import zt
from zt_analysis.errors import InputError, NoDataError
from zt_analysis.runs.due import due
from zt_analysis.runs.new_case import scaffold
from zt_analysis.runs.timetable import worked_out

control_month = OFFICE.module("timetable").control_month
SchoolWeeks = OFFICE.module("timetable").SchoolWeeks


def typed(*words):
    return zt.main(list(words), standalone_mode=False)


def on(project, day, **options):
    return {one.title: one for one in due(project, date.fromisoformat(day), **options)}


def rewrite(path, *changes):
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


class TestCalendar:
    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("day", "week"),
        [
            ("2018-11-07", "2018-W44"),  # the day before a reporting Thursday
            ("2018-11-08", "2018-W45"),
            ("2018-11-14", "2018-W45"),
            ("2018-12-31", "2018-W52"),  # a Monday of 2019-W01, whose Thursday is still to come
            ("2019-01-03", "2019-W01"),
            ("2021-01-02", "2020-W53"),
        ],
    )
    def test_the_latest_thursday_names_the_week(self, project, day, week):
        assert [one.case for one in on(project, day).values() if one.notebook == "weekly"] == [week]

    def test_a_control_month_asks_from_its_last_thursday_on(self):
        assert control_month(2018, 9) == (date(2018, 9, 1), date(2018, 9, 27))
        assert control_month(2018, 3) == (date(2018, 3, 1), date(2018, 3, 29))
        assert control_month(2020, 9)[1] == date(2020, 9, 24)

    @pytest.mark.parametrize(
        ("day", "month"),
        [("2018-09-26", "2018-03"), ("2018-09-27", "2018-09"), ("2019-01-10", "2018-09"), ("2019-03-28", "2019-03")],
    )
    def test_the_latest_control_month_asks_for_an_issue(self, project, day, month):
        assert {one.reason for one in on(project, day).values() if one.notebook == "bulletin"} == {month}

    def test_an_issue_is_found_by_its_dates_never_by_its_number(self, project):
        """2018-11 counts from 20 September to 8 November: it answers September, and November asks for nothing."""
        assert on(project, "2018-10-01")["2018-11"].state == "planned"
        assert on(project, "2018-11-08")["2018-11"].state == "not_run"
        missing = on(project, "2019-04-04")["bulletin-2019-03"]
        assert (missing.case, missing.state, missing.done) == ("", "no_case", False)

    def test_a_week_without_school_asks_for_nothing_and_says_so(self, project):
        """The national holiday of 2018, a week of summer, and one of which the calendar says nothing."""
        (project / "params" / "2018-W40.yml").unlink()
        found = on(project, "2018-10-05")["2018-W40"]
        assert (found.state, found.done, found.runs) == ("holiday", True, False)
        assert "no school day" in found.hint
        unknown = on(project, "2019-01-10")["2019-W02"]
        assert (unknown.state, unknown.done) == ("no_case", False)
        assert "school_calendar of data/zhaotong-2018 says nothing of 2019-01-07" in unknown.hint
        # one school day makes a school week: 30 April to 4 May 2018 has three
        weeks = SchoolWeeks(project)
        model = {"package": "data/zhaotong-2018", "engine": "duckdb"}
        assert [weeks.says(day, model)[0] for day in (date(2018, 5, 3), date(2018, 7, 19), date(2018, 10, 4))] == [
            True, False, False,
        ]  # fmt: skip

    def test_since_fills_what_a_machine_missed(self, project):
        found = on(project, "2018-11-16", since=date(2018, 9, 25))
        assert [title for title in found if "W" in title] == [f"2018-W{week}" for week in range(39, 47)]
        with pytest.raises(InputError, match="--since; found 2018-11-17"):
            on(project, "2018-11-16", since=date(2018, 11, 17))

    @pytest.mark.parametrize("day", ["0001-01-01", "0002-12-31", "9999-12-31"])
    def test_a_day_at_the_end_of_the_calendar_is_refused(self, project, day):
        with pytest.raises(InputError, match=f"--on; found {day}; expected a day of the years 3 to 9998"):
            on(project, day)
        assert on(project, "0003-01-01")
        assert on(project, "9998-12-31")

    @pytest.mark.parametrize("day", ["2018-W46", "20181116", "2018-W46-5", "2018-1-6", "2018-11-16T00:00"])
    def test_a_day_is_written_in_one_way(self, project, day, monkeypatch):
        """2018-W46 was taken for its Monday, on which the week before is due."""
        monkeypatch.chdir(project)
        for words in (["--on", day], ["--on", "2018-11-16", "--since", day]):
            with pytest.raises(InputError, match=f"found '{day}'; expected a date such as 2018-11-08"):
                typed("due", *words)

    def test_since_ends_where_the_first_case_counts_from(self, project):
        """Before it no period has a case to be modelled on, and from 1800 on there would be eleven thousand."""
        assert "2018-W37" in on(project, "2018-11-16", since=date(2018, 9, 13))
        for day in (date(2018, 9, 12), date(1800, 1, 1), date(1, 1, 1)):
            with pytest.raises(InputError, match="expected a day not before 2018-09-13, from which the first case"):
                on(project, "2018-11-16", since=day)
        for path in (project / "params").glob("*.yml"):
            path.unlink()
        with pytest.raises(InputError, match="expected a project with a case"):
            on(project, "2018-11-16", since=date(2018, 9, 20))


@pytest.mark.slow
class TestState:
    @pytest.fixture(autouse=True)
    def _short(self, project):
        shorten(project)

    def state(self, project, case="2018-W45"):
        return on(project, "2018-11-09")[case].state

    @pytest.mark.thorough
    def test_from_no_file_to_done_and_back(self, project):
        path = project / "params" / "2018-W45.yml"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        assert self.state(project) == "no_case"
        path.write_text("case: [", encoding="utf-8")
        assert self.state(project) == "unreadable"
        path.write_text(text, encoding="utf-8")
        assert self.state(project) == "not_run"
        assert typed("due", "--on", "2018-11-09") == 1
        assert typed("run", "--due", "--on", "2018-11-09") == 0
        assert self.state(project) == self.state(project, "2018-11") == "agrees"
        assert typed("due", "--on", "2018-11-09") == 0
        rewrite(path, ("final", "draft"))
        assert self.state(project) == "changed"
        assert self.state(project, "2018-11") == "agrees"
        assert typed("due", "--on", "2018-11-09") == 1

    def test_an_issue_without_claims_says_how_to_draft_them(self, project, capsys):
        (project / "data" / "zhaotong-2018" / "claims" / "2018-11.csv").unlink()
        assert self.state(project, "2018-11") == "no_claims"
        typed("due", "--on", "2018-11-09", "--format", "json")
        (row,) = (one for one in json.loads(capsys.readouterr().out) if one["case"] == "2018-11")
        assert row["hint"].startswith("zt claims DRAFT --case 2018-11")

    def test_an_issue_that_cannot_be_read_is_not_passed_over(self, project):
        (project / "params" / "2018-11.yml").write_text("case: [", encoding="utf-8")
        assert self.state(project, "2018-11") == "unreadable"

    def test_names_are_those_to_run(self, project, capsys):
        assert typed("due", "--on", "2018-11-16", "--format", "names") == 1
        assert capsys.readouterr().out == "2018-11\n"  # W46 is not there


class TestFailures:
    def state(self, project):
        return on(project, "2018-11-09")["2018-W45"].state

    @pytest.mark.thorough
    def test_a_later_failure_counts_and_an_older_one_does_not(self, ran):
        failed = ran / "outputs" / "2018-W45.failed"
        failed.mkdir()

        def ended(day):
            record = {"status": "failed", "times": {"ended": day}}
            (failed / "run.json").write_text(json.dumps(record), encoding="utf-8")
            return self.state(ran)

        assert ended("2018") == ended("9999") == "agrees"  # nothing has changed since it agreed
        rewrite(ran / "params" / "2018-W45.yml", ("final", "draft"))
        assert (ended("2018"), ended("9999")) == ("changed", "failed")
        shutil.rmtree(ran / "outputs" / "2018-W45")
        assert ended("2018") == "failed"

    @pytest.mark.thorough
    def test_a_clock_that_is_set_back_or_forward_changes_no_order(self, brief_once, tmp_path, monkeypatch):
        """A failure is later than the run whose outputs it found, whatever the machine's clock said of either."""
        brief = tmp_path / "brief"
        shutil.copytree(brief_once, brief)
        monkeypatch.chdir(brief)
        rows, outputs = brief / "data" / "demo" / "pupils.csv", brief / "outputs"
        right = rows.read_text(encoding="utf-8")

        def state():
            return on(brief, "2026-06-01")["2025"].state

        def moved(folder, day):
            path = outputs / folder / "run.json"
            record = json.loads(path.read_text(encoding="utf-8"))
            record["times"] |= {"started": day, "ended": day}
            path.write_text(json.dumps(record), encoding="utf-8")

        def fail():
            rows.write_text(right.replace(",", ",x", 9), encoding="utf-8")
            with pytest.raises(InputError):
                runs.run("2025", brief, engine="warm")
            assert state() == "failed"

        moved("2025", "9999-01-01T00:00:00+00:00")  # the clock was ahead and has been set back since
        fail()
        moved("2025.failed", "9999-01-02T00:00:00+00:00")  # ahead again
        rows.write_text(right, encoding="utf-8")
        rewrite(brief / "params" / "2025.yml", ("draft", "final"))
        runs.run("2025", brief, engine="warm")
        assert state() == "agrees"
        rewrite(brief / "params" / "2025.yml", ("final", "draft"))
        assert state() == "changed"

    @pytest.mark.thorough
    def test_a_failure_whose_cause_has_gone_does_not_count(self, ran):
        """A bad input, a failed run, the input as it was before: what stands is what a run would give."""
        rows = ran / "data" / "zhaotong-2018" / "refusals.csv"
        before = rows.read_bytes()
        rows.write_bytes(before.replace(b"2018-04-12", b"2018-04-99", 1))
        with pytest.raises(InputError):
            runs.run("2018-W45", ran, engine="warm")
        assert self.state(ran) == "failed"
        rows.write_bytes(before)
        assert self.state(ran) == "agrees"
        runs.build_index(ran)
        assert "2018-04-99" not in (ran / "outputs" / "index.html").read_text(encoding="utf-8")


class TestRunDue:
    @pytest.mark.thorough
    @pytest.mark.slow
    def test_a_due_case_that_is_not_there_fails_and_is_told(self, project, capfd):
        (project / "params" / "2018-11.yml").unlink()
        words = ["--keep-going", "--on-failure", "cat >> told.jsonl; echo >> told.jsonl", "--log-format", "json"]
        assert typed("run", "--due", "--on", "2018-11-16", *words) == 2
        told = [json.loads(line) for line in (project / "told.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [one["case"] for one in told] == ["bulletin-2018-09", "2018-W46"]
        assert "zt new 2018-NUMBER" in told[0]["error"]["message"]
        # the circular's file is made; the shipped rows end a week before
        assert told[1]["error"]["name"] == "NoDataError"
        assert "found no data: no report for 2018-11-15 (the last is for 2018-11-08)" in told[1]["error"]["message"]
        assert on(project, "2018-11-16")["2018-W46"].state == "no_data"
        lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        assert [one["path"] for one in lines if one["event"] == "new"] == ["params/2018-W46.yml"]
        assert [one["status"] for one in lines if one["event"] == "case"] == ["failed", "failed"]
        assert not (project / "outputs" / "2018-W46").exists()

    def test_a_file_that_another_start_has_made_meanwhile_is_run(self, project):
        found = due(project, date(2018, 11, 16))
        assert [one.state for one in found if one.case == "2018-W46"] == ["no_case"]
        scaffold("2018-W46", project, {})
        made = []
        run, told = worked_out(found, project, project / "outputs", made.append)
        assert ("2018-W46" in run, made, told) == (True, [], [])

    @pytest.mark.parametrize("words", [["--due", "2018-11"], ["--due", "--all"], ["--on", "2018-11-16", "2018-11"]])
    def test_words_that_contradict_are_refused(self, project, words):
        import click

        with pytest.raises(click.UsageError, match="--due takes no cases"):
            typed("run", *words)


class TestNew:
    """W45 and issue 11 made anew have to be the shipped files, which were written by hand."""

    def test_the_shipped_week_again(self, project):
        path = project / "params" / "2018-W45.yml"
        path.unlink()
        assert typed("new", "2018-W45", "--edition", "final") == 0
        assert path.read_bytes() == (ROOT / "params" / "2018-W45.yml").read_bytes()

    def test_a_week_is_held_against_an_issue_of_its_own_package(self, project):
        """A run would refuse another one."""
        (project / "params" / "2018-W45.yml").unlink()
        path = project / "params" / "2018-11.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count('package: "data/zhaotong-2018"') == 1
        path.write_text(text.replace('package: "data/zhaotong-2018"', 'package: "data/other"'), encoding="utf-8")
        assert typed("new", "2018-W45") == 0
        assert params.load("2018-W45", project)["bulletin"] == ""

    @pytest.mark.slow
    def test_the_next_week_runs_as_far_as_its_tables_reach(self, project, capsys):
        assert typed("new", "2018-W46") == 0
        out = capsys.readouterr().out
        assert "rows of data/zhaotong-2018 up to 2018-11-15" in out
        assert "bulletin: the issue its numbers are held against" in out
        found = params.load("2018-W46", project)
        assert {name: found[name] for name in ("as_of", "base_on", "issued_on", "bulletin", "edition")} == {
            "as_of": "2018-11-15", "base_on": "2018-11-08", "issued_on": "2018-11-16", "bulletin": "",
            "edition": "draft",
        }  # fmt: skip
        # the shipped rows end on 8 November: a week without any is no week of which 0 = 0 can be said
        with pytest.raises(NoDataError, match="expected rows of the week"):
            typed("check", "2018-W46")

    def test_the_next_issue(self, project, capsys):
        assert typed("new", "2018-12", "--as-of", "2018-12-06") == 0
        found = params.load("2018-12", project)
        assert (found["issue_total"], found["base_on"], found["issued_on"]) == (29, "2018-09-20", "2018-12-13")
        assert paper_of(found).issue_number == 12
        assert "data/zhaotong-2018/claims/2018-12.csv: zt claims DRAFT --case 2018-12" in capsys.readouterr().out
        assert on(project, "2018-12-07")["2018-12"].state == "no_claims"

    def test_never_written_over(self, project):
        for case, given in (("2018-W45", {}), ("2018-11", {"as_of": "2018-11-08"})):
            path = project / "params" / f"{case}.yml"
            before = path.read_bytes()
            with pytest.raises(InputError, match="found a file; expected none"):
                scaffold(case, project, given)
            assert path.read_bytes() == before

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("case", "given", "message"),
        [
            ("2018-W54", {}, "no name of a case"),
            ("2018-W53", {}, "found '2018-W53'; expected a week such as"),
            ("november", {}, "no name of a case"),
            ("2018-W10", {}, "no earlier case"),
            ("2018-W46", {"as_of": "2018-11-14"}, "--as-of; found 2018-11-14; expected nothing"),
            ("2018-W46", {"issued_on": "2018-11-14"}, "expected a date not after issued_on"),
            ("2019-W01", {}, "--term; found nothing"),
            ("2018-12", {}, "the number of an issue, not a month"),
            ("2018-12", {"as_of": "2018-12-05"}, "found 2018-12-05, a Wednesday"),
            ("2018-12", {"as_of": "2018-12-32"}, "--as-of"),
            ("2018-12", {"as_of": "2018-11-01"}, "expected a day after 2018-11-08"),
            ("2018-10", {"as_of": "2018-12-06"}, "expected a day before 2018-11-08"),
            ("2018-12", {"as_of": "2018-12-06", "base_on": "2018-09-21"}, "whole weeks before"),
            ("2018-12", {"as_of": "2018-12-06", "base_on": "2018-12-06"}, "whole weeks before"),
            ("2018-12", {"as_of": "2018-12-06", "issue_total": 40}, "--issue-total; found 40; expected 29"),
            ("2018-12", {"as_of": "2018-12-06", "term": "2018-winter"}, "expected a term such as 2018-autumn"),
            ("2018-12", {"as_of": "2018-12-27"}, "--issued-on; found 2019-01-03; expected a day of 2018"),
            ("2019-01", {"as_of": "2019-01-10", "term": "2018-autumn"}, "--issue-total; found nothing"),
            ("2019-04", {"as_of": "2019-04-04", "term": "2018-autumn"}, "--base-on; found nothing"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_written(self, project, case, given, message):
        before = sorted(path.name for path in (project / "params").iterdir())
        with pytest.raises(InputError, match=message):
            scaffold(case, project, given)
        assert sorted(path.name for path in (project / "params").iterdir()) == before

    def test_across_a_new_year_what_is_not_known_is_given(self, project):
        given = {"as_of": "2019-01-10", "term": "2018-autumn", "issue_total": 31}
        found = scaffold("2019-01", project, given).parameters
        assert (found["issue_total"], found["base_on"], found["issued_on"]) == (31, "2018-09-20", "2019-01-17")
