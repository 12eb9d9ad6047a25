"""Whether a candidate is the house, block or business of another name than the one that is asked for."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, RIGHT_EMPTY
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.columns.pairs import once_per_batch
from address_match.service.matching.features.names.building import SAME_BUILDING
from address_match.service.matching.features.names.compare_names import OTHER_NAME, NameLevel
from address_match.service.matching.features.names.name_qualifiers import NameQualifier
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import (
    CONTRADICTS,
    SHARES_A_NUMBER,
    NumberLevel,
)
from address_match.service.matching.features.places.place import PlaceNameLevel
from address_match.service.matching.features.places.postcode import (
    FAR_AWAY,
    OTHER_POSTCODE,
    PostcodeLevel,
)
from address_match.service.matching.features.streets.compare_streets import OTHER_STREET, StreetIdentity
from address_match.service.matching.features.streets.street import SAME_STREET, STANDS_IN_TEXT
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.features.words.word_overlap import ALL_SAID
from address_match.service.matching.rules.place_rules import SAME_NAME

_NO_OTHER_PART = (UnitLevel.NEITHER, UnitLevel.EQUAL)
NEARLY_ALL_SAID = 0.9
"""Share of the weight of a query's words from which a word that is missing is no name: one of a building is rarer than
that.
"""


@once_per_batch
def names_the_same(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its building or business is the one that its query names, except for the word for
    its kind.
    """
    same: NDArray[np.bool_] = is_one_of(features.names, (NameLevel.EQUAL, NameLevel.KIND_UNSAID)) | (
        features.building >= SAME_BUILDING
    )
    return same


