"""How the best candidates stand to the premises that was asked for, read off the features of their pairs."""

import numpy as np
from numpy.typing import NDArray

from service.matching.answer import Relation
from service.matching.comparison.features import COLUMN
from service.matching.comparison.premises_part import NumberRelation, UnitRelation
from service.matching.comparison.standing import PositionRelation

SAME_STREET = 0.8
"""Likeness from which two street names are taken for one street with a slip."""
SAME_BUILDING = 0.85

_NUMBER_AGREES: frozenset[int] = frozenset(
    {
        NumberRelation.EQUAL,
        NumberRelation.END_OF_RANGE,
        NumberRelation.INSIDE_RANGE,
        NumberRelation.QUERY_RANGE_HOLDS,
        NumberRelation.RANGES_OVERLAP,
        NumberRelation.CROSSED,
    }
)
_POINTING = (PositionRelation.QUERY_POINTS_ELSEWHERE, PositionRelation.CANDIDATE_POINTS_ELSEWHERE)
_BY_UNIT: dict[int, Relation] = {
    UnitRelation.NEITHER: Relation.EXACT,
    UnitRelation.EQUAL: Relation.EXACT,
    UnitRelation.FLOOR_EQUAL: Relation.EXACT,
    UnitRelation.FLOOR_AND_DESIGNATOR: Relation.EXACT,
    UnitRelation.CROSSED: Relation.EXACT,
    UnitRelation.QUERY_ONLY: Relation.PARENT,
    UnitRelation.CANDIDATE_ONLY: Relation.CHILD,
}


def relation(features: NDArray[np.float32]) -> Relation:
    """Read one feature row: the candidate is the premises asked for, its parent, child, sibling, a neighbour or none of these."""
    # The numbers equal the members of both enumerations; to make a member of each would cost more than all the rest.
    number, unit = int(features[COLUMN["number"]]), int(features[COLUMN["unit"]])
    street = float(features[COLUMN["street"]])
    on_street = street >= SAME_STREET or float(features[COLUMN["street_anywhere"]]) >= SAME_STREET
    if _same_building(number, features) and (on_street or street < 0):
        return _BY_UNIT.get(unit, Relation.SIBLING)
    return Relation.SAME_STREET if on_street else Relation.NONE


def points_elsewhere(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each feature row whether query or candidate but quotes the other's number: `REAR OF 12` and 12."""
    elsewhere: NDArray[np.bool_] = np.isin(features[:, COLUMN["position"]], _POINTING)
    return elsewhere


def _same_building(number: int, features: NDArray[np.float32]) -> bool:
    named = max(features[COLUMN["building"]], features[COLUMN["building_anywhere"]]) >= SAME_BUILDING
    organisation = float(features[COLUMN["organisation_anywhere"]]) >= SAME_BUILDING
    return number in _NUMBER_AGREES or (number != NumberRelation.DIFFERENT and bool(named or organisation))
