"""The time of day as all that is stored writes it, for every package."""

from datetime import UTC, datetime
from typing import Literal


def timestamp(to: Literal["seconds", "milliseconds"] = "seconds") -> str:
    """Return the moment: ISO 8601, UTC, `2026-11-30T09:15:00+00:00`."""
    return datetime.now(UTC).isoformat(timespec=to)
