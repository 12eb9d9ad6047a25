"""API keys: what a holder sends, and what is kept of it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

from address_match.timestamp import timestamp

_SENT = re.compile(r"amk_([0-9a-f]{12})_([0-9a-f]{64})")
"""The prefix lets scanners of repositories and logs find a key that was left there."""
_NO_DIGEST = "0" * 64


class Role(StrEnum):
    """What the holder of a key is there for."""

    READER = "reader"
    """Asks for addresses."""
    LABELLER = "labeller"
    """Asks for addresses, and says which answers are right."""
    OWNER = "owner"
    """Answers for the reference and its answers: may do all that a labeller may."""
    OPERATOR = "operator"
    """Keeps the service running, and sees no address."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key: enough to know it again, too little to make it."""

    id: str
    """The public part of the key, by which commands and logs speak of it."""
    name: str
    """Of its holder; no two keys in force share one."""
    role: Role
    digest: str
    """SHA-256 of the secret part, in hexadecimal."""
    created: str
    """ISO 8601, UTC."""
    revoked: str = ""
    """ISO 8601, UTC; empty while the key is in force."""
    rate: int = 0
    """Requests a second at most; 0 stands for what the service allows to every key."""
    at_once: int = 0
    """Requests at the same time at most; 0 stands for what the service allows to every key."""


def issue(name: str, role: Role, *, rate: int = 0, at_once: int = 0) -> tuple[ApiKey, str]:
    """Make a key; return what is kept of it, and the text that its holder sends, which is kept nowhere."""
    public, secret = secrets.token_hex(6), secrets.token_hex(32)
    key = ApiKey(public, name, role, _digest(secret), timestamp(), rate=rate, at_once=at_once)
    return key, f"amk_{public}_{secret}"


def parts_of(sent: str) -> tuple[str, str]:
    """Return the public and the secret part of what was sent as a key; both empty where it has not the form of one."""
    found = _SENT.fullmatch(sent)
    return (found[1], found[2]) if found else ("", "")


def is_secret_of(key: ApiKey | None, secret: str) -> bool:
    """Return whether a secret is that of a key, in a time that does not tell how much of it is right, nor whether there
    is a key.
    """
    is_equal = hmac.compare_digest(_digest(secret), _NO_DIGEST if key is None else key.digest)
    return is_equal and key is not None


def _digest(secret: str) -> str:
    # The secret is 256 random bits: there is nothing to guess that a slow hash would slow down.
    return hashlib.sha256(secret.encode()).hexdigest()
