"""What each element of a query is to a candidate's, read off the features by the same rules as the decision."""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, RIGHT_EMPTY
from address_match.service.matching.features.columns.levels import first_that_holds, is_level, is_one_of
from address_match.service.matching.features.feature import Column, Field
from address_match.service.matching.features.names.building import SAME_BUILDING
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import CONTRADICTS, NumberLevel
from address_match.service.matching.features.parts.unit import OTHER_UNIT
from address_match.service.matching.features.places.place import PlaceNameLevel
from address_match.service.matching.features.places.postcode import PostcodeLevel
from address_match.service.matching.features.position import ONE_POINTS_ELSEWHERE, PositionLevel
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.streets.street import SAME_STREET, STANDS_IN_TEXT
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.features.words.word_overlap import ALL_SAID
from address_match.service.matching.rules.name_rules import (
    differs_in_a_word_of_its_name,
    names_another_building,
)
from address_match.service.matching.rules.place_rules import SAME_NAME, contradicts_place
from address_match.service.matching.rules.relation import names_another_street
from address_match.service.matching.rules.street_rules import stands_on_another_street


class Verdict(IntEnum):
    """An element of the query beside the candidate's."""

    UNSAID = 0
    """The query says nothing of it that a candidate could lack."""
    SAME = 1
    RESPELLED = 2
    """The same except for its writing: a slip, a name without its type, an end of a range, flat and number the other way
    round.
    """
    IMPLIED = 3
    """The reference calls the candidate's place by this name as well."""
    UNASKED = 4
    """The candidate says it and the query does not."""
    MISSING = 5
    """The query says it and the candidate does not, without contradicting it."""
    DIFFERS = 6
    """Both say it, and they are two."""


AGREES = (Verdict.SAME, Verdict.RESPELLED, Verdict.IMPLIED)
ELEMENTS = (
    Field.NUMBER,
    Field.FLAT,
    Field.BUILDING,
    Field.STREET,
    Field.LOCALITY,
    Field.TOWN,
    Field.COUNTY,
    Field.POSTCODE,
    Field.POSITION,
)
"""What of an address has a verdict, in the order in which a match code names it."""


def _by_level(levels: type[IntEnum], told: Mapping[IntEnum, Verdict]) -> NDArray[np.int64]:
    """Return the verdict of each level; what is not told apart is a matter of writing."""
    verdicts = np.full(max(levels) + 1, int(Verdict.RESPELLED))
    for level, verdict in told.items():
        verdicts[int(level)] = int(verdict)
    return verdicts


_NUMBER = _by_level(
    NumberLevel,
    {
        NumberLevel.NEITHER: Verdict.UNSAID,
        NumberLevel.EQUAL: Verdict.SAME,
        NumberLevel.QUERY_ONLY: Verdict.MISSING,
        NumberLevel.CANDIDATE_ONLY: Verdict.UNASKED,
        **dict.fromkeys(CONTRADICTS, Verdict.DIFFERS),
    },
)
_FLAT = _by_level(
    UnitLevel,
    {
        UnitLevel.NEITHER: Verdict.UNSAID,
        UnitLevel.EQUAL: Verdict.SAME,
        UnitLevel.FLOOR_EQUAL: Verdict.SAME,
        UnitLevel.QUERY_ONLY: Verdict.MISSING,
        UnitLevel.CANDIDATE_ONLY: Verdict.UNASKED,
        **dict.fromkeys(OTHER_UNIT, Verdict.DIFFERS),
    },
)
_PLACE = _by_level(
    PlaceNameLevel,
    {
        PlaceNameLevel.QUERY_LACKS: Verdict.UNSAID,
        PlaceNameLevel.SAID: Verdict.SAME,
        PlaceNameLevel.ALSO_CALLED: Verdict.IMPLIED,
        PlaceNameLevel.OTHER: Verdict.MISSING,
    },
)
_POSTCODE = _by_level(
    PostcodeLevel,
    {
        PostcodeLevel.QUERY_LACKS: Verdict.UNSAID,
        PostcodeLevel.UNIT: Verdict.SAME,
        PostcodeLevel.OUTCODE_ONLY: Verdict.SAME,
        PostcodeLevel.SECTOR: Verdict.DIFFERS,
        PostcodeLevel.DISTRICT: Verdict.DIFFERS,
        PostcodeLevel.AREA: Verdict.DIFFERS,
        PostcodeLevel.DIFFERENT: Verdict.DIFFERS,
        PostcodeLevel.CANDIDATE_LACKS: Verdict.MISSING,
    },
)
_POSITION = _by_level(
    PositionLevel,
    {
        PositionLevel.NEITHER: Verdict.UNSAID,
        PositionLevel.ALIKE: Verdict.SAME,
        **dict.fromkeys(ONE_POINTS_ELSEWHERE, Verdict.DIFFERS),
    },
)


