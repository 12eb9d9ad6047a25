"""Records the facts of a file: each batch is written when it is answered, by the process that answered it."""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from address_match.service.facts.fact import Fact
from address_match.service.facts.projected_sums import ProjectedSums
from address_match.service.facts.sink import gathering
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter

_log = logging.getLogger("address_match.facts")


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the facts of a run go; fit to travel to worker processes."""

    folder: Path
    channel: str
    keep_days: int

    def open(self) -> "DirectRecorder":
        """Return what records in this process."""
        return DirectRecorder(self)


class DirectRecorder:
    """Keeps facts before the call ends; what cannot be written is counted, and said once."""

    def __init__(self, recording: Recording) -> None:
        self._writer = FactWriter(FactStore(recording.folder), recording.keep_days)
        self._sums = ProjectedSums()
        self.dropped = 0

    def recording(self, channel: str, asked: int) -> AbstractContextManager[None]:
        """Keep the facts of what the running thread answers within the context."""
        return gathering(self, channel, asked, self._sums)

    def put(self, channel: str, facts: Sequence[Fact]) -> None:
        """Write facts."""
        if not facts:
            return
        try:
            self._writer.write(channel, facts)
        except OSError as error:
            self.lose(len(facts), f": {error}")

    def lose(self, count: int, why: str = "") -> None:
        """Count facts that are not kept."""
        if not self.dropped:
            _log.warning("facts of answers are not kept%s; the answers stand", why)
        self.dropped += count
