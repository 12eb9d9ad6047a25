"""Whether a query says in which town its premises stands, and whether that is the best candidate's.

Streets have namesakes: the `12 HIGH STREET` of a reference is the one that is asked for only where the query names its
town, or where the reference holds no other town's anyway. Whether it does is no matter of probability that training
could settle: the towns that a reference lacks leave no trace in it.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.retrieval import TermStatistics
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.columns.pairs import once_per_batch
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import SHARES_A_NUMBER, NumberLevel
from address_match.service.matching.features.places.place import FOUND_FROM, PlaceNameLevel, TownLevel
from address_match.service.matching.features.places.postcode import SAME_DISTRICT, PostcodeLevel
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.table import FeatureTable

SAME_NAME = 0.99
"""Likeness from which two names of buildings are one, letter by letter."""
_ASKED_STREET = (StreetIdentity.SAME, StreetIdentity.RESPELLED)
_NAMED = (PlaceNameLevel.SAID, PlaceNameLevel.ALSO_CALLED)
COVERED_FROM = 0.5
"""Share of the texts of a reference that name a place from which it is the reference of that place."""
MOST_NAMESAKES = 0.1
"""Towns of the country in which chance alone puts a name on a street, up to which both tell a premises."""
MOST_NAMESAKES_OF_NUMBERED = 1.0
"""The same where a number or a part agrees, which the namesake would have to have as well."""
_NUMBERED = (NumberLevel.EQUAL, NumberLevel.CROSSED)
_PART = (UnitLevel.EQUAL, UnitLevel.CROSSED)


def contradicts_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate, by its feature row, whether all that is known of its place contradicts: the query
    names a town that is by no name one of the candidate's places, or another town of a like name, and neither a
    postcode of the candidate's district nor a locality that is one of its places. So it does where the query names no
    town, but a locality that is none of them, and a postcode beside a candidate that has none. Shape (candidates,).
    """
    unknown = is_level(features.town_found, TownLevel.NOT_FOUND) & is_level(
        features.town_name, PlaceNameLevel.OTHER
    )
    another = (features.towns_apart > 0) & is_one_of(
        features.town_name, (PlaceNameLevel.NEARLY, PlaceNameLevel.OTHER)
    )
    village = (
        is_level(features.town_found, TownLevel.QUERY_LACKS)
        & is_level(features.locality_name, PlaceNameLevel.OTHER)
        & (features.locality_in_town == 0)
        & is_level(features.postcode, PostcodeLevel.CANDIDATE_LACKS)
    )
    elsewhere: NDArray[np.bool_] = (
        (unknown | another | village)
        & ~is_one_of(features.postcode, SAME_DISTRICT)
        & (features.locality < FOUND_FROM)
    )
    return elsewhere


