"""What makes it likelier that a query asks for a premises which the reference does not hold."""

import numpy as np
from numpy.typing import NDArray

from indexer.retrieval import TermStatistics
from service.matching.comparison.columns import QueryColumns
from service.matching.comparison.features import COLUMN
from service.matching.comparison.overlap import QueryWords
from service.matching.comparison.places import PostcodeRelation
from service.matching.comparison.premises_part import NumberRelation, UnitRelation

TRAITS: tuple[str, ...] = (
    "always",
    "no_number",
    "no_postcode",
    "no_street",
    "parse_doubt",
    "unknown_words",
    "postcode_held",
    "street_held",
    "best_number_differs",
    "best_unit_differs",
    "best_log_odds",
    "rivals",
)
"""Columns of `query_traits`, each in [-2, 2]."""

RIVAL_WITHIN = 2.0
"""Log-odds behind the best within which another premises is its rival."""
LOG_ODDS_SCALE = 10.0

_NUMBER_AGREES = (NumberRelation.NEITHER, NumberRelation.EQUAL, NumberRelation.CROSSED)
_UNIT_AGREES = (UnitRelation.NEITHER, UnitRelation.EQUAL, UnitRelation.FLOOR_EQUAL, UnitRelation.CROSSED)


def query_traits(
    columns: QueryColumns,
    statistics: TermStatistics,
    query: NDArray[np.int64],
    log_odds: NDArray[np.float64],
    features: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return the traits of each query, shape (queries, len(TRAITS)).

    `query`, `log_odds` and `features` describe the premises of the batch, ordered by query and then best first.
    """
    queries = len(columns.terms)
    readings = columns.readings
    number = readings.column("number").to_numpy() < 0
    unit = np.array([not u for u in readings.column("unit").to_pylist()], dtype=bool)
    first = np.unique(query, return_index=True)
    best_number, best_unit = features[:, COLUMN["number"]], features[:, COLUMN["unit"]]
    number_differs, unit_differs = np.ones(queries), np.ones(queries)
    top = np.full(queries, -LOG_ODDS_SCALE)
    number_differs[first[0]] = ~np.isin(best_number[first[1]], _NUMBER_AGREES)
    unit_differs[first[0]] = ~np.isin(best_unit[first[1]], _UNIT_AGREES)
    top[first[0]] = log_odds[first[1]]
    rivals = np.bincount(query, log_odds > top[query] - RIVAL_WITHIN, minlength=queries)
    postcode = features[:, COLUMN["postcode"]] == int(PostcodeRelation.UNIT)
    street = features[:, COLUMN["street"]] > 0.9
    return np.stack(
        [
            np.ones(queries),
            (number & unit).astype(np.float64),
            _blank(readings.column("reading_postcode").to_pylist()),
            _blank(readings.column("street").to_pylist()),
            1.0 - columns.parse_probability,
            _unknown_share(columns, statistics),
            (np.bincount(query, postcode, minlength=queries) > 0).astype(np.float64),
            (np.bincount(query, street, minlength=queries) > 0).astype(np.float64),
            number_differs,
            unit_differs,
            np.clip(top / LOG_ODDS_SCALE, -2, 2),
            np.minimum(np.log1p(rivals) / 2, 2),
        ],
        axis=1,
    )


def _blank(strings: list[str]) -> NDArray[np.float64]:
    return np.array([not s for s in strings], dtype=np.float64)


def _unknown_share(columns: QueryColumns, statistics: TermStatistics) -> NDArray[np.float64]:
    """Return the share of the words' weight that falls on words which the reference does not know."""
    asked = QueryWords.of(columns.terms, statistics)
    queries = len(columns.terms)
    owner = np.repeat(np.arange(queries), asked.counts)
    total = np.bincount(owner, asked.weights, minlength=queries)
    unknown = np.bincount(owner, asked.weights * ~asked.known, minlength=queries)
    return unknown / np.maximum(total, 1e-9)
