"""Passwords: what is kept of one, and whether what somebody types is it. Hashed by scrypt (RFC 7914)."""

import hashlib
import hmac
import re
import secrets
import unicodedata

from address_match.service.errors import UsageError

LEAST = 12
"""Characters of a password; NIST SP 800-63B asks for 8 and advises more."""
MOST = 1_000
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3
"""32 MiB and about a quarter of a second, one of the settings that OWASP names."""
_SALT_BYTES = 16
_KEPT = re.compile(r"scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([0-9a-f]{32})\$([0-9a-f]{64})")
_NOBODY = f"scrypt${_COST}${_BLOCK}${_PARALLEL}${'0' * 32}${'0' * 64}"


def hashed(password: str) -> str:
    """Return what is kept of a password, with a salt of its own; raises UsageError where it is too short or too long."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(
            f"a password has {LEAST} to {MOST:,} characters; several words make one that is kept in mind"
        )
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _digest(password, salt, _COST, _BLOCK, _PARALLEL)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${salt.hex()}${digest.hex()}"


def is_password(kept: str, typed: str) -> bool:
    """Return whether somebody typed the password of which this is kept; where nothing is, no, in a time that does not
    tell.
    """
    parts = _KEPT.fullmatch(kept or _NOBODY)
    if parts is None:
        raise ValueError("no hash of a password")
    cost, block, parallel = (int(part) for part in parts.groups()[:3])
    digest = _digest(typed, bytes.fromhex(parts[4]), cost, block, parallel)
    return hmac.compare_digest(digest, bytes.fromhex(parts[5])) and bool(kept)


def is_kept_form(kept: str) -> bool:
    """Return whether a text has the form of what is kept of a password."""
    return _KEPT.fullmatch(kept) is not None


def _digest(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    # The same letters may be typed as other code points on another keyboard.
    typed = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    room = 256 * block * (cost + parallel)
    return hashlib.scrypt(typed, salt=salt, n=cost, r=block, p=parallel, maxmem=room, dklen=32)
