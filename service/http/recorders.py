from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.sink import NO_FACTS
from address_match.service.http.service_parts import ServiceParts
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.lifecycle.kept_texts.text_keeper import TextKeeper
from address_match.service.lifecycle.shadow.shadow import Each, Shadow


@dataclass(frozen=True, slots=True)
class Recorders:
    """What writes beside the requests, each in a thread of its own; what there is none of is not kept."""

    facts: FactRecorder | None = None
    """Of the answers, without addresses."""
    shadow: Shadow | None = None
    """A candidate that answers beside, and keeps the facts of its answers."""
    texts: TextKeeper | None = None
    """Of some of the addresses, encrypted."""

    def begin(self, beside: ExitStack, metrics: ServiceMetrics) -> None:
        """Have them write until `beside` ends."""
        named = (
            ("facts", "Facts of answers", self.facts),
            ("shadow", "Answers of the candidate", self.shadow),
            ("texts", "Addresses of answers", self.texts),
        )
        for name, words, recorder in named:
            if recorder is not None:
                beside.enter_context(_recording(name, words, recorder, metrics))

    def told_by(self, parts: ServiceParts) -> ServiceParts:
        """Return the parts, which tell these of their answers."""
        shadow = Each(*(one for one in (self.shadow, self.texts) if one is not None))
        return replace(parts, facts=self.facts or NO_FACTS, shadow=shadow)


@contextmanager
def _recording(
    name: str, what: str, recorder: FactRecorder | Shadow | TextKeeper, metrics: ServiceMetrics
) -> Iterator[None]:
    """Have facts written for as long as the context lasts, and counted under a name."""
    metrics.show(f"{name}_recorded", f"{what} that were written", recorder.recorded)
    metrics.show(f"{name}_dropped", f"{what} that were not kept", recorder.dropped)
    recorder.start()
    try:
        yield
    finally:
        recorder.stop()
