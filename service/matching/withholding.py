"""Why a best candidate, however sure, is left to a clerk: what no probability may outweigh."""

import numpy as np
from numpy.typing import NDArray

from service.matching.answer import Reason
from service.matching.comparison.features import COLUMN
from service.matching.comparison.places import PostcodeRelation
from service.matching.comparison.premises_part import NumberRelation, UnitRelation
from service.matching.kinds import is_one_of
from service.matching.placing import stands_elsewhere
from service.matching.relation import points_elsewhere

_OTHER_NUMBER = (NumberRelation.NEARLY, NumberRelation.TRANSPOSED, NumberRelation.DIFFERENT)
_OTHER_UNIT = (UnitRelation.NEARLY, UnitRelation.DIFFERENT, UnitRelation.FLOOR_DIFFERENT)
_TELLING = [COLUMN[name] for name in ("street", "building", "organisation_anywhere")]
_UNSAID = -1


def withheld_for(features: NDArray[np.float32]) -> list[Reason]:
    """Say of each best candidate, by its feature row, why it is not accepted; `Reason.NONE` where nothing forbids it."""
    rules = (
        (points_elsewhere(features), Reason.POSITION),
        (is_numbered_otherwise(features), Reason.NUMBER),
        (stands_elsewhere(features) | says_but_a_number(features), Reason.PLACE),
    )
    reasons = [Reason.NONE] * len(features)
    for holds, reason in reversed(rules):
        for row in np.flatnonzero(holds).tolist():
            reasons[row] = reason
    return reasons


def is_numbered_otherwise(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each candidate whether its number or its flat is another than the query's: 12 is never 21."""
    other: NDArray[np.bool_] = is_one_of(features[:, COLUMN["number"]], _OTHER_NUMBER) | is_one_of(
        features[:, COLUMN["unit"]], _OTHER_UNIT
    )
    return other


def says_but_a_number(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each candidate whether its query names no street, building or organisation, and no postcode."""
    unsaid: NDArray[np.bool_] = (features[:, _TELLING] == _UNSAID).all(axis=1) & (
        features[:, COLUMN["postcode"]] == PostcodeRelation.QUERY_LACKS
    )
    return unsaid