def is_in_a_place_of_another_name(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its place or its street has a qualifier that the query's has not, or the other
    way round, and the full postcode does not agree: WEST STICKNEY is not STICKNEY.
    """
    other: NDArray[np.bool_] = (features.place_qualifier > 0) & ~is_level(
        features.postcode, PostcodeLevel.UNIT
    )
    return other


@once_per_batch
def agrees_in_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether anything that the query says of its place agrees, or the query says nothing of
    it.
    """
    agrees: NDArray[np.bool_] = (
        is_one_of(features.postcode, SAME_DISTRICT)
        | is_one_of(features.town_found, (TownLevel.FOUND, TownLevel.RESEMBLED))
        | is_level(features.town_name, PlaceNameLevel.ALSO_CALLED)
        | (features.locality >= FOUND_FROM)
        | names_no_place(features)
    )
    return agrees


@once_per_batch
def names_no_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return by the feature row of each candidate whether its query names neither town, locality nor postcode."""
    unnamed: NDArray[np.bool_] = (
        is_level(features.town_found, TownLevel.QUERY_LACKS)
        & is_level(features.locality_name, PlaceNameLevel.QUERY_LACKS)
        & is_level(features.postcode, PostcodeLevel.QUERY_LACKS)
    )
    return unnamed


def names_no_known_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no place, or only a locality that is none of the candidate's,
    nor says it beside the names of street and building.
    """
    localities = (PlaceNameLevel.QUERY_LACKS, PlaceNameLevel.OTHER)
    unknown: NDArray[np.bool_] = (
        is_level(features.town_found, TownLevel.QUERY_LACKS)
        & is_one_of(features.locality_name, localities)
        & is_level(features.postcode, PostcodeLevel.QUERY_LACKS)
        & (features.place_beside_names == 0)
    )
    return unknown


def is_of_the_only_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether the words of its query, which names no town, can mean no namesake in another.

    Its street is held in one town only and the query names no other place, or in one town of the county that it names,
    or lies in the town of the locality that it names. Of a street that most towns have, the query must name a building
    as well. Or it names a building or a business that hardly another town has on such a street.
    """
    on_asked_street = is_one_of(features.street_identity, _ASKED_STREET) & (
        (features.street_common == 0) | (features.building >= SAME_NAME)
    )
    same_street = is_level(features.street_identity, StreetIdentity.SAME)
    in_one_town = (same_street & (features.street_towns == 1)) | (features.respelled_in_one_town > 0)
    nowhere_else = in_one_town & names_no_place(features)
    in_county = same_street & (features.street_towns_in_area == 1) & is_one_of(features.county_name, _NAMED)
    in_locality = features.locality_in_town > 0
    contradicted = is_level(features.county_name, PlaceNameLevel.OTHER)
    only: NDArray[np.bool_] = on_asked_street & (nowhere_else | in_county | in_locality)
    only |= _is_of_the_only_block(features) | _is_without_namesakes(features)
    return only & ~contradicted


def _is_without_namesakes(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the building or the business that its query names, by all numbers that
    either says, and hardly another town has one of that name on a street of that name.
    """
    numbered = is_one_of(features.number, _NUMBERED) | is_one_of(features.unit, _PART)
    most = np.where(numbered, MOST_NAMESAKES_OF_NUMBERED, MOST_NAMESAKES)
    is_building = (features.building >= SAME_NAME) & (features.namesakes_of_building < most)
    is_business = is_level(features.names, NameLevel.EQUAL) & (features.namesakes_of_business < most)
    alone: NDArray[np.bool_] = (
        (is_building | is_business)
        & is_one_of(features.number, (NumberLevel.NEITHER, *_NUMBERED))
        & is_one_of(features.unit, (UnitLevel.NEITHER, *_PART))
        & is_level(features.street_identity, StreetIdentity.SAME)
        & names_no_place(features)
    )
    return alone


def _is_of_the_only_block(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it is the asked part of a building whose name the reference holds in one town
    only.

    What names a house may well have namesakes that no reference holds; the flats of a block are told by their numbers
    as well.
    """
    by_building = (features.building >= SAME_NAME) & (features.building_towns == 1)
    read_as_street = is_level(features.street_identity, StreetIdentity.BOTH_NAMED) & (
        features.street_towns == 1
    )
    by_street = read_as_street & (features.building == LEFT_EMPTY) & (features.street_common == 0)
    block: NDArray[np.bool_] = (
        is_one_of(features.unit, _PART)
        & names_no_place(features)
        & (by_building | by_street)
        & is_one_of(
            features.street_identity, (StreetIdentity.UNSAID, StreetIdentity.SAME, StreetIdentity.BOTH_NAMED)
        )
    )
    return block


def gives_number_and_postcode_alone(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query gives a number and a full postcode, both of which are its own, and no
    name.
    """
    alone: NDArray[np.bool_] = (
        shares_number_and_postcode(features)
        & is_level(features.number, NumberLevel.EQUAL)
        & is_level(features.unit, UnitLevel.NEITHER)
        & (features.street == LEFT_EMPTY)
        & (features.building == LEFT_EMPTY)
        & (features.organisation_anywhere == LEFT_EMPTY)
    )
    return alone


def shares_number_and_postcode(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether the full postcode and a number are the query's, whatever part of the house it
    is.
    """
    shared: NDArray[np.bool_] = is_level(features.postcode, PostcodeLevel.UNIT) & is_one_of(
        features.number, SHARES_A_NUMBER
    )
    return shared


def covers_one_place(place: str, statistics: TermStatistics) -> bool:
    """Return whether a reference is the reference of a candidate's town: most of its texts name it.

    A candidate that names no town itself has none that could be another.
    """
    words = terms(place)
    if not words:
        return True
    counts = statistics.frequencies(np.array([term_id(word) for word in words], dtype=np.int64))
    return bool(counts.min() >= COVERED_FROM * statistics.texts)
