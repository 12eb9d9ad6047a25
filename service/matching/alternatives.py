"""An unsure parse has rivals: each pair is scored under the reading of the query that fits the candidate best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.retrieval import Candidates, TermStatistics
from models.ranker import AdditiveRanker
from parser.read_text import Doubt, ReadText
from service.matching.comparison.columns import (
    NO_OTHER_READINGS,
    OtherReadings,
    Pairs,
    QueryColumns,
    readings_table,
)
from service.matching.comparison.features import compare

MOST_RIVALS = 2
DOUBT = Doubt(below=0.6, most=MOST_RIVALS, least_likely=0.25)
"""Which parses are so unsure that their rivals are heard."""


def other_readings(texts: Sequence[ReadText]) -> OtherReadings:
    """Lay out what texts say in other ways, those of a text that is read as `DOUBT` asks for."""
    queries = [row for row, text in enumerate(texts) for _ in text.rivals]
    if not queries:
        return NO_OTHER_READINGS
    readings = readings_table([reading for text in texts for reading in text.rivals])
    return OtherReadings(np.array(queries, dtype=np.int64), readings)


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs under the reading that fits best."""

    features: NDArray[np.float32]
    """Shape (pairs, features)."""
    log_odds: NDArray[np.float64]
    """Shape (pairs,)."""
    reading: NDArray[np.int64]
    """Shape (pairs,): row in `QueryColumns.others`, -1 for the first reading."""
    pairs: Pairs
    """What was compared, the queries under their first readings."""


def scored(
    columns: QueryColumns, candidates: Candidates, statistics: TermStatistics, ranker: AdditiveRanker
) -> ScoredPairs:
    """Score every pair under every reading of its query, and keep the best; of equal ones the likelier parse."""
    pairs = Pairs(columns, candidates, statistics)
    features = compare(pairs)
    log_odds = ranker.log_odds(features)
    reading = np.full(len(log_odds), -1, dtype=np.int64)
    others = columns.others
    if not len(others.query):
        return ScoredPairs(features, log_odds, reading, pairs)
    bounds = np.searchsorted(candidates.query, np.arange(len(columns.terms) + 1))
    sizes = np.diff(bounds)[others.query]
    row = np.repeat(np.arange(len(others.query)), sizes)
    pair = np.arange(len(row)) + np.repeat(bounds[others.query] - np.cumsum(sizes) + sizes, sizes)
    again = compare(Pairs(_read_otherwise(columns), _asked_again(candidates, row, pair), statistics))
    scores = ranker.log_odds(again)
    for rank in range(MOST_RIVALS):
        part = np.flatnonzero(_rank_among_rivals(others.query)[row] == rank)
        part = part[scores[part] > log_odds[pair[part]]]
        features[pair[part]], log_odds[pair[part]], reading[pair[part]] = again[part], scores[part], row[part]
    return ScoredPairs(features, log_odds, reading, pairs)


def _read_otherwise(columns: QueryColumns) -> QueryColumns:
    query = columns.others.query
    return replace(
        columns,
        readings=columns.others.readings,
        terms=tuple(columns.terms[q] for q in query.tolist()),
        vectors=columns.vectors[query],
        parse_probability=columns.parse_probability[query],
        others=NO_OTHER_READINGS,
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


def _rank_among_rivals(query: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 for the first other reading of each query, 1 for the second."""
    return np.arange(len(query)) - np.searchsorted(query, query)
