"""Both sides of a comparison as columns, so that features are computed over all pairs at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from address_match.computed_once import computed_once
from address_match.indexer.retrieval import Candidates, ReferenceStatistics
from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, DistinctPairs, Scorer
from address_match.service.matching.features.columns.query_words import QueryWords
from address_match.service.matching.query.query_columns import QueryColumns


class HasComputed(Protocol):
    """The pairs of a batch, or the table of their features."""

    @property
    def computed(self) -> dict[object, Any]:
        """What is shared, by the function that computes it."""
        ...


Batch = TypeVar("Batch", bound=HasComputed)
Computed = TypeVar("Computed")


@dataclass(frozen=True)
class Pairs:
    """All pairs of a batch: for each, a row of the queries and a row of the candidate texts."""

    queries: QueryColumns
    candidates: Candidates
    statistics: ReferenceStatistics

    def __len__(self) -> int:
        return len(self.candidates.query)

    @computed_once
    def query(self) -> NDArray[np.int64]:
        """Shape (pairs,): row of the query."""
        return self.candidates.query.astype(np.int64)

    @computed_once
    def text(self) -> NDArray[np.int64]:
        """Shape (pairs,): row of the candidate text."""
        return self.candidates.text.astype(np.int64)

    @computed_once
    def words(self) -> QueryWords:
        """What the queries say in words without digits."""
        return QueryWords.of(self.queries.terms, self.statistics)

    def of_query(self, field: str) -> Coded:
        """Return a field of every query."""
        return self.queries.fields.strings(field)

    def of_text(self, field: str) -> Coded:
        """Return a column of every candidate text."""
        return self.candidates.texts.strings(field)

    def whole_query(self) -> Coded:
        """Return the words of every query in one text."""
        return self._coded(
            "q.whole", lambda: Coded.of_rows([" ".join(words) for words in self.queries.terms])
        )

    def whole_text(self) -> Coded:
        """Return the address of every candidate text, upper case."""
        return self._coded(
            "t.whole",
            lambda: Coded.uncoded(map(str.upper, self.candidates.texts.strings("address").rows())),
        )

    @computed_once
    def computed(self) -> dict[object, Any]:
        """What several features share, by the function that computes it (`once_per_batch`)."""
        return {}

    def _coded(self, name: str, make: Callable[[], Coded]) -> Coded:
        if name not in self._columns:
            self._columns[name] = make()
        return self._columns[name]

    @computed_once
    def _columns(self) -> dict[str, Coded]:
        """Columns that several features share, read once."""
        return {}

    def query_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer field of the query, per pair."""
        return self._per_pair(f"q.{field}", lambda: self.queries.fields.numbers(field)[self.query])

    def text_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer column of the candidate text, per pair."""
        return self._per_pair(f"t.{field}", lambda: self.candidates.texts.numbers(field)[self.text])

    def _per_pair(self, name: str, make: Callable[[], NDArray[np.int64]]) -> NDArray[np.int64]:
        if name not in self._numbers:
            self._numbers[name] = make()
        return self._numbers[name]

    @computed_once
    def _numbers(self) -> dict[str, NDArray[np.int64]]:
        """Columns of integers that several features share, per pair; nothing may be written into them."""
        return {}

    def likeness(self, left: Coded, right: Coded, scorer: Scorer, cutoff: float = 0) -> NDArray[np.float32]:
        """Compare a query's string with a text's by a rapidfuzz scorer, as `DistinctPairs.similarity` does."""
        if not any(left.values):
            return np.full(len(self), LEFT_EMPTY, dtype=np.float32)
        return self.distinct(left, right).similarity(scorer, cutoff)

    def part_likeness(self, left: Coded, right: Coded, cutoff: float) -> NDArray[np.float32]:
        """Return how well a query's string is found in a part of a text's, as `DistinctPairs.part_similarity` does."""
        if not any(left.values):
            return np.full(len(self), LEFT_EMPTY, dtype=np.float32)
        return self.distinct(left, right).part_similarity(cutoff)

    def distinct(self, left: Coded, right: Coded) -> DistinctPairs:
        """Reduce pairs of a query's string and a text's string to the distinct ones among them."""
        known = (id(left.codes), id(right.codes))
        if known not in self._distinct:
            # The columns are kept with the result, so that no other array can come to have their identity.
            self._distinct[known] = self._reduced(left, right)
        found = self._distinct[known]
        return DistinctPairs(left, right, found.lefts, found.rights, found.inverse)

    def _reduced(self, left: Coded, right: Coded) -> DistinctPairs:
        count = len(right.values)
        if len(left.values) == 1:
            # Of one query every string of the texts is compared: there is nothing to look for.
            lefts, rights = np.zeros(count, dtype=np.int64), np.arange(count)
            return DistinctPairs(left, right, lefts, rights, right.codes[self.text])
        lefts, rights = left.codes[self.query], right.codes[self.text]
        if count == len(right.codes):
            # No two texts share a string, so that hardly any two pairs are equal.
            return DistinctPairs(left, right, lefts, rights, np.arange(len(self)))
        return DistinctPairs.of(left, right, lefts, rights)

    @computed_once
    def _distinct(self) -> dict[tuple[int, int], DistinctPairs]:
        """What `distinct` found by the codes of both columns; columns that map one another share their codes."""
        return {}


def once_per_batch(compute: Callable[[Batch], Computed]) -> Callable[[Batch], Computed]:
    """Compute what several features share, or several rules, once for all of them; nothing may be written into what is
    returned.
    """

    @wraps(compute)
    def computed(batch: Batch) -> Computed:
        kept = batch.computed
        if compute not in kept:
            kept[compute] = compute(batch)
        found: Computed = kept[compute]
        return found

    return computed
