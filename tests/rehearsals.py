"""Run the recipes for real, each in a project of its own: ``python tests/rehearsals.py [cron|systemd|airflow]``.

cron: the daemon, as root, in a mount namespace of its own, so that no crontab of the machine is touched.
systemd: systemd-analyze on the units, and the service's command as the unit says it.
airflow: an environment with the version of recipes/requirements-airflow.txt; ZT_AIRFLOW names another's ``airflow``.
A recipe that cannot be run here is named, with the reason; that fails if it was asked for, or if nothing was run.
"""

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from configparser import RawConfigParser
from pathlib import Path

from packages import ROOT, SHIPPED, add_office

RECIPES = ROOT / "recipes"
PLACE = "/srv/zt_analysis"
# the shipped rows end here: week 45 and issue 11 are due, and a week later week 46 is, without file and rows
DAY, WEEK_LATER = "2018-11-09", "2018-11-16"
DUE = {"2018-11": "agrees", "2018-W45": "agrees"}


class UnavailableError(Exception):
    """What a recipe needs is not on this machine."""


def install(project):
    """A project as the recipes expect one: data, parameters, notebooks, recipes, and .venv/bin/zt."""
    for name in ("params", "notebooks", "recipes"):
        if not (project / name).exists():
            shutil.copytree(ROOT / name, project / name)
    if not (project / "data").exists():
        shutil.copytree(SHIPPED, project / "data" / SHIPPED.name)
        add_office(project)
    program = project / ".venv" / "bin" / "zt"
    program.parent.mkdir(parents=True)
    paths = f"export PYTHONPATH={shlex.quote(str(ROOT))}"
    program.write_text(f'#!/bin/sh\n{paths}\nexec {shlex.quote(sys.executable)} -m zt_analysis.cli "$@"\n')
    program.chmod(0o755)
    return project


def moved(name, project):
    """The text of a recipe with the project where it is; the recipe has to name the place it is written for."""
    text = (RECIPES / name).read_text(encoding="utf-8")
    assert PLACE in text, name
    return text.replace(PLACE, str(project))


def left(project):
    """Status of each case's run record."""
    records = sorted((project / "outputs").glob("*/run.json"))
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8"))["status"] for path in records}


