"""An Apache Airflow DAG: on Fridays the cases that are due, each run and verified in a task of its own.

Airflow has an environment of its own; zt is called as a command of the project's (docs/scheduling.md).
"""

import json
import os
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

from airflow.sdk import dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

PROJECT = os.environ.get("ZT_PROJECT", "/srv/zt_analysis")
PROGRAM = os.environ.get("ZT_PROGRAM", f"{PROJECT}/.venv/bin/zt")
ZONE = ZoneInfo("Asia/Shanghai")


def zt(*words, accepted=(0,)):
    """What ``zt`` prints; its message fails the task, without a retry: the same input gives the same answer."""
    done = subprocess.run([PROGRAM, *words], cwd=PROJECT, capture_output=True, text=True, check=False)
    print(done.stderr or done.stdout)
    if done.returncode not in accepted:
        said = (done.stderr or done.stdout).strip().splitlines() or [""]
        raise AirflowFailException(f"zt {' '.join(words)} ended with {done.returncode}: {said[-1]}")
    return done.stdout


def tell(context):
    """Hand a failed task to the hook that zt run --on-failure would call."""
    ti = context["ti"]
    message = str(context.get("exception") or "the task failed")
    record = {
        "schema": "zt-run/1", "case": f"{ti.task_id}[{ti.map_index}]", "status": "failed", "exit_code": 3,
        "error": {"name": "AirflowTask", "message": message},
    }  # fmt: skip
    subprocess.run(["recipes/on_failure.sh"], cwd=PROJECT, input=json.dumps(record), text=True, check=False)


@dag(
    schedule="30 7 * * 5",
    start_date=datetime(2018, 9, 1, tzinfo=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={"on_failure_callback": tell},
    tags=["zt_analysis"],
)
def zt_due():
    """The cases that are due on the day of the run, in the office's time zone."""

    @task
    def due():
        """A row for each case; exit code 1 only says that there is something to do."""
        moment = get_current_context().get("logical_date") or datetime.now(ZONE)
        day = moment.astimezone(ZONE).date().isoformat()
        rows = json.loads(zt("due", "--on", day, "--format", "json", accepted=(0, 1)))
        return [row for row in rows if row["runs"] or not row["done"]]

    @task
    def run(row):
        """Run a case; the file of a week is made; an issue that is not there, or no longer true, fails."""
        if row["state"] == "no_case" and row["case"]:
            zt("new", row["case"])
        elif row["state"] != "no_case" and not row["runs"]:
            raise AirflowFailException(f"{row['case']} is {row['state']}: {row['hint']}")
        elif not row["runs"]:
            raise AirflowFailException(f"{row['notebook']} of {row['reason']} is due and not there: {row['hint']}")
        zt("run", row["case"])
        return row["case"]

    @task
    def verify(case):
        """Hold what the run left against its record."""
        zt("verify", case)
        return case

    verify.expand(case=run.expand(row=due()))


zt_due()
