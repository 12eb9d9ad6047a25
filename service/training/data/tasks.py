"""Where a learner asks its queries: a reference that lacks some premises, and the streets that are asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from address_match.indexer.ports import Encoder
from address_match.indexer.retrieval import Retriever
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.splits import street_split
from address_match.parser.address_parser import AddressParser
from address_match.service.training.data.held_out_reference import reference_without
from address_match.service.training.data.queries import ABSENT_QUERIES, noisy_queries

MOST_TIMES_ASKED = 2
"""Queries for each premises, at most; more would only repeat what it teaches."""
_SPARE = 1.1


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """Premises among which the queries of one learner are looked for."""

    premises: Sequence[Premises]
    splits: frozenset[int]
    """Folds of the streets that are asked for; the neighbours on other streets are held as well."""
    held_out: frozenset[str]
    """UPRNs that the reference does not hold."""
    own: bool = False
    """Return whether it is a user's own reference: it is indexed as it is, where a made-up one is thinned first."""

    def queries(
        self, count: int, seed: int, *, absent: float = ABSENT_QUERIES, hard: bool = False
    ) -> list[NoisyQuery]:
        """Make queries on these streets, `count` of them or fewer where there are few premises, more of them `hard` ones if so.

        They are picked out of queries for all premises, so that a text that fits one on any other street as well is known to.
        """
        asked = {place.uprn for place in self.premises if street_split(place) in self.splits}
        wanted = min(count, MOST_TIMES_ASKED * len(asked))
        made = round(_SPARE * wanted * len(self.premises) / max(1, len(asked)))
        queries = noisy_queries(self.premises, made, seed, absent=absent, held_out=self.held_out, hard=hard)
        return list(islice((query for query in queries if query.uprn in asked), wanted))

    @contextmanager
    def opened(self, parser: AddressParser, encoder: Encoder, seed: int) -> Iterator[Retriever]:
        """Open an index over what the task holds, for as long as the context lasts."""
        with reference_without(
            self.premises, seed, parser, encoder, held_out=self.held_out, thinned=not self.own
        ) as retriever:
            yield retriever
