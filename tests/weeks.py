"""Thirteen weeks left alone, simulated in a project of its own: ``python tests/weeks.py`` (minutes).

Each Friday the timetable's command runs as cron would have it run. Rows arrive, or late, or not at all; a county is
late; a correction comes after publication; a run is killed; the disk is full; the machine is off; the year ends; school
is out. Each paper has to be there once and right, each gap told, and each line of every log an event.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from arrivals import a_week, calendar, late_return, open_ended, reports
from packages import ROOT, SHIPPED

from conftest import copy_project

LATE_COUNTY = "530623"
# the winter holidays of the simulated schools; Spring Festival of 2019 is 5 February
HOLIDAYS = (date(2019, 1, 21), date(2019, 2, 17))
SMALL_FILES = 200_000
# aid against allocations: the package has no aid of the term that is paid in the new year
NO_AID = ["T14", "T18"]


class Office:
    """A project, its package, and what its people and its timetable do in a week."""

    def __init__(self, root):
        self.root, self.package = root, root / "data" / SHIPPED.name
        open_ended(self.package)
        calendar(self.package, date(2019, 1, 1), date(2019, 2, 28), [HOLIDAYS])
        reports(self.package, date(2018, 11, 8), only=("none",))  # nothing new: seals what was changed

    def zt(self, *words, **options):
        done = subprocess.run(
            [sys.executable, "-m", "zt_analysis.cli", *words], cwd=self.root, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, **options,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def friday(self, thursday, *words, **options):
        """The timetable's command on the day after ``thursday``: its exit code and what it logged of each case."""
        day = (thursday + timedelta(days=1)).isoformat()
        code, out, err = self.zt("run", "--due", "--on", day, "--keep-going", "--log-format", "json", *words, **options)
        assert out == ""
        events = [json.loads(line) for line in err.splitlines()]
        told = {one["case"]: one["state"] for one in events if one["event"] == "due"}
        return code, told, {one["case"]: one for one in events if one["event"] == "case"}

    def killed(self, thursday, seconds):
        """The same, killed with all its processes after some seconds; whether it still ran."""
        day = (thursday + timedelta(days=1)).isoformat()
        process = subprocess.Popen(
            [sys.executable, "-m", "zt_analysis.cli", "run", "--due", "--on", day], cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
        return False

    def issue(self, case):
        """Final, run, and signed by two."""
        path = self.root / "params" / f"{case}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"draft"', '"final"'), encoding="utf-8")
        said = ("--remark", "待办已交办")
        for words in (("run", case), ("sign", case, "--as", "maker", "--by", "a", *said),
                      ("sign", case, "--as", "checker", "--by", "b", *said)):  # fmt: skip
            code, out, err = self.zt(*words)
            assert code == 0, out + err

    def counts(self, case):
        """How many counties reported how, as the circular has it."""
        ledger = json.loads((self.root / "outputs" / case / "figures.json").read_text(encoding="utf-8"))
        (part,) = [one for one in ledger["parts"] if one["key"] == "reports"]
        return part["values"]

    def failing(self, case):
        """Ids of the relations that fail in a circular."""
        ledger = json.loads((self.root / "outputs" / case / "figures.json").read_text(encoding="utf-8"))
        return [one["id"] for one in ledger["relations"] if one["status"] == "fails"]

    def published(self):
        """Each case's outputs: its status, as its record has it; every one of them has to verify or to be told."""
        records = sorted((self.root / "outputs").glob("*/run.json"))
        return {
            path.parent.name: json.loads(path.read_text(encoding="utf-8"))["status"]
            for path in records if not path.parent.name.endswith(".failed")
        }  # fmt: skip


def ran(found, case, status="agrees"):
    """A Friday on which ``case`` ended as ``status``; what is returned of it is told."""
    code, _, cases = found
    assert cases[case]["status"] == status, cases
    assert (code == 0) == (status == "agrees"), (code, cases)


def nothing_then_a_late_county(office):
    """W46: no rows on Friday, which publishes nothing; then all but one county; then that one too, a day late."""
    thursday = date(2018, 11, 15)
    code, told, cases = office.friday(thursday)
    assert (code, told["2018-W46"], cases["2018-W46"]["status"]) == (2, "no_case", "failed")
    assert "no data: no report for 2018-11-15" in cases["2018-W46"]["message"]
    assert "2018-W46" not in office.published()
    a_week(office.package, thursday, without=(LATE_COUNTY,))
    ran(office.friday(thursday), "2018-W46")
    assert office.counts("2018-W46") == {"report_missing": 1, "report_late": 0, "report_in_time": 10}
    reports(office.package, thursday, only=(LATE_COUNTY,), submitted=date(2018, 11, 16))
    ran(office.friday(thursday), "2018-W46")
    assert office.counts("2018-W46") == {"report_missing": 0, "report_late": 1, "report_in_time": 10}


def killed_and_run_again(office, thursday, case):
    """Rows, a run killed while the kernel works, and the next one, which finds nothing in its way."""
    a_week(office.package, thursday)
    assert office.killed(thursday, seconds=3)
    assert case not in office.published()
    ran(office.friday(thursday), case)


def a_full_disk(office, thursday, case):
    """No file may be longer than the page: the run fails and is told, and the next one publishes."""
    a_week(office.package, thursday)
    little = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_FILES, SMALL_FILES))}
    code, _, cases = office.friday(thursday, **little)
    assert code in (2, 3), cases
    assert cases[case]["status"] == "failed", cases
    assert case not in office.published()
    ran(office.friday(thursday), case)