def names_another_building(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is in another building than the one that its query names.

    It is not where it holds nearly all that the query says. But of a block, all of its own name has to be said as well:
    what QUAY COTTAGES, QUAY STREET says, MALTINGS COTTAGES on that street says too.
    """
    same_words = holds_what_is_said(features)
    another: NDArray[np.bool_] = (
        (
            lacks_the_named_building(features)
            | is_house_of_another_name(features)
            | is_part_of_another_house(features)
        )
        & ~same_words
    ) | (is_flat_of_another_block(features) & ~(same_words & (features.candidate_share >= NEARLY_ALL_SAID)))
    return another


def lacks_the_named_building(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it does not hold the building that its query names, and no number stands for
    that.

    HOME FARM STABLES is not HOME FARM, and FLAT 2 of one block is not FLAT 2 of the next.
    """
    lacking: NDArray[np.bool_] = (
        holds_no_building_of(features)
        & ~is_one_of(features.number, SHARES_A_NUMBER)
        & ~(is_level(features.unit, UnitLevel.EQUAL) & (features.building_in_query >= SAME_BUILDING))
    )
    return lacking


def holds_no_building_of(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names a building that its text holds nowhere."""
    likeness = np.maximum(features.building, features.building_anywhere)
    lacking: NDArray[np.bool_] = (features.building != LEFT_EMPTY) & (likeness < SAME_BUILDING)
    return lacking


def is_house_of_another_name(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether nothing but a name tells the premises of its street, and it is another than the
    query's.

    Where houses have no numbers, their names stand for them: ROSE VILLA is not ROSE COTTAGE.
    """
    other: NDArray[np.bool_] = (
        is_level(features.number, NumberLevel.NEITHER)
        & is_level(features.unit, UnitLevel.NEITHER)
        & is_one_of(features.names, OTHER_NAME)
    )
    return other


@once_per_batch
def asks_by_name_alone(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query asks for neither a number nor a part, and it has no part."""
    alone: NDArray[np.bool_] = is_one_of(
        features.number, (NumberLevel.NEITHER, NumberLevel.CANDIDATE_ONLY)
    ) & is_level(features.unit, UnitLevel.NEITHER)
    return alone


def differs_in_a_word_of_its_name(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether nothing but a name tells the premises, and a word of that tells it from the
    candidate's.

    A word that the candidate says nowhere, except for the kind of the building; and a qualifier, whichever side says it:
    KEEPERS HOUSE is not KEEPERS LODGE, nor THE OLD SMITHY THE SMITHY, nor a flat of NORMAN COURT one of ROMAN COURT.
    Slips are forgiven in what the reference does not know as a word of its own. What the query says besides is no word
    of the name where it names a business, in whose care a letter may go, and the full postcode agrees. Where it names
    no street, the candidate's may be the name.
    """
    unnumbered = is_one_of(features.number, (NumberLevel.NEITHER, NumberLevel.CANDIDATE_ONLY))
    by_name = asks_by_name_alone(features)
    qualified = unnumbered & is_one_of(features.unit, _NO_OTHER_PART) & (features.name_qualifier > 0)
    word_missing = (features.name_share >= 0) & (features.name_share < ALL_SAID)
    of_building = (features.building != LEFT_EMPTY) & (features.organisation_anywhere == LEFT_EMPTY)
    in_doubt = of_building | ~is_level(features.postcode, PostcodeLevel.UNIT)
    says_more = is_one_of(features.names, OTHER_NAME) | (
        is_level(features.names, NameLevel.QUERY_SAYS_MORE) & in_doubt
    )
    slipped = is_level(features.names, NameLevel.EQUAL) & of_building & (features.building < SAME_NAME)
    as_street = is_level(features.names, NameLevel.QUERY_ONLY) & of_building & (features.street == LEFT_EMPTY)
    other_block = (
        unnumbered
        & is_level(features.unit, UnitLevel.EQUAL)
        & of_building
        & is_one_of(features.names, OTHER_NAME)
        & word_missing
    )
    differs: NDArray[np.bool_] = (
        other_block | qualified | (by_name & word_missing & (says_more | slipped | as_street))
    )
    return differs


def is_a_namesake_elsewhere(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has nothing but the name that its query asks for, and no street to say that
    it is the one, beside a postcode of another sector; or another locality beside any other postcode.

    Every second village has a ROSE COTTAGE, and every one a POST OFFICE on THE SQUARE.
    """
    off_the_street = _shares_no_street(features) & is_one_of(features.postcode, FAR_AWAY)
    in_another_locality = (
        is_level(features.locality_name, PlaceNameLevel.OTHER)
        & (features.locality_in_town == 0)
        & is_one_of(features.postcode, OTHER_POSTCODE)
    )
    elsewhere: NDArray[np.bool_] = asks_by_name_alone(features) & (off_the_street | in_another_locality)
    return elsewhere


def is_a_namesake_off_the_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has nothing but the name that its query asks for, and no street, while the
    street that is asked for is held in its place, and the full postcode does not say that it is the one.
    """
    off_the_street: NDArray[np.bool_] = (
        asks_by_name_alone(features)
        & _shares_no_street(features)
        & is_level(features.street_identity, StreetIdentity.UNSAID)
        & (features.street_held > 0)
        & ~is_level(features.postcode, PostcodeLevel.UNIT)
    )
    return off_the_street


@once_per_batch
def _shares_no_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its text does not say the street of its query, or the query names none."""
    shares_none: NDArray[np.bool_] = is_one_of(
        features.street_identity, (StreetIdentity.UNSAID, *OTHER_STREET)
    ) & (features.street_anywhere < STANDS_IN_TEXT)
    return shares_none


def is_flat_of_another_block(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the asked part of a block of another name, where no number tells the
    blocks apart.

    FLAT 2, ROWAN COURT is not FLAT 2, ALDER COURT, though half of the letters of their names are one word. Of a
    business, another name says nothing of the building.
    """
    other: NDArray[np.bool_] = (
        is_level(features.number, NumberLevel.NEITHER)
        & is_level(features.unit, UnitLevel.EQUAL)
        & is_one_of(features.names, OTHER_NAME)
        & (features.building >= 0)
        & (features.building < SAME_BUILDING)
        & (features.building_in_query < STANDS_IN_TEXT)
    )
    return other


def is_part_of_another_house(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the asked part of a building of another name, though the number is one.

    SUITE 2, WINDSOR HOUSE, 12 ELM ROAD is not SUITE 2, REGENT HOUSE, 12 ELM ROAD.
    """
    other: NDArray[np.bool_] = (
        is_one_of(features.number, SHARES_A_NUMBER)
        & is_level(features.unit, UnitLevel.EQUAL)
        & is_one_of(features.names, OTHER_NAME)
        & (features.building >= 0)
        & (np.maximum(features.building, features.building_anywhere) < SAME_BUILDING)
        & (features.building_in_query < SAME_BUILDING)
    )
    return other


def has_the_opposite_name(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its name is the query's except for an opposite, whatever its number: EAST BLOCK,
    WEST BLOCK.
    """
    opposite: NDArray[np.bool_] = is_level(features.name_qualifier, NameQualifier.OPPOSITE)
    return opposite


def is_beside_the_named_building(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the asked part of another building of a street that holds the named one
    as well.
    """
    beside: NDArray[np.bool_] = (
        is_one_of(features.number, (NumberLevel.NEITHER, NumberLevel.CANDIDATE_ONLY))
        & is_level(features.unit, UnitLevel.EQUAL)
        & (features.building != LEFT_EMPTY)
        & (features.name_held > 0)
    )
    return beside


def is_a_flat_by_its_name(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether a word of its name tells its part, which has no number, and the query asks for
    another or by a number, or the other way round.

    WARDENS FLAT, ELM HOUSE is not FLAT 12, ELM HOUSE.
    """
    by_name: NDArray[np.bool_] = is_level(features.unit, UnitLevel.FLOOR_AND_DESIGNATOR) & is_one_of(
        features.names, (NameLevel.CANDIDATE_SAYS_MORE, NameLevel.QUERY_SAYS_MORE, *OTHER_NAME)
    )
    return by_name


def is_a_house_of_no_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is named and has no street, while its query names a street and neither name
    nor number.

    ALDER LANE is not ALDER HOUSE, though both share a word and a postcode. A house whose name the query says was only
    parsed as a street.
    """
    named: NDArray[np.bool_] = (
        is_one_of(features.number, (NumberLevel.NEITHER, NumberLevel.CANDIDATE_ONLY))
        & is_one_of(features.unit, (UnitLevel.NEITHER, UnitLevel.CANDIDATE_ONLY))
        & is_level(features.names, NameLevel.CANDIDATE_ONLY)
        & (features.street == RIGHT_EMPTY)
        & (features.building_in_query < SAME_BUILDING)
        & ~holds_what_is_said(features)
    )
    return named


def has_the_number_alone(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has the number that its query asks for, and not the name: its building has
    another, or none.
    """
    unnamed = is_level(features.names, NameLevel.QUERY_ONLY) & (features.building != LEFT_EMPTY)
    alone: NDArray[np.bool_] = is_one_of(features.number, SHARES_A_NUMBER) & (
        is_one_of(features.names, OTHER_NAME) | unnamed
    )
    return alone


def has_the_name_alone(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the building or business of the street that its query names, and has
    another number.

    Beside one that `has_the_number_alone`, name and number name two houses.
    """
    alone: NDArray[np.bool_] = (
        is_one_of(features.number, CONTRADICTS) & names_the_same(features) & (features.street >= SAME_STREET)
    )
    return alone


def holds_what_is_said(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it holds nearly all that the query says, slips forgiven: no name of its own is
    missing then.
    """
    held: NDArray[np.bool_] = features.query_share >= NEARLY_ALL_SAID
    return held
