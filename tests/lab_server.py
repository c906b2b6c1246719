"""A real JupyterLab, begun as people begin it, for the tests that ask what it does with a project."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

TOKEN = "of-a-test"
ZT_LAB = ("-m", "zt_analysis.cli", "lab")
PATIENCE = 90


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Lab:
    """A server that answers on ``port``; ``process`` is what was started."""

    process: subprocess.Popen
    port: int

    def ask(self, path, method="GET", body=None):
        """The status and the answer, as JSON where it is that."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, _json(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, _json(error.read())

    def page(self, path=""):
        return f"http://127.0.0.1:{self.port}/{path}{'&' if '?' in path else '?'}token={TOKEN}"


def _json(content):
    try:
        return json.loads(content)
    except ValueError:
        return content.decode()


@contextmanager
def running(project, *given, words=ZT_LAB, variables=()):
    """A server of ``project``, ended at the end."""
    port = free_port()
    beside = {"DATA": "jupyter-data", "CONFIG": "jupyter-config", "RUNTIME": "jupyter-runtime"}
    own = {f"JUPYTER_{name}_DIR": str(project.parent / folder) for name, folder in beside.items()}
    own |= {"JUPYTERLAB_WORKSPACES_DIR": str(project.parent / "workspaces")}
    options = ["--no-browser", "--port", str(port), f"--IdentityProvider.token={TOKEN}", "--allow-root", *given]
    with open(project.parent / "server.log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, *words, *options], cwd=project, stdout=log, stderr=subprocess.STDOUT,
            env={**os.environ, **own, **dict(variables)},
        )  # fmt: skip
    lab = Lab(process, port)
    try:
        _wait(lab, project.parent / "server.log")
        yield lab
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(lab, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if lab.process.poll() is not None:
            raise AssertionError(f"the server ended:\n{log.read_text()}")
        try:
            if lab.ask("api/status")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server does not answer:\n{log.read_text()}")