def told(path):
    """The records that the failure hook kept."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def entry(text):
    """The one entry of a crontab: its five fields and its command."""
    (line,) = [
        line for line in text.splitlines() if line and not line.startswith("#") and "=" not in line.split(" ")[0]
    ]
    *fields, command = line.split(None, 5)
    return fields, command


def cron(project):
    """Install the crontab with the crontab command, have the daemon run its line at the next minute."""
    for program in ("cron", "crontab", "unshare"):
        if shutil.which(program) is None:
            raise UnavailableError(f"no {program}: apt install cron")
    if os.geteuid() != 0:
        raise UnavailableError("only root starts a cron daemon")
    fields, _ = entry((RECIPES / "crontab").read_text(encoding="utf-8"))
    text = moved("crontab", project).replace(" ".join(fields), "* * * * *").replace("/var/log", str(project))
    # one minute is enough: the line removes what it was started by, and starts no second time
    text = text.replace('cd "$ZT_PROJECT"', 'mkdir "$ZT_PROJECT/started" && cd "$ZT_PROJECT"')
    settings = f"ZT_ON={WEEK_LATER}\nZT_FAILURES={project}/told.jsonl\nPATH={os.environ['PATH']}\n"
    (project / "crontab").write_text(settings + text, encoding="utf-8")
    spool, run = project / "spool", project / "run"
    for folder in (spool, run, project / "empty"):
        folder.mkdir()
    inside = " && ".join([
        f"mount --bind {spool} /var/spool/cron/crontabs", f"mount --bind {run} /run",
        f"mount --bind {project}/empty /etc/cron.d", "mount --bind /dev/null /etc/crontab",
        f"crontab {project}/crontab", "exec cron -f",
    ])  # fmt: skip
    daemon = subprocess.Popen(["unshare", "--mount", "sh", "-c", inside])
    try:
        wait_for(lambda: '"event": "agreement"' in read(project / "zt-due.jsonl"), daemon, seconds=400)
    finally:
        daemon.terminate()
        daemon.wait()
    log = [json.loads(line) for line in read(project / "zt-due.jsonl").splitlines() if line.startswith("{")]
    (batch,) = [line for line in log if line["event"] == "batch"]
    assert batch["statuses"] == {"agrees": 1, "failed": 1}, log
    assert left(project) == {"2018-11": "agrees", "2018-W46.failed": "failed"}
    assert [one["case"] for one in told(project / "told.jsonl")] == ["2018-W46"]
    return "the daemon ran the line: 2018-11 agrees, 2018-W46 was made, has no rows and was told"


def systemd(project):
    """Verify the units, the calendar of the timer, and run the service's command as the unit says."""
    if shutil.which("systemd-analyze") is None:
        raise UnavailableError("no systemd-analyze: apt install systemd")
    units = project / "units"
    units.mkdir()
    for name in ("zt-due.service", "zt-due.timer"):
        text = moved(name, project) if name.endswith("service") else (RECIPES / name).read_text(encoding="utf-8")
        (units / name).write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(units.iterdir())], capture_output=True, text=True, check=False
    )
    ours = [line for line in said.stderr.splitlines() if "zt-due" in line]
    assert (said.returncode, ours) == (0, []), said.stderr
    timer = unit(units / "zt-due.timer")["Timer"]
    subprocess.run(["systemd-analyze", "calendar", timer["OnCalendar"]], check=True, stdout=subprocess.DEVNULL)
    service = unit(units / timer["Unit"])["Service"]
    done = subprocess.run(
        shlex.split(service["ExecStart"]), cwd=service["WorkingDirectory"], capture_output=True, text=True,
        env=os.environ | {"ZT_ON": DAY}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert left(project) == DUE
    return f"both units verified, the service's command left {left(project)}"


def unit(path):
    """A unit file's sections and settings."""
    parser = RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def airflow(project):
    """The DAG in a home of its own: once as it should be, once with a case that is not there."""
    program = os.environ.get("ZT_AIRFLOW") or installed_airflow()
    home = project / "airflow"
    (home / "dags").mkdir(parents=True)
    shutil.copy(RECIPES / "airflow_dag.py", home / "dags")
    environment = os.environ | {
        "AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "ZT_PROJECT": str(project),
        "ZT_FAILURES": str(project / "told.jsonl"), "PYTHONPATH": "",
    }  # fmt: skip

    def typed(*words, accepted=(0,)):
        done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in accepted, (done.stdout + done.stderr)[-6000:]
        return done.stdout

    version = typed("version").strip()
    typed("db", "migrate")
    typed("dags", "test", "zt_due", DAY)
    assert states(home) == {("due", "success"): 1, ("run", "success"): 2, ("verify", "success"): 2}, states(home)
    assert left(project) == DUE
    assert told(project / "told.jsonl") == []
    # a zt in another place, as ZT_PROGRAM names it
    elsewhere = (project / ".venv").rename(project / "elsewhere")
    environment["ZT_PROGRAM"] = str(elsewhere / "bin" / "zt")
    typed("dags", "test", "zt_due", WEEK_LATER, accepted=(0, 1))
    later = states(home, since=WEEK_LATER)
    assert (later["run", "success"], later["run", "failed"]) == (1, 1), later
    (one,) = told(project / "told.jsonl")
    assert "2018-W46" in one["error"]["message"], one
    return f"Airflow {version} ran and verified 2 cases; a week later the case without rows failed and was told"


def installed_airflow():
    """The ``airflow`` of an environment that is made once."""
    folder = ROOT / ".nox" / "airflow"
    program = folder / "bin" / "airflow"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        wanted = RECIPES / "requirements-airflow.txt"
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "-r", wanted], check=True)
    return str(program)


def states(home, since=DAY):
    """How many task instances of the runs from a day on ended how."""
    with sqlite3.connect(home / "airflow.db") as connection:
        rows = connection.execute(
            "select t.task_id, t.state from task_instance t join dag_run r on t.run_id = r.run_id "
            "where t.dag_id = 'zt_due' and r.dag_id = 'zt_due' and r.logical_date >= ?",
            (since,),
        ).fetchall()
    return Counter(rows)


def wait_for(condition, process, *, seconds):
    """Until ``condition`` holds; an error when ``process`` ends before, or the time does."""
    until = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, f"it ended with {process.returncode}"
        assert time.monotonic() < until, f"nothing within {seconds} s"
        time.sleep(1)


def read(path):
    """The text of a file that may not be there yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


REHEARSALS = {"cron": cron, "systemd": systemd, "airflow": airflow}


def main(wanted):
    """Run each, say how it ended; 1 if one fails, if one that was asked for cannot be run, if nothing was run."""
    failed = ran = 0
    for name in wanted or REHEARSALS:
        with tempfile.TemporaryDirectory(prefix=f"zt-{name}-") as folder:
            try:
                print(f"{name}: {REHEARSALS[name](install(Path(folder)))}", flush=True)
                ran += 1
            except UnavailableError as error:
                failed += bool(wanted)
                print(f"{name}: NOT RUN: {error}", flush=True)
            except (AssertionError, subprocess.CalledProcessError) as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
