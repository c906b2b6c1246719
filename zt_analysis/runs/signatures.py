"""Detached signatures (Ed25519, RFC 8032) over a run record, by a key that the user holds."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE = "run.json.sig"


def sign_file(path: Path, key: Path) -> Path:
    """Write the signature of ``path`` by the private ``key`` (PEM without password) beside it; returns its path."""
    signature = path.with_name(SIGNATURE)
    signature.write_bytes(base64.b64encode(_private(key).sign(path.read_bytes())) + b"\n")
    return signature


def is_signed_by(path: Path, signature: Path, key: Path) -> bool:
    """Whether ``signature`` is that of ``path`` by the holder of the public ``key``."""
    from cryptography.exceptions import InvalidSignature

    public = _public(key)
    try:
        public.verify(base64.b64decode(signature.read_bytes(), validate=False), path.read_bytes())
    except (InvalidSignature, OSError, binascii.Error):
        return False
    return True


def _private(key: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    found = _loaded(key, lambda content: load_pem_private_key(content, password=None))
    if not isinstance(found, Ed25519PrivateKey):
        raise _no_key(key, "private")
    return found


def _public(key: Path) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    found = _loaded(key, load_pem_public_key)
    if not isinstance(found, Ed25519PublicKey):
        raise _no_key(key, "public")
    return found


def _loaded(key: Path, load: Any) -> Any:
    try:
        return load(key.read_bytes())
    except OSError as error:
        raise InputError(f"key {key}", found=error.strerror, expected="a PEM file", hint="check the path") from error
    except (ValueError, TypeError):
        return None


def _no_key(key: Path, kind: str) -> InputError:
    command = "openssl genpkey -algorithm ed25519 -out key.pem"
    if kind == "public":
        command = "openssl pkey -in key.pem -pubout -out key.pub"
    return InputError(f"key {key}", found="another file", expected=f"a {kind} Ed25519 key in PEM", hint=command)
