import asyncio
import json
import logging
from contextlib import suppress
from datetime import date
from pathlib import Path

from address_match.drafts import replaced
from address_match.timestamp import timestamp

WRITE_SECONDS = 60.0
"""A use is written down so long after it at most, however many there were."""

_log = logging.getLogger("address_match.access")


class LastUse:
    """On which day each key was used last: noted in memory, and written beside the keys once a minute where that
    changed.
    """

    def __init__(self, keys: Path) -> None:
        """Keep the days in a file beside that of the keys."""
        self._file = keys.with_name(f"{keys.name}.used")
        self._days: dict[str, str] = {}
        self._is_written = True
        self._stopping = asyncio.Event()

    def note(self, key: str) -> None:
        """Remember that a key, by its id, is used now."""
        today = timestamp()[:10]
        if self._days.get(key) != today:
            self._days[key] = today
            self._is_written = False

    def days(self) -> dict[str, str]:
        """Return the day of each key's last use as far as it is written down: ISO 8601, UTC, by id."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # nothing was used yet, or it is lost: it guards nothing
            return {}
        return {key: day for key, day in found.items() if _is_day(day)} if isinstance(found, dict) else {}

    async def run(self) -> None:
        """Write down what changed until `stop` is called, and once more then."""
        is_last = False
        while not is_last:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), WRITE_SECONDS)
            is_last = self._stopping.is_set()
            if not self._is_written:
                self._is_written = True
                await asyncio.to_thread(self._write, dict(self._days))

    def stop(self) -> None:
        """Make `run` return."""
        self._stopping.set()

    def _write(self, days: dict[str, str]) -> None:
        written = self.days()
        latest = {key: max(written.get(key, ""), days.get(key, "")) for key in written | days}
        try:
            with replaced(self._file, private=True) as draft:
                draft.write_text(json.dumps(latest, indent=1), encoding="utf-8")
        except OSError as error:
            _log.warning("when keys were used last cannot be written to %s: %s", self._file, error.strerror)


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
