"""Whose signatures a registry trusts: lines in a file that the owner edits."""

import json
from collections.abc import Mapping
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.owned_file import said_in
from address_match.service.lifecycle.transfer.signing_key import public_key

TRUSTED_KEYS_FILE = "trusted_keys.toml"


def trusted_keys(folder: Path) -> Mapping[str, str] | None:
    """Return the public keys that a registry trusts, and whose each is; None where it asks for no signatures.

    Raises UsageError for a file that says something else.
    """
    path = folder / TRUSTED_KEYS_FILE
    content = said_in(path)
    if content is None:
        return None
    return {_checked(path, name, value): name for name, value in content.items()}


def trusted_line(name: str, public: str) -> str:
    """Return the line that lets a registry trust a key."""
    return f'{json.dumps(name, ensure_ascii=False)} = "{public}"'


def _checked(path: Path, name: str, value: object) -> str:
    try:
        public_key(str(value))
    except ValueError as error:
        raise UsageError(
            f"{path} has no public key for {name!r}: write what address-match model signing-key FILE prints"
        ) from error
    return str(value)
