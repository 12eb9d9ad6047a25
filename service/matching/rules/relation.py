"""How the best candidates stand to the premises that was asked for, read off the features of their pairs."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Relation
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.names.building import SAME_BUILDING
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import SHARES_A_NUMBER, NumberLevel
from address_match.service.matching.features.streets.street import (
    OTHER_NAME_BELOW,
    SAME_STREET,
    STANDS_IN_TEXT,
    StreetTypeLevel,
)
from address_match.service.matching.features.table import FeatureTable

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
    """Read feature rows: each candidate is the premises asked for, its parent, child, sibling, a neighbour or none of
    these.

    On another street than the query names, nothing is the premises asked for; what is merely offered may stand there,
    since a slip in the street is likelier than that a building is called the same.
    """
    on_street = (features.street >= SAME_STREET) | (features.street_anywhere >= SAME_STREET)
    in_building = _same_building(features) & (on_street | (features.street < 0))
    elsewhere = names_another_street(features).tolist()
    units = features.unit.astype(np.int64).tolist()
    found = [
        _OF_UNIT[unit] if inside else Relation.SAME_STREET if beside else Relation.NONE
        for unit, inside, beside in zip(units, in_building.tolist(), on_street.tolist(), strict=True)
    ]
    return [
        Relation.NONE if relation is Relation.EXACT and another else relation
        for relation, another in zip(found, elsewhere, strict=True)
    ]


def names_another_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its street is not the query's: BURLEIGH STREET, which holds most of the letters
    of HIGH STREET.

    Another type is another street, and so is another name, where the query's does not stand in the text besides.
    """
    names_one = (features.street >= 0) & (features.street < SAME_STREET)
    likeness = np.maximum(features.street_name, features.street_sound)
    another: NDArray[np.bool_] = (
        names_one
        & (features.street_anywhere < STANDS_IN_TEXT)
        & (is_level(features.street_type, StreetTypeLevel.DIFFERENT) | (likeness < OTHER_NAME_BELOW))
    )
    return another


def _same_building(features: FeatureTable) -> NDArray[np.bool_]:
    likeness = np.maximum.reduce(
        [features.building, features.building_anywhere, features.organisation_anywhere]
    )
    same: NDArray[np.bool_] = is_one_of(features.number, SHARES_A_NUMBER) | (
        ~is_level(features.number, NumberLevel.DIFFERENT) & (likeness >= SAME_BUILDING)
    )
    return same
