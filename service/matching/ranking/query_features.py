"""What makes it likelier that a query asks for a premises which the reference does not hold."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.columns.query_words import QueryWords
from address_match.service.matching.features.features import COLUMN
from address_match.service.matching.features.is_one_of import is_one_of
from address_match.service.matching.features.place import PostcodeLevel
from address_match.service.matching.features.premises_part import UNIT_AGREES, NumberLevel

QUERY_FEATURES: tuple[str, ...] = (
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
"""Columns of `query_features_of`, each in [-2, 2]."""
FOR_ABSENCE = frozenset({"best_number_differs", "best_unit_differs"})
"""Traits that never make it likelier that the premises is held."""

RIVAL_WITHIN = 2.0
"""Log-odds behind the best within which another premises is its rival."""
LOG_ODDS_SCALE = 10.0

_NUMBER_AGREES = (NumberLevel.NEITHER, NumberLevel.EQUAL, NumberLevel.CROSSED)


def query_features_of(
    pairs: Pairs,
    query: NDArray[np.int64],
    log_odds: NDArray[np.float64],
    features: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return the query features of each query, shape (queries, len(QUERY_FEATURES)); `pairs` are those of its candidates.

    `query`, `log_odds` and `features` describe the premises of the batch, ordered by query and then best first.
    """
    queries = len(pairs.queries.terms)
    no_number = pairs.queries.fields.column("number").to_numpy() < 0
    starts = query.searchsorted(np.arange(queries + 1))
    answered = (starts[:-1] < starts[1:]).nonzero()[0]
    best = starts[answered]
    number_differs, unit_differs = np.ones(queries), np.ones(queries)
    top = np.full(queries, -LOG_ODDS_SCALE)
    number_differs[answered] = ~is_one_of(features[best, COLUMN["number"]], _NUMBER_AGREES)
    unit_differs[answered] = ~is_one_of(features[best, COLUMN["unit"]], UNIT_AGREES)
    top[answered] = log_odds[best]
    rivals = np.bincount(query, log_odds > top[query] - RIVAL_WITHIN, minlength=queries)
    postcode = features[:, COLUMN["postcode"]] == int(PostcodeLevel.UNIT)
    street = features[:, COLUMN["street"]] > 0.9
    query_features = (
        np.ones(queries),
        no_number & ~pairs.of_query("unit").said_by_row(),
        ~pairs.of_query("reading_postcode").said_by_row(),
        ~pairs.of_query("street").said_by_row(),
        1.0 - pairs.queries.parse_probability,
        _unknown_share(pairs.words),
        np.bincount(query, postcode, minlength=queries) > 0,
        np.bincount(query, street, minlength=queries) > 0,
        number_differs,
        unit_differs,
        (top / LOG_ODDS_SCALE).clip(-2, 2),
        np.minimum(np.log1p(rivals) / 2, 2),
    )
    return np.array(query_features, dtype=np.float64).T.copy()


def _unknown_share(asked: QueryWords) -> NDArray[np.float64]:
    """Return the share of the words' weight that falls on words which the reference does not know."""
    return asked.total(asked.weights * ~asked.known) / np.maximum(asked.total(asked.weights), 1e-9)
