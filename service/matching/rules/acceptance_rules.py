"""Why a best candidate, however sure, is left to a clerk: what no probability may outweigh."""

import numpy as np

from address_match.service.matching.answer import Reason
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.rules.name_rules import (
    differs_in_a_word_of_its_name,
    has_the_opposite_name,
    is_a_flat_by_its_name,
    is_a_house_of_no_street,
    is_a_namesake_elsewhere,
    is_a_namesake_off_the_street,
    is_beside_the_named_building,
    names_another_building,
)
from address_match.service.matching.rules.number_rules import (
    differs_in_number_or_unit,
    names_only_a_number,
    points_elsewhere,
)
from address_match.service.matching.rules.place_rules import (
    contradicts_place,
    is_in_a_place_of_another_name,
)
from address_match.service.matching.rules.street_rules import stands_on_another_street


def reasons_to_abstain(features: FeatureTable) -> list[Reason]:
    """Return for each best candidate, by its feature row, why it is not accepted; `Reason.NONE` where nothing forbids
    it.
    """
    rules = (
        (points_elsewhere(features), Reason.POSITION),
        (differs_in_number_or_unit(features), Reason.NUMBER),
        (
            names_another_building(features)
            | differs_in_a_word_of_its_name(features)
            | has_the_opposite_name(features)
            | is_beside_the_named_building(features)
            | is_a_flat_by_its_name(features)
            | is_a_house_of_no_street(features)
            | (features.place_read_as_street > 0),
            Reason.NAME,
        ),
        (stands_on_another_street(features) | is_a_namesake_off_the_street(features), Reason.STREET),
        (
            contradicts_place(features)
            | is_in_a_place_of_another_name(features)
            | is_a_namesake_elsewhere(features)
            | names_only_a_number(features),
            Reason.PLACE,
        ),
    )
    reasons = [Reason.NONE] * len(features)
    for holds, reason in reversed(rules):
        for row in np.flatnonzero(holds).tolist():
            reasons[row] = reason
    return reasons
