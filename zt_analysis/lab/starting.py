"""The server that ``zt lab`` becomes: its words, its settings, and whether its port is free."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from zt_analysis.errors import InputError

PORT = 8888
FIRST = "explore.ipynb"
HERE = Path(__file__).parent
# what only tells something: no server begins
TELLING = {
    "--version",
    "--help",
    "--help-all",
    "--generate-config",
    "--show-config",
    "--show-config-json",
    "list",
    "stop",
}
CHINESE = ("LC_ALL", "LC_MESSAGES", "LANG")


def words(root: Path, given: Sequence[str]) -> list[str]:
    """What is typed for a server of the project at ``root``, the options ``given`` last."""
    house = [f"--ServerApp.root_dir={root}", f"--LabApp.default_url={_opened(root)}"]
    return [sys.executable, "-m", "jupyterlab", *house, *given]


def _opened(root: Path) -> str:
    folder = root / "notebooks"
    first = folder / FIRST
    if not first.is_file():
        found = sorted(folder.glob("*.ipynb"))
        if not found:
            return "/lab"
        first = found[0]
    return f"/lab/tree/{first.relative_to(root).as_posix()}"


def environment(before: Mapping[str, str]) -> dict[str, str]:
    """The variables of the server: Jupyter finds our configuration and our part of its interface, after the user's."""
    folders = [before.get("JUPYTER_CONFIG_PATH", ""), str(HERE / "jupyter")]
    if _is_chinese(before):
        folders.append(str(HERE / "chinese"))
    found = {"JUPYTER_CONFIG_PATH": folders, "JUPYTER_PATH": [before.get("JUPYTER_PATH", ""), str(HERE)]}
    return {**before, **{name: os.pathsep.join(filter(None, said)) for name, said in found.items()}}


def _is_chinese(variables: Mapping[str, str]) -> bool:
    """Whether the system speaks Chinese: the first of its variables that is set says so (``zh_CN.UTF-8``)."""
    said = next((variables[name] for name in CHINESE if variables.get(name)), "")
    return said.lower().startswith("zh")


def see_port(root: Path, given: Sequence[str]) -> str:
    """What to say of the port before a server begins; nothing where it is free.

    Raises:
        InputError: the port that was typed is taken.
    """
    if TELLING & set(given):
        return ""
    typed = _typed_port(given)
    port = PORT if typed is None else typed
    if not port or _is_free(port):
        return ""
    already = _running(root, port)
    hint = f"a server of this project is there: {already}" if already else "jupyter server list names who has it"
    if typed is not None:
        raise InputError(f"option --port {port}", found="a port that is taken", expected="a free one", hint=hint)
    return f"port {port} is taken ({hint}); the lines below say which port this server takes"


def _typed_port(given: Sequence[str]) -> int | None:
    """The port that ``given`` names; None where they name none. What is no number, Jupyter tells."""
    for place, word in enumerate(given):
        option, equals, value = word.partition("=")
        if option in ("--port", "--ServerApp.port", "--LabApp.port"):
            value = value if equals else next(iter(given[place + 1 :]), "")
            return int(value) if value.isascii() and value.isdigit() else None
    return None


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        if os.name != "nt":  # a port that a server has just left is free
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def _running(root: Path, port: int) -> str:
    """The address of a server of this project on ``port``, as Jupyter lists it; empty where it is another's."""
    from jupyter_server.serverapp import list_running_servers

    for one in list_running_servers():
        if one.get("port") == port and Path(str(one.get("root_dir"))) == root:
            return f"{one['url']}lab?token={one['token']}" if one.get("token") else f"{one['url']}lab"
    return ""
