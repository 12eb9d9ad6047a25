"""A row of the audit: an act, of what, by whom, and the hash of the row before."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from hashlib import sha256

BEFORE_THE_FIRST = "0" * 64
"""What the first row has in place of the hash of the row before."""


class Act(StrEnum):
    """What was done."""

    PROMOTE = "promote"
    ROLLBACK = "rollback"
    IMPORT = "import"
    SIGN = "sign"
    PROPOSE = "propose"
    APPROVE = "approve"
    KEY_ADD = "key-add"
    KEY_REVOKE = "key-revoke"
    USER_ADD = "user-add"
    USER_REMOVE = "user-remove"
    USER_PASSWORD = "user-password"  # noqa: S105 - of an act
    LABEL_EXPORT = "label-export"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act, in the order in which the table and the hash have its fields."""

    sequence: int
    """From 1, without a gap."""
    moment: str
    """ISO 8601, UTC, by the clock of whoever wrote it."""
    by: str
    """Who did it, as he said."""
    account: str
    """Who the machine takes him for."""
    act: str
    subject: str
    """Of what: a bundle, a key, a user, a decision."""
    details: str
    """Canonical JSON of an object; no address."""
    previous: str
    """Hash of the row before."""
    digest: str = ""
    """SHA-256 of all the fields above, in hexadecimal."""

    def sealed(self) -> "AuditRow":
        """Return the row with the hash of its content."""
        content = json.dumps(astuple(self)[:-1], separators=(",", ":"))
        return replace(self, digest=sha256(content.encode()).hexdigest())

    def as_object(self) -> dict[str, object]:
        """Return the row as JSON has it, its details as an object."""
        fields = {name: getattr(self, name) for name in COLUMNS}
        return fields | {"details": _loaded(self.details)}

    @property
    def told(self) -> str:
        """Say in words what of the details is no object in itself."""
        details = _loaded(self.details)
        if not isinstance(details, dict):
            return self.details
        deployment = details.get("deployment")
        if isinstance(deployment, dict):
            details = {"index": deployment.get("index")} | details
        return "; ".join(
            f"{name}: {value}" for name, value in details.items() if isinstance(value, str | int | float)
        )


COLUMNS = tuple(AuditRow.__dataclass_fields__)
"""Of the table."""


def canonical(details: Mapping[str, object]) -> str:
    """Return an object as JSON, the same text for the same object."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _loaded(details: str) -> object:
    """Read details; those that somebody altered to no JSON are given as they are."""
    try:
        return json.loads(details)
    except (ValueError, RecursionError):
        return details
