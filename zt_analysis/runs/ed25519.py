"""Detached signatures (Ed25519, RFC 8032) over what a person signed, one line of ``run.json.sig`` a person.

Each line is an envelope as DSSE v1 lays it out, its payload an in-toto statement: the outputs with their checksums, and
who signed as what. Signing adds a line and leaves the others; none covers the lines of others, so each stays true.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_bytes, plain_text, write_file
from zt_analysis.errors import InputError
from zt_analysis.extras import need
from zt_analysis.runs.outputs import PAGE

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE = "run.json.sig"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE, PREDICATE_TYPE = "https://in-toto.io/Statement/v1", "urn:zt-analysis:sign-off:1"
# of a sign-off, what its signature holds
SIGNED = ("role", "by", "at", "figures", "values_sha256", "key", "decision", "remark", "items")


@dataclass(frozen=True)
class Envelope:
    """A line of the file: what was signed (``payload``), by the key of this ``keyid``, and the signature."""

    payload: bytes
    keyid: str
    signature: bytes

    @property
    def statement(self) -> dict[str, Any]:
        """What was signed; empty where it is no statement."""
        try:
            found = json.loads(self.payload)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def line(self) -> str:
        """The envelope as it stands in the file."""
        signature = {"keyid": self.keyid, "sig": base64.b64encode(self.signature).decode()}
        content = {"payloadType": PAYLOAD_TYPE, "payload": base64.b64encode(self.payload).decode()}
        return json.dumps(content | {"signatures": [signature]}) + "\n"

    def is_by(self, key: Path) -> bool:
        """Whether the holder of the public ``key`` signed this payload."""
        public = _public(key)
        from cryptography.exceptions import InvalidSignature

        try:
            public.verify(self.signature, _encoded(self.payload))
        except InvalidSignature:
            return False
        return True


def statement(record: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """What is signed: the run without what signing changes (``run_sha256``), the page as signed, and the sign-off."""
    sums = {one["path"]: one["sha256"] for one in record["outputs"]}
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": name, "digest": {"sha256": sha256}} for name, sha256 in sums.items()],
        "predicateType": PREDICATE_TYPE,
        "predicate": {"case": record["case"], "run_sha256": run_sha256(record), **_signed(entry)},
    }


def states(envelope: Envelope, record: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether ``envelope`` is over this run and this sign-off; the page may have been signed by others since."""
    found, now = envelope.statement, statement(record, entry)
    return found | {"subject": []} == now | {"subject": []} and _subject(found, but=PAGE) == _subject(now, but=PAGE)


def covers_page(envelope: Envelope, record: Mapping[str, Any]) -> bool:
    """Whether the page as it is now is the one that was signed."""
    page = {one["path"]: one["sha256"] for one in record["outputs"]}.get(PAGE)
    return page is not None and _subject(envelope.statement).get(PAGE) == page


def run_sha256(record: Mapping[str, Any]) -> str:
    """A checksum over a record without what changes as people sign: the page that shows it, and the sign-offs."""
    kept = {name: value for name, value in record.items() if name != "signoffs_sha256"}
    kept["outputs"] = [one for one in record["outputs"] if one["path"] != PAGE]
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def envelopes(folder: Path) -> list[Envelope]:
    """The signatures of the case in ``folder``, oldest first.

    Raises:
        InputError: the file holds something else.
    """
    path = folder / SIGNATURE
    if not path.exists():
        return []
    try:
        return [_envelope(line) for line in plain_text(path).splitlines()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder.name}/{SIGNATURE}", found=f"another file ({error})", expected="an envelope a line",
            hint=f"zt run {folder.name} --force makes the case anew, and it is signed again",
        ) from error  # fmt: skip


def write_envelopes(found: list[Envelope], folder: Path) -> None:
    """Write ``run.json.sig``; no file where nobody signed with a key."""
    path = folder / SIGNATURE
    if found:
        write_file(path, "".join(one.line for one in found))
    else:
        path.unlink(missing_ok=True)


def key_id(key: Path) -> str:
    """What names a key pair: the sha256 of its public half; of a private ``key`` (PEM without password).

    Raises:
        InputError: no such key.
    """
    return _id(_private(key).public_key())


def public_key_id(key: Path) -> str:
    """The same of a public ``key``."""
    return _id(_public(key))


def signed(record: Mapping[str, Any], entry: Mapping[str, Any], key: Path) -> Envelope:
    """The envelope of a sign-off of the run of ``record``, by the private ``key``."""
    payload = json.dumps(statement(record, entry), ensure_ascii=False, sort_keys=True).encode()
    private = _private(key)
    return Envelope(payload, _id(private.public_key()), private.sign(_encoded(payload)))


def _encoded(payload: bytes) -> bytes:
    """What is signed in truth (DSSE's pre-authentication encoding): a payload cannot pass for one of another type."""
    return b" ".join(
        [b"DSSEv1", str(len(PAYLOAD_TYPE)).encode(), PAYLOAD_TYPE.encode(), str(len(payload)).encode(), payload]
    )


def _envelope(line: str) -> Envelope:
    content = json.loads(line)
    (one,) = content["signatures"]
    if content["payloadType"] != PAYLOAD_TYPE:
        raise ValueError(f"payload of type {content['payloadType']!r}")
    decoded = (base64.b64decode(text, validate=True) for text in (content["payload"], one["sig"]))
    return Envelope(next(decoded), str(one["keyid"]), next(decoded))


def _signed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in SIGNED if name in entry}


def _subject(found: Mapping[str, Any], *, but: str = "") -> dict[str, str]:
    try:
        return {one["name"]: one["digest"]["sha256"] for one in found["subject"] if one["name"] != but}
    except (KeyError, TypeError):
        return {}


def _id(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()


def _private(key: Path) -> Ed25519PrivateKey:
    need("cryptography", f"signing with the key {key}")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    found = _loaded(key, lambda content: load_pem_private_key(content, password=None))
    if not isinstance(found, Ed25519PrivateKey):
        raise _no_key(key, "private", found)
    return found


def _public(key: Path) -> Ed25519PublicKey:
    need("cryptography", f"checking a signature with the key {key}")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    found = _loaded(key, load_pem_public_key)
    if not isinstance(found, Ed25519PublicKey):
        raise _no_key(key, "public", found)
    return found


def _loaded(key: Path, load: Any) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return load(plain_bytes(key))
    except OSError as error:
        raise InputError(f"key {key}", found=error.strerror, expected="a PEM file", hint="check the path") from error
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _no_key(key: Path, kind: str, found: Any) -> InputError:
    command = "openssl genpkey -algorithm ed25519 -out key.pem"
    if kind == "public":
        command = "openssl pkey -in key.pem -pubout -out key.pub"
    other = "another file" if found is None else f"a key of another kind ({type(found).__name__.lstrip('_')})"
    return InputError(f"key {key}", found=other, expected=f"a {kind} Ed25519 key in PEM", hint=command)
