"""What the queries of a batch say, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.record import PARSED_FIELDS_SCHEMA, field_columns
from address_match.parser.parsed_fields import ParsedFields


@dataclass(frozen=True, slots=True)
class AlternativeParses:
    """What unsure queries may say instead."""

    query: NDArray[np.int64]
    """Shape (parses,): row of the query, ascending; the likelier parse of a query first."""
    fields: pa.Table
    """Columns of `address_match.indexer.record.PARSED_FIELDS_SCHEMA`, one row a parse."""

    def of_rows(self, rows: NDArray[np.int64]) -> "AlternativeParses":
        """Return those of some queries, which are numbered by their places in `rows`."""
        if not len(self.query):
            return self
        kept = [np.flatnonzero(self.query == row) for row in rows.tolist()]
        query = np.repeat(np.arange(len(kept)), [len(part) for part in kept])
        return AlternativeParses(query, self.fields.take(np.concatenate([np.empty(0, np.int64), *kept])))

    def ranks(self) -> NDArray[np.int64]:
        """Return 0 for the first alternative parse of each query, 1 for the second, shape (parses,)."""
        return np.arange(len(self.query)) - np.searchsorted(self.query, self.query)


NO_ALTERNATIVES = AlternativeParses(np.empty(0, dtype=np.int64), PARSED_FIELDS_SCHEMA.empty_table())


@dataclass(frozen=True, slots=True)
class QueryColumns:
    """What the queries of a batch say, row by row."""

    fields: pa.Table
    """Columns of `address_match.indexer.record.PARSED_FIELDS_SCHEMA`, one row a query."""
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
            self.fields.take(rows),
            tuple(self.terms[row] for row in rows.tolist()),
            self.vectors[rows],
            self.parse_probability[rows],
            self.alternatives.of_rows(rows),
        )

    def under_alternatives(self) -> "QueryColumns":
        """Return the queries once more for each of their alternative parses, in the order of `alternatives`."""
        query = self.alternatives.query
        return QueryColumns(
            self.alternatives.fields,
            tuple(self.terms[row] for row in query.tolist()),
            self.vectors[query],
            self.parse_probability[query],
        )


def fields_table(parsed: Sequence[ParsedFields]) -> pa.Table:
    """Lay parsed fields out as a table with the columns of `PARSED_FIELDS_SCHEMA`."""
    return pa.Table.from_batches([field_columns(parsed)])