def corrected_after_publication(office, thursday, case):
    """A return of an issued week is entered late: told on Friday, its paper stays; a person revises it."""
    a_week(office.package, thursday)
    late_return(office.package, "2018-11-14")
    code, told, cases = office.friday(thursday)
    assert (code, told["2018-W46"], cases["2018-W46"]["status"]) == (1, "restated", "restated")
    assert "新" in cases["2018-W46"]["message"] or "复学" in cases["2018-W46"]["message"]
    assert cases[case]["status"] == "agrees"
    code, out, err = office.zt("run", "2018-W46", "--revise", "a return was entered late")
    assert code == 0, out + err
    assert [office.zt("verify", "2018-W46", *edition)[0] for edition in ((), ("--edition", "v1"))] == [0, 0]
    # its page draws the revised week among those before it: it is run anew once, and then left alone
    for unchanged in (False, True):
        code, told, cases = office.friday(thursday)
        assert (code, "2018-W46" in told, cases[case]["unchanged"]) == (0, False, unchanged), cases


def off_over_the_new_year(office):
    """W52 passes with the machine off; in January both weeks are caught up, but for the term nobody has told.

    Of that term there are no rows of aid: what holds aid against funds has nothing to hold, and fails.
    """
    last, first = date(2018, 12, 27), date(2019, 1, 3)
    a_week(office.package, last)
    a_week(office.package, first)
    code, _, cases = office.friday(first, "--since", last.isoformat())
    assert (code, cases["2018-W52"]["status"], cases["2019-W01"]["status"]) == (2, "agrees", "failed")
    assert "--term; found nothing" in cases["2019-W01"]["message"]
    assert office.zt("new", "2019-W01", "--term", "2018-autumn")[0] == 0
    ran(office.friday(first), "2019-W01", "differs")
    assert office.failing("2019-W01") == NO_AID


def holiday(office, thursday, case):
    """School is out: nothing is asked for, nothing made, and that is said."""
    code, told, cases = office.friday(thursday)
    assert (code, told[case], case in cases) == (0, "holiday", False)
    assert not (office.root / "params" / f"{case}.yml").exists()


def plain(office, thursday, case, status="agrees"):
    """A week as it should be, or with the gap that is known."""
    a_week(office.package, thursday)
    ran(office.friday(thursday), case, status)


def thirteen_weeks(root):
    """W46 of 2018 to W06 of 2019; the names of the papers that stand in the end."""
    office = Office(root)
    office.issue("2018-11")
    nothing_then_a_late_county(office)
    office.issue("2018-W46")
    plain(office, date(2018, 11, 22), "2018-W47")
    plain(office, date(2018, 11, 29), "2018-W48")
    corrected_after_publication(office, date(2018, 12, 6), "2018-W49")
    killed_and_run_again(office, date(2018, 12, 13), "2018-W50")
    a_full_disk(office, date(2018, 12, 20), "2018-W51")
    off_over_the_new_year(office)
    plain(office, date(2019, 1, 10), "2019-W02", "differs")
    plain(office, date(2019, 1, 17), "2019-W03", "differs")
    for number in range(4, 7):
        holiday(office, date.fromisocalendar(2019, number, 4), f"2019-W{number:02d}")
    found = office.published()
    weeks = [*(f"2018-W{number}" for number in range(46, 53)), *(f"2019-W0{number}" for number in range(1, 4))]
    assert found == {case: "differs" if case[:4] == "2019" else "agrees" for case in ("2018-11", *weeks)}, found
    assert not [path.name for path in (root / "outputs").glob(".2*")]
    return list(found)


def main():
    """The thirteen weeks, printed."""
    with tempfile.TemporaryDirectory(prefix="zt-weeks-") as folder:
        copy_project(Path(folder))
        print("thirteen weeks; papers published once and right:", ", ".join(thirteen_weeks(Path(folder))))


if __name__ == "__main__":
    main()
