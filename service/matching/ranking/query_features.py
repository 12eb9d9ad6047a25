"""What makes it likelier that a query asks for a premises which the reference does not hold."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from address_match.computed_once import computed_once
from address_match.service.matching.answer import Reason
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.names.compare_names import OTHER_NAME
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.crossed_notation import query_designators, text_designators
from address_match.service.matching.features.parts.designator import describe_a_part
from address_match.service.matching.features.parts.number import WRITTEN_ALIKE
from address_match.service.matching.features.parts.unit import SAME_UNIT
from address_match.service.matching.features.places.postcode import PostcodeLevel
from address_match.service.matching.features.streets.compare_streets import OTHER_STREET, WITH_SLIPS
from address_match.service.matching.features.streets.street import STREET_HELD_ABOVE
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.rules.acceptance_rules import reasons_to_abstain
from address_match.service.matching.rules.street_rules import stands_on_another_street

NEARLY_WITHIN = 2.0
"""Log-odds behind the best within which a premises fits nearly as well."""
LOG_ODDS_SCALE = 10.0
FITS_FROM = -5.0
"""Log-odds from which a candidate that a rule forbids seems to be the premises asked for."""


@dataclass(frozen=True)
class RankedQueries:
    """The queries of a batch and their premises, ordered by query and then best first."""

    pairs: Pairs
    """Those of the queries and all their candidates."""
    query: NDArray[np.int64]
    """Shape (premises,), as `pair`, `log_odds` and the rows of `features`."""
    pair: NDArray[np.int64]
    """The pair whose text stands for the premises."""
    log_odds: NDArray[np.float64]
    features: FeatureTable

    def __len__(self) -> int:
        return len(self.pairs.queries.terms)

    @computed_once
    def answered(self) -> NDArray[np.int64]:
        """The queries that have any premises, ascending."""
        return (self._starts[:-1] < self._starts[1:]).nonzero()[0]

    @computed_once
    def best(self) -> NDArray[np.int64]:
        """Row of the best premises of each answered query."""
        return self._starts[self.answered]

    @computed_once
    def best_features(self) -> FeatureTable:
        """Comparison vectors of the best premises, a row an answered query."""
        return self.features.take(self.best)

    @computed_once
    def abstain(self) -> list[Reason]:
        """Say why a rule of the decision forbids the best premises, one an answered query; `Reason.NONE` where none
        does.
        """
        return reasons_to_abstain(self.best_features)

    @computed_once
    def best_log_odds(self) -> NDArray[np.float64]:
        """Shape (queries,): of the best premises, least where there is none."""
        return self.of_best(self.log_odds, -LOG_ODDS_SCALE)

    @computed_once
    def best_is_barred(self) -> NDArray[np.bool_]:
        """Return whether a rule of the decision forbids the best premises, shape (queries,); so it does where there is
        none.
        """
        return self.of_answered([reason is not Reason.NONE for reason in self.abstain], 1) > 0

    def of_best(self, values: NDArray[np.generic], otherwise: float) -> NDArray[np.float64]:
        """Return a value of each query's best premises, shape (queries,); `otherwise` where it has none."""
        return self.of_answered(values[self.best], otherwise)

    def of_answered(self, values: ArrayLike, otherwise: float) -> NDArray[np.float64]:
        """Return values of the answered queries, one each, as values of all, shape (queries,); `otherwise` for the
        rest.
        """
        found = np.full(len(self), otherwise)
        found[self.answered] = values
        return found

    def counted(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the premises of each query for which something holds, shape (queries,)."""
        found: NDArray[np.int64] = np.bincount(self.query[which], minlength=len(self))
        return found

    @computed_once
    def _starts(self) -> NDArray[np.int64]:
        return self.query.searchsorted(np.arange(len(self) + 1))


@dataclass(frozen=True, slots=True)
class QueryFeature:
    """One named fact of a query, declared once with all that is to be known of it."""

    name: str
    """As calibrations and explanations store it."""
    words: str
    compute: Callable[[RankedQueries], NDArray[np.float64] | NDArray[np.bool_]]
    """To a value per query, in [-2, 2]."""
    only_for_absence: bool = False
    """Whether it never makes it likelier that the premises is held."""
    constant: bool = False
    """Whether it is 1 for every query, so that its value says nothing."""

    def value_in_words(self, value: float) -> str:
        """Return what it is about, and its value."""
        return self.words if self.constant else f"{self.words}: {value:.2f}"


def _no_number(ranked: RankedQueries) -> NDArray[np.bool_]:
    no_number: NDArray[np.bool_] = ranked.pairs.queries.fields.numbers("number") < 0
    return no_number & ~ranked.pairs.of_query("unit").said_by_row()


def _unknown_share(ranked: RankedQueries) -> NDArray[np.float64]:
    """Return the share of the words' weight that falls on words which the reference does not know."""
    words = ranked.pairs.words
    return words.total(words.weights * ~words.known) / np.maximum(words.total(words.weights), 1e-9)


def _nearly_as_good(ranked: RankedQueries) -> NDArray[np.float64]:
    near = ranked.counted(ranked.log_odds > ranked.best_log_odds[ranked.query] - NEARLY_WITHIN)
    return np.minimum(np.log1p(near) / 2, 2)


def _fit_of_barred(ranked: RankedQueries) -> NDArray[np.float64]:
    """Return how well the best candidate fits where a rule forbids it, 0 where none does: of the forbidden ones, those
    are no righter.
    """
    fit: NDArray[np.float64] = ((ranked.best_log_odds - FITS_FROM) / LOG_ODDS_SCALE).clip(0, 2)
    return fit * ranked.best_is_barred


def _describes_its_part(ranked: RankedQueries) -> NDArray[np.bool_]:
    """Return where only the query or only the best candidate names a part, and does so by where it lies, shape (answered
    queries,).
    """
    pairs, best, unit = ranked.pairs, ranked.pair[ranked.best], ranked.best_features.unit
    asked, held = is_level(unit, UnitLevel.QUERY_ONLY), is_level(unit, UnitLevel.CANDIDATE_ONLY)
    if not (asked | held).any():
        return asked
    asked &= describe_a_part(query_designators(pairs))[pairs.query[best]]
    held &= describe_a_part(text_designators(pairs))[pairs.text[best]]
    return asked | held


DECLARED_QUERY_FEATURES: tuple[QueryFeature, ...] = (
    QueryFeature("always", "where absence starts from", lambda ranked: np.ones(len(ranked)), constant=True),
    QueryFeature("no_number", "neither number nor flat is given", _no_number),
    QueryFeature(
        "no_postcode",
        "no postcode is given",
        lambda ranked: ~ranked.pairs.of_query("reading_postcode").said_by_row(),
    ),
    QueryFeature(
        "no_street", "no street is given", lambda ranked: ~ranked.pairs.of_query("street").said_by_row()
    ),
    QueryFeature(
        "parse_doubt",
        "the address reads in more than one way",
        lambda ranked: 1.0 - ranked.pairs.queries.parse_probability,
    ),
    QueryFeature("unknown_words", "words that the reference does not know", _unknown_share),
    QueryFeature(
        "postcode_held",
        "the reference holds the postcode",
        lambda ranked: ranked.counted(is_level(ranked.features.postcode, PostcodeLevel.UNIT)) > 0,
    ),
    QueryFeature(
        "street_held",
        "the reference holds the street",
        lambda ranked: ranked.counted(ranked.features.street > STREET_HELD_ABOVE) > 0,
    ),
    QueryFeature(
        "best_number_differs",
        "the best candidate's number differs",
        lambda ranked: ranked.of_best(~is_one_of(ranked.features.number, WRITTEN_ALIKE), 1),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_unit_differs",
        "the best candidate's flat differs",
        lambda ranked: ranked.of_best(~is_one_of(ranked.features.unit, SAME_UNIT), 1),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_part_described",
        "the best candidate is a house for a part told by where it lies, or such a part for its house",
        lambda ranked: ranked.of_answered(_describes_its_part(ranked), 0),
    ),
    QueryFeature(
        "best_street_differs",
        "the best candidate stands on another street",
        lambda ranked: ranked.of_best(is_one_of(ranked.features.street_identity, OTHER_STREET), 1),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_street_doubtful",
        "the best candidate's street is the asked one with slips, or another",
        lambda ranked: ranked.of_best(is_one_of(ranked.features.street_identity, WITH_SLIPS), 0),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_name_differs",
        "the best candidate's name differs",
        lambda ranked: ranked.of_best(is_one_of(ranked.features.names, OTHER_NAME), 1),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_elsewhere",
        "the best candidate's street cannot be the asked one",
        lambda ranked: ranked.of_answered(stands_on_another_street(ranked.best_features), 1),
        only_for_absence=True,
    ),
    QueryFeature(
        "best_barred",
        "a rule keeps the best candidate from being matched",
        lambda ranked: ranked.best_is_barred,
        only_for_absence=True,
    ),
    QueryFeature(
        "best_barred_fit",
        "how well the best candidate fits that a rule keeps from being matched",
        _fit_of_barred,
        only_for_absence=True,
    ),
    QueryFeature(
        "best_log_odds",
        "how well the best candidate fits",
        lambda ranked: (ranked.best_log_odds / LOG_ODDS_SCALE).clip(-2, 2),
    ),
    QueryFeature("rivals", "how many candidates fit nearly as well", _nearly_as_good),
)
"""In the order of the columns of `query_features_of`."""
QUERY_FEATURES: tuple[str, ...] = tuple(feature.name for feature in DECLARED_QUERY_FEATURES)
FOR_ABSENCE = frozenset(feature.name for feature in DECLARED_QUERY_FEATURES if feature.only_for_absence)
"""Those that never make it likelier that the premises is held."""


def query_features_of(ranked: RankedQueries) -> NDArray[np.float64]:
    """Return the query features of each query, shape (queries, len(QUERY_FEATURES))."""
    columns = [feature.compute(ranked) for feature in DECLARED_QUERY_FEATURES]
    return np.array(columns, dtype=np.float64).T.copy()
