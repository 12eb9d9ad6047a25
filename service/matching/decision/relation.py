"""How the best candidates stand to the premises that was asked for, read off the features of their pairs."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Relation
from address_match.service.matching.features.building import SAME_BUILDING
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.number import SHARES_A_NUMBER, NumberLevel
from address_match.service.matching.features.street import SAME_STREET
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.features.unit import UnitLevel

_BY_UNIT = {
    UnitLevel.NEITHER: Relation.EXACT,
    UnitLevel.EQUAL: Relation.EXACT,
    UnitLevel.FLOOR_EQUAL: Relation.EXACT,
    UnitLevel.FLOOR_AND_DESIGNATOR: Relation.EXACT,
    UnitLevel.CROSSED: Relation.EXACT,
    UnitLevel.QUERY_ONLY: Relation.PARENT,
    UnitLevel.CANDIDATE_ONLY: Relation.CHILD,
}
_OF_UNIT = {int(unit): _BY_UNIT.get(unit, Relation.SIBLING) for unit in UnitLevel}


def relations(features: FeatureTable) -> list[Relation]:
    """Read feature rows: each candidate is the premises asked for, its parent, child, sibling, a neighbour or none of these."""
    on_street = (features.street >= SAME_STREET) | (features.street_anywhere >= SAME_STREET)
    in_building = _same_building(features) & (on_street | (features.street < 0))
    units = features.unit.astype(np.int64).tolist()
    return [
        _OF_UNIT[unit] if inside else Relation.SAME_STREET if beside else Relation.NONE
        for unit, inside, beside in zip(units, in_building.tolist(), on_street.tolist(), strict=True)
    ]


def _same_building(features: FeatureTable) -> NDArray[np.bool_]:
    likeness = np.maximum.reduce(
        [features.building, features.building_anywhere, features.organisation_anywhere]
    )
    same: NDArray[np.bool_] = is_one_of(features.number, SHARES_A_NUMBER) | (
        (features.number != NumberLevel.DIFFERENT) & (likeness >= SAME_BUILDING)
    )
    return same