def verdicts_of(features: FeatureTable) -> NDArray[np.int64]:
    """Return a `Verdict` for each candidate, by its feature row, and each of `ELEMENTS`, shape (candidates, elements)."""
    of_elements = (
        _of_levels(_NUMBER, features.number),
        _of_levels(_FLAT, features.unit),
        _of_building(features),
        _of_street(features),
        _of_levels(_PLACE, features.locality_name),
        _of_town(features),
        _of_county(features),
        _of_levels(_POSTCODE, features.postcode),
        _of_levels(_POSITION, features.position),
    )
    return np.stack(of_elements, axis=1)


def _of_levels(verdicts: NDArray[np.int64], levels: Column) -> NDArray[np.int64]:
    return verdicts[levels.astype(np.int64)]


def _of_building(features: FeatureTable) -> NDArray[np.int64]:
    """Judge the building by its name, or by the organisation that stands for it where the query names no building."""
    asked = features.building != LEFT_EMPTY
    likeness = np.where(
        asked, np.maximum(features.building, features.building_anywhere), features.organisation_anywhere
    )
    held = features.building_in_query != RIGHT_EMPTY
    another = asked & held & names_another_building(features)
    return first_that_holds(
        (
            (differs_in_a_word_of_its_name(features), Verdict.DIFFERS),
            (likeness >= SAME_NAME, Verdict.SAME),
            (another, Verdict.DIFFERS),
            (features.name_share >= ALL_SAID, Verdict.SAME),
            (likeness >= SAME_BUILDING, Verdict.RESPELLED),
            (asked & holds_all_that_is_said(features), Verdict.RESPELLED),
            (asked, Verdict.MISSING),
            (features.building_in_query >= SAME_BUILDING, Verdict.SAME),
            (held & ~says_all_that_is_held(features), Verdict.UNASKED),
        ),
        Verdict.UNSAID,
    )


def _of_street(features: FeatureTable) -> NDArray[np.int64]:
    """Judge the street: it differs where a candidate on it is never accepted; what is only unlike may be a name unknown
    here.
    """
    asked = features.street != LEFT_EMPTY
    held = features.street_size >= 0
    likeness = np.maximum(features.street, features.street_anywhere)
    same = is_one_of(features.street_identity, (StreetIdentity.SAME, StreetIdentity.BOTH_NAMED))
    return first_that_holds(
        (
            (~asked & held & ~says_all_that_is_held(features), Verdict.UNASKED),
            (~asked, Verdict.UNSAID),
            (stands_on_another_street(features), Verdict.DIFFERS),
            (same | (features.street_anywhere >= STANDS_IN_TEXT), Verdict.SAME),
            (is_level(features.street_identity, StreetIdentity.RESPELLED), Verdict.RESPELLED),
            (names_another_street(features) & ~holds_all_that_is_said(features), Verdict.MISSING),
            ((likeness >= SAME_STREET) | holds_all_that_is_said(features), Verdict.RESPELLED),
        ),
        Verdict.MISSING,
    )


def _of_county(features: FeatureTable) -> NDArray[np.int64]:
    """Judge the county, where it agrees: registers leave it out, and people write old counties and countries for it."""
    verdicts = _of_levels(_PLACE, features.county_name)
    verdicts[verdicts == int(Verdict.MISSING)] = int(Verdict.UNSAID)
    return verdicts


def _of_town(features: FeatureTable) -> NDArray[np.int64]:
    verdicts = _of_levels(_PLACE, features.town_name)
    verdicts[contradicts_place(features)] = int(Verdict.DIFFERS)
    return verdicts


def holds_all_that_is_said(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its text holds every word of the query, so that no name is missing, however it
    was parsed.
    """
    held: NDArray[np.bool_] = features.query_share >= ALL_SAID
    return held


def says_all_that_is_held(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether the query holds every word of its text, so that no name of it is left unasked."""
    said: NDArray[np.bool_] = features.candidate_share >= ALL_SAID
    return said
