"""A figure of a notebook as a file of the office: begun by the machine, completed by a person."""

from __future__ import annotations

import ast
import builtins
import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from zt_analysis.contents import write_new
from zt_analysis.errors import InputError
from zt_analysis.office import FOLDER
from zt_analysis.project import find_root
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.defining import Own

GIVEN = {"ibis", "_", "Measure", "ratio", *dir(builtins)}


def written(own: Own, file: str) -> Path:
    """Write ``own`` as a file of its own in ``office/indicators/``; nothing is written over.

    Raises:
        InputError: no such folder, a name that no module has, a file that is there, a function that needs more.
    """
    root = find_root()
    folder, name = root / FOLDER / "indicators", file or f"{own.id}.py"
    if not folder.is_dir():
        alone = folder.with_suffix(".py").is_file()
        raise InputError(
            f"{FOLDER}/indicators/", found=f"no folder, but {FOLDER}/indicators.py" if alone else "no such folder",
            expected="a folder of the office's figures", hint="print(own.text) shows what to put into a file by hand",
        )  # fmt: skip
    if not re.fullmatch(r"[a-z]\w*\.py", name):
        raise InputError("file", found=repr(name), expected="the name of a module", hint='to_office("my_figures.py")')
    place = folder / name
    text = module_of(own)
    try:
        write_new(place, text)
    except FileExistsError:
        raise InputError(
            f"{FOLDER}/indicators/{name}", found="a file that is there", expected="a name that is free",
            hint='to_office("other_name.py")',
        ) from None  # fmt: skip
    return place


def module_of(own: Own) -> str:
    """The text of such a file.

    Raises:
        InputError: a function whose text is not known, or that needs what stands elsewhere in the notebook.
    """
    if not own.source:
        raise InputError(
            f"figure {own.id!r}", found="a function without its text", expected="one typed in a cell", hint="type it"
        )
    if loose := _loose(own.source):
        raise InputError(
            f"figure {own.id!r}", found=f"{', '.join(loose)}, which stands elsewhere in the notebook",
            expected="a function that needs only its parameters and ibis", hint="put it inside the function",
        )  # fmt: skip
    typed = own.typed or own.function
    parameters = list(inspect.signature(typed).parameters)
    inner = f"_{own.id}"
    text = re.sub(rf"\bdef {own.id}\b", f"def {inner}", own.source, count=1)
    says, doc = _decorated(own), _doc(own)
    head = (
        f'"""{_plain(own.en)}: begun in a notebook; complete what says TODO."""\n\nfrom __future__ import annotations\n'
    )
    if own.derived:
        given = ", ".join(f"{one}: Exact" for one in parameters)
        used = ", ratio" if re.search(r"\bratio\(", text) else ""
        return (
            f"{head}\nfrom zt_analysis.define import Exact, derived{used}\n\n\n@derived({says})\n"
            f"def {own.id}({given}) -> Exact:\n{doc}    return {inner}({', '.join(parameters)})\n\n\n{text}"
        )
    how, column = own.counted
    imports = "\nimport ibis\n" * bool(re.search(r"\bibis\.", text)) + "\nfrom ibis import _\n" * bool(
        re.search(r"(?<![\w.])_(?!\w)", text)
    )
    return (
        f"{head}{imports}\nfrom zt_analysis.define import Measure, Period, Tables, measured\n\n\n@measured({says})\n"
        f"def {own.id}(tables: Tables, period: Period) -> Measure:\n{doc}    found = {inner}(tables, period)\n"
        f'    return found if isinstance(found, Measure) else Measure(found, "{how}", "{column}")\n\n\n{text}'
    )


def _decorated(own: Own) -> str:
    words = {"time": own.time, "zh": own.zh, "en": own.en}
    said = [f"{name}={json.dumps(word, ensure_ascii=False)}" for name, word in words.items()]
    return ", ".join([json.dumps(own.unit), *said])


def _doc(own: Own) -> str:
    """A docstring of the form that an office's definitions have; what the function itself says comes first."""
    said = inspect.getdoc(own.typed) if own.typed else None
    first = _plain(said.split("\n\n")[0]) if said else f"TODO: {_plain(own.en)}."
    lines = [
        first, "", "Formula: TODO", f"Unit: {UNITS[own.unit].en.strip() or own.unit}", "NULL: TODO", "Source: TODO",
        f"定义：TODO {_plain(own.zh)}", "算式：TODO", "空值：TODO", "出处：TODO",
    ]  # fmt: skip
    body = "\n".join(f"    {line}".rstrip() for line in lines)
    return f'    """{body.lstrip()}\n    """\n'


def _plain(words: str) -> str:
    """Words that end no text in quotes."""
    return " ".join(words.replace('"""', "'''").replace("\\", "/").split())


def _loose(source: str) -> list[str]:
    """The names that a function takes from elsewhere."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [one for one in nodes if isinstance(one, ast.Name)]
    bound = {one.id for one in names if not isinstance(one.ctx, ast.Load)}
    bound |= {one.arg for one in nodes if isinstance(one, ast.arg)}
    bound |= {one.name for one in nodes if isinstance(one, ast.FunctionDef)}
    for one in nodes:
        if isinstance(one, (ast.Import, ast.ImportFrom)):
            bound |= {(each.asname or each.name).partition(".")[0] for each in one.names}
    return sorted({one.id for one in names if isinstance(one.ctx, ast.Load)} - bound - GIVEN)
