"""What only some commands need: libraries that are installed as extras, each with what needs it.

``pip install "zt-analysis[pdf]"`` installs one, ``[all]`` all of them. Whoever runs cases on a schedule needs none.
"""

from __future__ import annotations

from importlib import import_module

from zt_analysis.errors import MissingExtraError

# the extra, by the module that it brings
EXTRAS = {
    "cryptography": "sign",
    "itables": "lab",
    "jupyterlab": "lab",
    "psycopg": "postgres",
    "pypdfium2": "pdf",
    "xlrd": "xls",
}


def need(module: str, what: str) -> None:
    """See that ``module`` is there before ``what`` is done with it.

    Raises:
        MissingExtraError: it is not; names what needs it and how it is installed.
    """
    try:
        import_module(module)
    except ImportError as error:
        found = f"no {module}" if isinstance(error, ModuleNotFoundError) else f"{module}: {error}"
        extra = EXTRAS[module]
        raise MissingExtraError(
            what, found=found, expected=f"the extra {extra!r}", hint=f'pip install "zt-analysis[{extra}]"'
        ) from error
