"""Hold a crate against the Process Run Crate profile with the profile's own validator, without a network.

``nox -s profile`` installs the validator and runs this in its environment. The validator ships the profile and fetches
the context of RO-Crate 1.1; an old release of the ``rocrate`` library ships that file, which is put into its cache.
"""

import io
import json
import sys
import tempfile
from pathlib import Path

from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "process-run-crate"
# what the profile recommends and a crate of ours leaves out, and why
LEFT_OUT = {
    "SHOULD have an agent": "who ran it stands in run.json alone, which need not go out with the page",
    "representing the `author`": "the same",
    "`publisher` property": "the same",
    "id SHOULD be an absolute URI": "the software is published under no address",
}


class Shipped(HTTPAdapter):
    """Answers with a file of this machine."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def send(self, request, **_):
        body = io.BytesIO(self.path.read_bytes())
        headers = {"Content-Type": "application/ld+json"}
        return self.build_response(request, HTTPResponse(body, headers, status=200, preload_content=False))


def issues(crate, cache, severity):
    settings = services.ValidationSettings(
        rocrate_uri=str(crate), profile_identifier=PROFILE, requirement_severity=severity,
        cache_path=cache, offline=True,
    )  # fmt: skip
    result = services.validate(settings)
    assert result.executed_checks
    return [one for one in result.get_issues() if one.severity == severity]


def main(crate, context):
    assert json.loads(context.read_text(encoding="utf-8"))["@id"] == CONTEXT
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        with CachedSession(str(cache), backend="sqlite", expire_after=-1) as session:
            session.mount(CONTEXT, Shipped(context))
            assert session.get(CONTEXT).ok
        required = issues(crate, cache, Severity.REQUIRED)
        recommended = issues(crate, cache, Severity.RECOMMENDED)
    others = [one for one in recommended if not any(words in str(one.message) for words in LEFT_OUT)]
    for one in [*required, *others]:
        print(f"{one.severity.name.lower()}: {one.message}")
    print(
        f"{crate.name}: {len(required)} requirements not met, {len(others)} recommendations, {len(LEFT_OUT)} left out"
    )
    return 1 if required or others else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
