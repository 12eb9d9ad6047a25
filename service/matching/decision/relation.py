"""How the best candidates stand to the premises that was asked for, read off the features of their pairs."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Relation
from address_match.service.matching.features.features import COLUMN
from address_match.service.matching.features.is_one_of import is_one_of
from address_match.service.matching.features.premises_part import NumberLevel, UnitLevel
from address_match.service.matching.features.record_status import PositionLevel

SAME_STREET = 0.8
"""Likeness from which two street names are taken for one street with a slip."""
SAME_BUILDING = 0.85
_BUILDING_LIKENESS = [COLUMN[name] for name in ("building", "building_anywhere", "organisation_anywhere")]

_NUMBER_AGREES = (
    NumberLevel.EQUAL,
    NumberLevel.END_OF_RANGE,
    NumberLevel.INSIDE_RANGE,
    NumberLevel.QUERY_RANGE_HOLDS,
    NumberLevel.RANGES_OVERLAP,
    NumberLevel.CROSSED,
)
_POINTING = (PositionLevel.QUERY_POINTS_ELSEWHERE, PositionLevel.CANDIDATE_POINTS_ELSEWHERE)
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


def relations(features: NDArray[np.float32]) -> list[Relation]:
    """Read feature rows: each candidate is the premises asked for, its parent, child, sibling, a neighbour or none of these."""
    street = features[:, COLUMN["street"]]
    on_street = (street >= SAME_STREET) | (features[:, COLUMN["street_anywhere"]] >= SAME_STREET)
    in_building = _same_building(features) & (on_street | (street < 0))
    units = features[:, COLUMN["unit"]].astype(np.int64).tolist()
    return [
        _OF_UNIT[unit] if inside else Relation.SAME_STREET if beside else Relation.NONE
        for unit, inside, beside in zip(units, in_building.tolist(), on_street.tolist(), strict=True)
    ]


def points_elsewhere(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each feature row whether query or candidate but quotes the other's number: `REAR OF 12` and 12."""
    return is_one_of(features[:, COLUMN["position"]], _POINTING)


def _same_building(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    number = features[:, COLUMN["number"]]
    likeness = features[:, _BUILDING_LIKENESS].max(axis=1)
    same: NDArray[np.bool_] = is_one_of(number, _NUMBER_AGREES) | (
        (number != NumberLevel.DIFFERENT) & (likeness >= SAME_BUILDING)
    )
    return same
