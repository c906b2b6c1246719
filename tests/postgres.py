"""A PostgreSQL server of the tests' own: on loopback, a free port, in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROLE, DATABASE, PASSWORD = "zt_reader", "zt", "kept-out-of-every-record"
START_SECONDS = 60


class UnavailableError(Exception):
    """There is no PostgreSQL on this machine and none could be installed."""


@dataclass(frozen=True)
class Server:
    """A running server; ``environment`` holds the name and password that clients take from there."""

    port: int

    @property
    def environment(self):
        return {"PGUSER": ROLE, "PGPASSWORD": PASSWORD}

    def url(self, schema="public", database=DATABASE):
        return f"postgres://127.0.0.1:{self.port}/{database}?schema={schema}"

    def connect(self, **options):
        import psycopg

        return psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=DATABASE, user=ROLE, password=PASSWORD, autocommit=True, **options
        )


@contextmanager
def server(*, install=False):
    """Start a server that asks for a password, make the role and the database, stop it at the end.

    The database sorts text by the rules of a language, as an office's would.

    Raises:
        UnavailableError: no ``initdb`` on the machine; with ``install``, none after apt-get either.
    """
    programs = binaries(install=install)
    folder = Path(tempfile.mkdtemp(prefix="zt-postgres-"))
    folder.chmod(0o755)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    port = _free_port()
    data = folder / "data"
    if os.getuid() == 0:
        _give(folder)
    try:
        _run([programs / "initdb", "-D", data, "-U", ROLE, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8"])
        with _started(programs, data, port):
            found = Server(port)
            _create_database(found)
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(programs, data, port):
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    _run([programs / "pg_ctl", "-D", data, "-w", "-t", str(START_SECONDS), "-l", data / "log", "-o", options, "start"])
    try:
        yield
    finally:
        _run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])


def _create_database(found):
    import psycopg

    with psycopg.connect(
        host="127.0.0.1", port=found.port, dbname="postgres", user=ROLE, password=PASSWORD, autocommit=True
    ) as connection:
        # the order of Chinese words, which is not that of their bytes; servers before 15 know it for columns only
        words = "LOCALE_PROVIDER icu ICU_LOCALE 'zh-u-co-pinyin'" if connection.info.server_version >= 150000 else ""
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' {words}")


def binaries(*, install=False):
    """The folder of the newest server's programs; UnavailableError where it has none that could be started."""
    found = _newest()
    if found is None and install and os.getuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=False, **quiet)
        found = _newest()
    if found is None:
        raise UnavailableError("no initdb in /usr/lib/postgresql/*/bin or on the path: install the package postgresql")
    if os.getuid() == 0 and _account() is None:
        raise UnavailableError("initdb refuses to run as root, and there is no account postgres or nobody to run it as")
    return found


def _newest():
    """The folder of the newest installed server."""
    here = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    known = sorted(here, key=lambda folder: int(folder.parent.name)) or ([Path(on_path).parent] if on_path else [])
    return known[-1] if known else None


def _account():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _give(folder):
    account = _account()
    for path in (folder, *folder.iterdir()):
        os.chown(path, account.pw_uid, account.pw_gid)


def _run(command):
    # root is refused by initdb and pg_ctl: both run as the account that the package made
    account = _account() if os.getuid() == 0 else None
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    # pg_ctl hands its output to the server, which would keep a pipe open for as long as it runs
    with tempfile.TemporaryFile() as log:
        done = subprocess.run([str(part) for part in command], stdout=log, stderr=log, cwd="/", check=False, **who)
        log.seek(0)
        if done.returncode:
            raise RuntimeError(f"{Path(command[0]).name} ended with {done.returncode}: {log.read().decode()[-2000:]}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
