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
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    cat requirements.lock pyproject.toml > "$stamp"
fi
