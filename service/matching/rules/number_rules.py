"""Whether a candidate has another number or part than the one that is asked for."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.names.building import SAME_BUILDING
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import (
    CONTRADICTS,
    SHARES_A_NUMBER,
    NumberLevel,
    SuffixLevel,
)
from address_match.service.matching.features.parts.unit import OTHER_UNIT, UnitWordLevel
from address_match.service.matching.features.places.postcode import PostcodeLevel
from address_match.service.matching.features.position import ONE_POINTS_ELSEWHERE
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.rules.name_rules import (
    NEARLY_ALL_SAID,
    holds_no_building_of,
    holds_what_is_said,
    names_the_same,
)


def is_flat_of_an_unsaid_house(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has the part that its query asks for in a house of the asked street whose
    number, or name, the query does not say.
    """
    flat: NDArray[np.bool_] = (
        is_level(features.number, NumberLevel.CANDIDATE_ONLY)
        & is_level(features.unit, UnitLevel.EQUAL)
        & is_level(features.street_identity, StreetIdentity.SAME)
        & (features.building == LEFT_EMPTY)
    )
    return flat


def is_house_of_the_asked_part(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the house of the asked street that has the number of the asked part, and
    no postcode says otherwise.

    Beside one that `is_flat_of_an_unsaid_house`, FLAT 12 ELM ROAD may be either.
    """
    house: NDArray[np.bool_] = (
        (
            is_level(features.number, NumberLevel.CROSSED)
            | (is_level(features.number, NumberLevel.EQUAL) & is_level(features.unit, UnitLevel.QUERY_ONLY))
        )
        & is_level(features.street_identity, StreetIdentity.SAME)
        & is_one_of(features.postcode, (PostcodeLevel.UNIT, PostcodeLevel.QUERY_LACKS))
    )
    return house


def is_part_without_its_number(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether a number tells the part that its query asks for, and a floor or nothing but THE
    FLAT the candidate's, or the other way round.
    """
    return is_level(features.unit, UnitLevel.FLOOR_AND_DESIGNATOR)


def is_another_numbered_part_of_the_house(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is a part of the asked house by the asked word, with another number.

    Beside one that `is_part_without_its_number`, THE FLAT is none of those with numbers: FLAT 112 may be missing.
    """
    same_house = is_one_of(features.number, SHARES_A_NUMBER) | (
        is_level(features.number, NumberLevel.NEITHER) & names_the_same(features)
    )
    another: NDArray[np.bool_] = (
        same_house
        & is_one_of(features.unit, (UnitLevel.NEARLY, UnitLevel.DIFFERENT))
        & is_level(features.unit_word, UnitWordLevel.EQUAL)
        & is_one_of(features.street_identity, (StreetIdentity.SAME, StreetIdentity.UNSAID))
    )
    return another


def points_elsewhere(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it or its query only quotes the other's number: `REAR OF 12` and 12."""
    return is_one_of(features.position, ONE_POINTS_ELSEWHERE)


def differs_in_number_or_unit(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its number or its flat is another than the query's: 12 is never 21.

    A flat's number written as the house's counts where both name the building or neither does, and nothing else is asked
    for; the number of a house of a row is no flat's. A part by another word is another where parts of the asked word
    are held beside it.
    """
    crossed_elsewhere = is_level(features.number, NumberLevel.CROSSED) & (
        (features.open_part > 0)
        | ((features.building_in_query >= 0) & (features.building_in_query < SAME_BUILDING))
        | holds_no_building_of(features)
    )
    part_of_unit = is_level(features.unit, UnitLevel.OVERLAPPING) & (
        (features.open_part > 0) | is_level(features.suffix, SuffixLevel.DIFFERENT)
    )
    differs = is_one_of(features.number, CONTRADICTS) | is_one_of(features.unit, OTHER_UNIT)
    differs |= (
        part_of_unit
        | crossed_elsewhere
        | (features.house_of_row > 0)
        | (features.kind_held > 0)
        | _is_flat_of_another_range(features)
        | _is_only_one_of_the_asked_numbers(features)
    )
    return differs


def _is_only_one_of_the_asked_numbers(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has one number of a range that the query asks for whole, and neither a name
    nor its flat, where the full postcode agrees, says that it is the same.

    22-24 is a premises of its own, or two; 22 alone is neither.
    """
    named = names_the_same(features) | (features.building_in_query >= SAME_BUILDING)
    flat = is_level(features.unit, UnitLevel.EQUAL) & is_level(features.postcode, PostcodeLevel.UNIT)
    one: NDArray[np.bool_] = is_level(features.number, NumberLevel.QUERY_RANGE_HOLDS) & ~(named | flat)
    return one


def _is_flat_of_another_range(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the asked flat of a house whose range only shares numbers with the
    query's.

    FLAT 2, 4-14 is not FLAT 2, 10-18, unless the name of the building says so.
    """
    flat: NDArray[np.bool_] = (
        is_level(features.number, NumberLevel.RANGES_OVERLAP)
        & is_level(features.unit, UnitLevel.EQUAL)
        & (np.maximum(features.building, features.building_in_query) < SAME_BUILDING)
    )
    return flat


def names_only_a_number(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no street, building or organisation, and no postcode.

    A candidate that names none either is all that the query says: PO BOX 12, LETCHWORTH.
    """
    same_words = holds_what_is_said(features) & (features.candidate_share >= NEARLY_ALL_SAID)
    unnamed: NDArray[np.bool_] = (
        (features.street == LEFT_EMPTY)
        & (features.building == LEFT_EMPTY)
        & (features.organisation_anywhere == LEFT_EMPTY)
        & is_level(features.postcode, PostcodeLevel.QUERY_LACKS)
        & ~same_words
    )
    return unnamed
