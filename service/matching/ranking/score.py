"""An unsure parse has rivals: each pair is scored under the reading of the query that fits the candidate best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Candidates, TermStatistics
from address_match.models.ranker.additive_ranker import AdditiveRanker
from address_match.parser.parsed_address import NBestPolicy, ParsedAddress
from address_match.service.matching.features.columns.pairs import (
    NO_ALTERNATIVES,
    AlternativeParses,
    Pairs,
    QueryColumns,
    fields_table,
)
from address_match.service.matching.features.features import compare

MOST_ALTERNATIVE_PARSES = 2
NBEST_POLICY = NBestPolicy(below=0.6, most=MOST_ALTERNATIVE_PARSES, least_likely=0.25)
"""Which parses are so unsure that their rivals are heard."""


def alternative_parses(texts: Sequence[ParsedAddress]) -> AlternativeParses:
    """Lay out what texts say in other ways, those of a text that is read as `NBEST_POLICY` asks for."""
    queries = [row for row, text in enumerate(texts) for _ in text.alternatives]
    if not queries:
        return NO_ALTERNATIVES
    fields = fields_table([reading for text in texts for reading in text.alternatives])
    return AlternativeParses(np.array(queries, dtype=np.int64), fields)


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs under the reading that fits best."""

    features: NDArray[np.float32]
    """Shape (pairs, features)."""
    log_odds: NDArray[np.float64]
    """Shape (pairs,)."""
    alternative: NDArray[np.int64]
    """Shape (pairs,): row in `QueryColumns.others`, -1 for the first reading."""
    pairs: Pairs
    """What was compared, the queries under their first fields."""


def score_pairs(
    columns: QueryColumns, candidates: Candidates, statistics: TermStatistics, ranker: AdditiveRanker
) -> ScoredPairs:
    """Score every pair under every reading of its query, and keep the best; of equal ones the likelier parse."""
    pairs = Pairs(columns, candidates, statistics)
    features = compare(pairs)
    log_odds = ranker.log_odds(features)
    alternative = np.full(len(log_odds), -1, dtype=np.int64)
    others = columns.others
    if not len(others.query):
        return ScoredPairs(features, log_odds, alternative, pairs)
    bounds = np.searchsorted(candidates.query, np.arange(len(columns.terms) + 1))
    sizes = np.diff(bounds)[others.query]
    row = np.repeat(np.arange(len(others.query)), sizes)
    pair = np.arange(len(row)) + np.repeat(bounds[others.query] - np.cumsum(sizes) + sizes, sizes)
    again = compare(Pairs(_under_alternatives(columns), _asked_again(candidates, row, pair), statistics))
    scores = ranker.log_odds(again)
    for rank in range(MOST_ALTERNATIVE_PARSES):
        part = np.flatnonzero(_rank_among_alternatives(others.query)[row] == rank)
        part = part[scores[part] > log_odds[pair[part]]]
        features[pair[part]], log_odds[pair[part]], alternative[pair[part]] = (
            again[part],
            scores[part],
            row[part],
        )
    return ScoredPairs(features, log_odds, alternative, pairs)


def _under_alternatives(columns: QueryColumns) -> QueryColumns:
    query = columns.others.query
    return replace(
        columns,
        fields=columns.others.fields,
        terms=tuple(columns.terms[q] for q in query.tolist()),
        vectors=columns.vectors[query],
        parse_probability=columns.parse_probability[query],
        others=NO_ALTERNATIVES,
    )


def _asked_again(candidates: Candidates, row: NDArray[np.int64], pair: NDArray[np.int64]) -> Candidates:
    """Return some pairs once more, for other rows of queries, with the texts that they need."""
    needed, text = np.unique(candidates.text[pair], return_inverse=True)
    return Candidates(
        query=row.astype(np.int32),
        text=text.astype(np.int32),
        channels=candidates.channels[pair],
        texts=candidates.texts.take(needed),
        vectors=candidates.vectors[needed],
    )


def _rank_among_alternatives(query: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 for the first other reading of each query, 1 for the second."""
    return np.arange(len(query)) - np.searchsorted(query, query)
