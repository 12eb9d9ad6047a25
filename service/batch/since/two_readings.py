"""Whether texts say the same with the names of two generations of a reference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from address_match.indexer.local.compared.changed_reference import ChangedReference
from address_match.parser.parsed_address import ParsedAddress
from address_match.service.matching.pipeline import MatchPipeline

_AS_LIKELY = 0.05
"""By so much the probability of a parse may differ, and no answer with it."""

Reads = Callable[[Sequence[str]], list[ParsedAddress]]
"""Parses texts as matching does."""


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """Reads texts with the names of each of two generations."""

    before: Reads
    now: Reads

    @classmethod
    def of(cls, changed: ChangedReference, pipeline: MatchPipeline) -> "TwoReadings":
        """Return the readings of a matcher, which knows the names of the new generation."""
        return cls(pipeline.knowing(changed.old.names).parsed, pipeline.parsed)

    def differ(self, texts: Sequence[str]) -> list[bool]:
        """Return which texts say something else, or may, or are as likely to no more."""
        each = zip(self.before(texts), self.now(texts), strict=True)
        return [not _say_the_same(before, now) for before, now in each]


def _say_the_same(before: ParsedAddress, now: ParsedAddress) -> bool:
    return (
        before.fields == now.fields
        and before.alternatives == now.alternatives
        and abs(before.probability - now.probability) < _AS_LIKELY
    )
