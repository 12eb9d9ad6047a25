"""What the queries of a batch say, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.indexer.texts.schemas import PARSED_FIELDS_SCHEMA
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.ragged import places_in_ranges, row_of_each

_FIELD_OF = dict(zip(PARSED_FIELDS_SCHEMA.names, PARSED_FIELDS, strict=True))
"""The field by the name of its column."""


class FieldColumns:
    """What texts say, field by field: columns of `PARSED_FIELDS_SCHEMA`, which are made where they are asked for."""

    def __init__(self, parsed: Sequence[ParsedFields]) -> None:
        self.parsed = parsed
        self._strings: dict[str, Coded] = {}

    def strings(self, name: str) -> Coded:
        """Return a column of strings."""
        if name not in self._strings:
            self._strings[name] = Coded.of_rows(self._values(name))
        return self._strings[name]

    def numbers(self, name: str) -> NDArray[np.int64]:
        """Return a column of integers, shape (texts,)."""
        return np.array(self._values(name), dtype=np.int64)

    def of_rows(self, rows: NDArray[np.int64]) -> "FieldColumns":
        """Return some of the rows, in the order given."""
        return FieldColumns([self.parsed[row] for row in rows.tolist()])

    def _values(self, name: str) -> list[Any]:
        return list(map(attrgetter(_FIELD_OF[name]), self.parsed))


@dataclass(frozen=True, slots=True)
class AlternativeParses:
    """What unsure queries may say instead."""

    query: NDArray[np.int64]
    """Shape (parses,): row of the query, ascending; the likelier parse of a query first."""
    fields: FieldColumns
    """A row a parse."""

    def of_rows(self, rows: NDArray[np.int64]) -> "AlternativeParses":
        """Return those of some queries, which are numbered by their places in `rows`."""
        if not len(self.query):
            return self
        starts, ends = self.query.searchsorted(rows), self.query.searchsorted(rows, side="right")
        places, bounds = places_in_ranges(starts, ends)
        return AlternativeParses(row_of_each(bounds), self.fields.of_rows(places))

    def ranks(self) -> NDArray[np.int64]:
        """Return 0 for the first alternative parse of each query, 1 for the second, shape (parses,)."""
        return np.arange(len(self.query)) - np.searchsorted(self.query, self.query)


NO_ALTERNATIVES = AlternativeParses(np.empty(0, dtype=np.int64), FieldColumns(()))


@dataclass(frozen=True, slots=True)
class QueryColumns:
    """What the queries of a batch say, row by row."""

    fields: FieldColumns
    terms: tuple[tuple[str, ...], ...]
    """Words of each query as `address_match.indexer.lexical.analysis.terms` gives them."""
    vectors: NDArray[np.float32]
    """Shape (queries, dimensions), unit rows."""
    parse_probability: NDArray[np.float64]
    """Shape (queries,): of the whole parse, in [0, 1]."""
    alternatives: AlternativeParses = NO_ALTERNATIVES

    def of_rows(self, rows: NDArray[np.int64]) -> "QueryColumns":
        """Return some of the queries, in the order given."""
        return QueryColumns(
            self.fields.of_rows(rows),
            tuple(self.terms[row] for row in rows.tolist()),
            self.vectors[rows],
            self.parse_probability[rows],
            self.alternatives.of_rows(rows),
        )

    def with_alternatives(self) -> "QueryColumns":
        """Return the queries, and behind them once more for each of their alternative parses, in the order of
        `alternatives`.
        """
        query = self.alternatives.query
        return QueryColumns(
            FieldColumns([*self.fields.parsed, *self.alternatives.fields.parsed]),
            (*self.terms, *(self.terms[row] for row in query.tolist())),
            np.concatenate([self.vectors, self.vectors[query]]),
            np.append(self.parse_probability, self.parse_probability[query]),
        )
