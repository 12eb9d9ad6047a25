"""The key that whoever answers for a bundle signs it with: Ed25519, in a file that is his alone."""

import base64
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from address_match.service.errors import UsageError

_OWNERS_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """Its public part, as those who trust it write it down: 32 bytes in base64."""
        return base64.b64encode(self.private.public_key().public_bytes_raw()).decode()

    def sign(self, content: bytes) -> str:
        """Return the signature of a content, in base64."""
        return base64.b64encode(self.private.sign(content)).decode()


def make_signing_key(path: Path) -> SigningKey:
    """Write a new key into a file that its owner alone can read; raises UsageError where one stands, since it would be
    lost.
    """
    private = Ed25519PrivateKey.generate()
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNERS_ALONE)
    except FileExistsError as error:
        raise UsageError(f"{path} exists; name another file for the new key") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    return SigningKey(private)


def read_signing_key(path: Path) -> SigningKey:
    """Read a key; raises UsageError for a file that holds none."""
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"{path} holds no key to sign with that could be read: make one, address-match model signing-key FILE --new"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(
            f"{path} holds a key of another kind than Ed25519: make one, address-match model signing-key FILE --new"
        )
    return SigningKey(private)


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key as `SigningKey.public` gives it; raises ValueError for what is none."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def is_signed(content: bytes, signature: str, by: str) -> bool:
    """Return whether a signature of a content was made by the private part of a public key; raises ValueError for what
    is no base64.
    """
    try:
        public_key(by).verify(base64.b64decode(signature, validate=True), content)
    except InvalidSignature:
        return False
    return True
