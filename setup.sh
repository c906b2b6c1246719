#!/bin/sh
# Make .venv with the locked packages and this project in it; quick when nothing has changed.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "setup.sh: $("$python" --version) found; Python 3.11 or later expected. Hint: PYTHON=/path/to/python3.11 ./setup.sh" >&2
    exit 2
}
[ -x .venv/bin/python ] || "$python" -m venv .venv
stamp=.venv/installed
if ! cat requirements.lock pyproject.toml | cmp -s - "$stamp"; then
    # uv, itself locked, takes seconds where pip takes minutes; pip is asked where uv cannot be had or does not reach the registry
    pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
    uv() { .venv/bin/uv pip install --quiet --python .venv/bin/python "$@"; }
    locked() { "$1" --require-hashes -r requirements.lock && "$1" --no-deps --no-build-isolation -e .; }
    # uv does not read the settings of pip, and a mirror is often named there
    mirror=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || :)}
    [ -z "$mirror" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$mirror}"
    { awk '/^[^ ]/ { keep = /^uv==/ } keep' requirements.lock | pip --require-hashes -r /dev/stdin && locked uv; } || {
        echo "setup.sh: not with uv (above); with pip" >&2
        locked pip
    }
    cat requirements.lock pyproject.toml > "$stamp"
fi
