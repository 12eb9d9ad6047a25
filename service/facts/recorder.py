from contextlib import AbstractContextManager

from address_match.service.facts.fact import Fact
from address_match.service.facts.projected_sums import ProjectedSums
from address_match.service.facts.queued_writer import WAITING_CALLS, WRITE_SECONDS, QueuedWriter
from address_match.service.facts.sink import gathering
from address_match.service.facts.writer import FactWriter


class FactRecorder(QueuedWriter[Fact]):
    """Keeps the facts of a service beside the answering."""

    def __init__(
        self, writer: FactWriter, *, waiting: int = WAITING_CALLS, seconds: float = WRITE_SECONDS
    ) -> None:
        super().__init__(writer, what="facts", waiting=waiting, seconds=seconds)
        self._sums = ProjectedSums()

    def recording(self, channel: str, asked: int) -> AbstractContextManager[None]:
        """Keep the facts of what the running thread answers within the context."""
        return gathering(self, channel, asked, self._sums)
