"""Why a best candidate, however sure, is left to a clerk: what no probability may outweigh."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Reason
from address_match.service.matching.decision.place_rules import contradicts_place
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.number import CONTRADICTS
from address_match.service.matching.features.position import ONE_POINTS_ELSEWHERE
from address_match.service.matching.features.postcode import PostcodeLevel
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.features.unit import OTHER_UNIT


def reasons_to_abstain(features: FeatureTable) -> list[Reason]:
    """Return for each best candidate, by its feature row, why it is not accepted; `Reason.NONE` where nothing forbids it."""
    rules = (
        (points_elsewhere(features), Reason.POSITION),
        (differs_in_number_or_unit(features), Reason.NUMBER),
        (contradicts_place(features) | names_only_a_number(features), Reason.PLACE),
    )
    reasons = [Reason.NONE] * len(features)
    for holds, reason in reversed(rules):
        for row in np.flatnonzero(holds).tolist():
            reasons[row] = reason
    return reasons


def points_elsewhere(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it or its query only quotes the other's number: `REAR OF 12` and 12."""
    return is_one_of(features.position, ONE_POINTS_ELSEWHERE)


def differs_in_number_or_unit(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its number or its flat is another than the query's: 12 is never 21."""
    return is_one_of(features.number, CONTRADICTS) | is_one_of(features.unit, OTHER_UNIT)


def names_only_a_number(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no street, building or organisation, and no postcode."""
    unnamed: NDArray[np.bool_] = (
        (features.street == LEFT_EMPTY)
        & (features.building == LEFT_EMPTY)
        & (features.organisation_anywhere == LEFT_EMPTY)
        & (features.postcode == PostcodeLevel.QUERY_LACKS)
    )
    return unnamed
