"""Why a best candidate, however sure, is left to a clerk: what no probability may outweigh."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Reason
from address_match.service.matching.decision.place_rules import contradicts_place
from address_match.service.matching.decision.relation import points_elsewhere
from address_match.service.matching.features.features import COLUMN
from address_match.service.matching.features.is_one_of import is_one_of
from address_match.service.matching.features.place import PostcodeLevel
from address_match.service.matching.features.premises_part import NumberLevel, UnitLevel

_OTHER_NUMBER = (NumberLevel.NEARLY, NumberLevel.TRANSPOSED, NumberLevel.DIFFERENT)
_OTHER_UNIT = (UnitLevel.NEARLY, UnitLevel.DIFFERENT, UnitLevel.FLOOR_DIFFERENT)
_TELLING = [COLUMN[name] for name in ("street", "building", "organisation_anywhere")]
_UNSAID = -1


def reasons_to_abstain(features: NDArray[np.float32]) -> list[Reason]:
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


def differs_in_number_or_unit(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each candidate whether its number or its flat is another than the query's: 12 is never 21."""
    other: NDArray[np.bool_] = is_one_of(features[:, COLUMN["number"]], _OTHER_NUMBER) | is_one_of(
        features[:, COLUMN["unit"]], _OTHER_UNIT
    )
    return other


def names_only_a_number(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no street, building or organisation, and no postcode."""
    unsaid: NDArray[np.bool_] = (features[:, _TELLING] == _UNSAID).all(axis=1) & (
        features[:, COLUMN["postcode"]] == PostcodeLevel.QUERY_LACKS
    )
    return unsaid
