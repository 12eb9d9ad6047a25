import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from address_match.service.access.api_key import ApiKey, Role, issue
from address_match.service.access.record_file import RecordFile, refuse_odd_name
from address_match.service.errors import UsageError
from address_match.timestamp import timestamp

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _unseen(_key: ApiKey) -> None:
    """See nothing."""


class KeyFile(RecordFile[ApiKey]):
    """The keys of a service, revoked ones too."""

    what = "keys"
    remedy = "make keys anew with `address-match keys add`"

    def record_of(self, row: Mapping[str, Any]) -> ApiKey:
        """Return a row of the file as a key."""
        key = ApiKey(**{**row, "role": Role(row["role"])})
        if not _DIGEST.fullmatch(key.digest) or min(key.rate, key.at_once) < 0:
            raise ValueError("no key")
        return key

    def add(
        self,
        name: str,
        role: Role,
        *,
        rate: int = 0,
        at_once: int = 0,
        witness: Callable[[ApiKey], object] = _unseen,
    ) -> tuple[ApiKey, str]:
        """Make a key and keep it; return it with the text that its holder sends. Raises UsageError for a name that
        cannot be.

        `witness` is notified of the key first; where it raises, nothing is kept.
        """
        refuse_odd_name(name, "a key")
        with self.changing() as keys:
            if any(key.name == name and not key.revoked for key in keys):
                raise UsageError(f"a key {name!r} is in force already; revoke it first, or take another name")
            key, sent = issue(name, role, rate=rate, at_once=at_once)
            witness(key)
            keys.append(key)
        return key, sent

    def revoke(self, name: str, *, witness: Callable[[ApiKey], object] = _unseen) -> ApiKey:
        """Put a key out of force, named by its name or its id, and return it. Raises UsageError where none in force is
        called so.

        `witness` is notified first, as by `add`.
        """
        with self.changing() as keys:
            found = next((key for key in keys if name in {key.name, key.id} and not key.revoked), None)
            if found is None:
                raise UsageError(
                    f"no key in force is called {name!r}; `address-match keys list` shows all of {self.path}"
                )
            revoked = replace(found, revoked=timestamp())
            witness(revoked)
            keys[keys.index(found)] = revoked
        return revoked
