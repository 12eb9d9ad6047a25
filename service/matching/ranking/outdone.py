"""Which candidates cannot be the premises asked for, since another one has the asked number on the asked street.

One pair by itself does not show it: a house of that number on the next street looks better than the only flat of the
right house.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.names.building import SAME_BUILDING
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import CONTRADICTS, SHARES_A_NUMBER, NumberLevel
from address_match.service.matching.features.places.postcode import PostcodeLevel
from address_match.service.matching.features.record_status import RecordStatus
from address_match.service.matching.features.streets.compare_streets import (
    NEAR_NAMESAKE,
    WITH_SLIPS,
    StreetIdentity,
)
from address_match.service.matching.features.streets.street import STANDS_IN_TEXT
from address_match.service.matching.features.table import FeatureTable, places_of
from address_match.service.matching.features.words.word_overlap import ALL_SAID
from address_match.service.matching.ranking.ties import what_is_said
from address_match.service.matching.rules.name_rules import asks_by_name_alone
from address_match.service.matching.rules.place_rules import agrees_in_place

_ON_STREET = (StreetIdentity.SAME, StreetIdentity.RESPELLED, StreetIdentity.UNSAID)
_ANOTHER_NAME = (StreetIdentity.OTHER, StreetIdentity.UNLIKE)
_LIKE_NAME = (
    *WITH_SLIPS,
    StreetIdentity.OTHER_TYPE,
    StreetIdentity.QUALIFIER_UNSAID,
    StreetIdentity.OTHER_QUALIFIER,
    StreetIdentity.OTHER_SAINT,
)
"""Another street by a word or a few letters, where the asked one is held as well."""
OUTDONE_LOG_ODDS = -8.0
"""What is added for a candidate that is outdone: enough to leave it no share worth naming, and still to show it."""


def outdone(features: FeatureTable, query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs, `query` being the row of the query of each, are outdone by another candidate of their query.

    By one on the asked street, whatever its number, where its place agrees: those on another street, of a like name
    too. By one on it with the asked number: those on a street of a like name where the asked one is held, those whose
    number is another and, where its place agrees too, those elsewhere. By one with that very number: flats of it in
    another house. By a current text that says as much of what is asked: a former one. Where the full postcode agrees
    with another street, a clerk decides what is wrong.
    """
    by_name = _outdone_by_name(features, query) | _outdone_by_kind(features, query)
    by_name |= _outdone_by_the_current(features, query)
    on_street = is_level(features.street_identity, StreetIdentity.SAME)
    if not on_street.any():
        return by_name
    answers: NDArray[np.bool_] = on_street & is_one_of(features.number, SHARES_A_NUMBER)
    by_address = _asked_with_one(answers, query)
    agrees = agrees_in_place(features)
    in_place = answers & agrees
    by_number = _asked_with_one(in_place & is_level(features.number, NumberLevel.EQUAL), query)
    other_postcode = ~is_level(features.postcode, PostcodeLevel.UNIT)
    namesake = (features.street_held > 0) & is_one_of(features.street_identity, NEAR_NAMESAKE)
    elsewhere = (_stands_elsewhere(features) | (answers & ~agrees)) & _asked_with_one(in_place, query)
    by_street = _stands_on_another(features) & _asked_with_one(on_street & agrees, query)
    found: NDArray[np.bool_] = (
        (by_address & (other_postcode & namesake | is_one_of(features.number, CONTRADICTS)))
        | (other_postcode & (elsewhere | by_street))
        | (by_number & is_level(features.number, NumberLevel.CROSSED))
    )
    return found | by_name


def _outdone_by_name(features: FeatureTable, query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs another one outdoes that has the asked name to the letter, where neither a number nor a part
    is asked for.

    RUTLAND HOUSE SURGERY is not meant where RUTLAND HOUSE is held on that street; in the asked full postcode, where it
    is held in that as well.
    """
    on_street = is_one_of(features.street_identity, _ON_STREET)
    named = asks_by_name_alone(features) & on_street & agrees_in_place(features)
    in_full = (features.name_share < 0) | (features.name_share >= ALL_SAID)
    exact: NDArray[np.bool_] = named & is_level(features.names, NameLevel.EQUAL) & in_full
    if not exact.any():
        return exact
    other = is_one_of(
        features.names, (NameLevel.CANDIDATE_SAYS_MORE, NameLevel.QUERY_SAYS_MORE, NameLevel.KIND_UNSAID)
    )
    in_postcode = is_level(features.postcode, PostcodeLevel.UNIT)
    by_one = np.where(in_postcode, _asked_with_one(exact & in_postcode, query), _asked_with_one(exact, query))
    outdone_ones: NDArray[np.bool_] = named & other & by_one
    return outdone_ones


def _outdone_by_kind(features: FeatureTable, query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs have the asked number of a part by another word, where one has it by the asked word: STUDIO 6
    beside FLAT 6.
    """
    part = (
        is_level(features.unit, UnitLevel.EQUAL)
        & is_one_of(features.street_identity, _ON_STREET)
        & ~is_one_of(features.number, CONTRADICTS)
    )
    other_word: NDArray[np.bool_] = part & (features.kind_held > 0)
    if not other_word.any():
        return other_word
    by_word: NDArray[np.bool_] = part & (features.kind_held == 0) & agrees_in_place(features)
    outdone_ones: NDArray[np.bool_] = other_word & _asked_with_one(by_word, query)
    return outdone_ones


def _outdone_by_the_current(features: FeatureTable, query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which former texts agree with their query in the same fields as a current one: those of a premises that
    stands no more, where another has its address.
    """
    is_former = is_level(features.record_status, RecordStatus.HISTORICAL)
    former = is_former.nonzero()[0]
    if not len(former):
        return is_former
    current = is_level(features.record_status, RecordStatus.CURRENT)
    beside = (current & _asked_with_one(is_former, query)).nonzero()[0]
    of_current = set(zip(query[beside].tolist(), _said(features.take(beside)), strict=True))
    of_former = zip(query[former].tolist(), _said(features.take(former)), strict=True)
    is_former[former] = [one in of_current for one in of_former]
    return is_former


def _said(features: FeatureTable) -> list[bytes]:
    """Return for each pair what its text says of what is asked, however it stands in the reference."""
    said = what_is_said(features)
    said[:, places_of(FeatureTable.record_status)] = 0
    return [row.tobytes() for row in said]


def _asked_with_one(which: NDArray[np.bool_], query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each pair whether its query has a candidate of these."""
    of_query: NDArray[np.bool_] = np.bincount(query[which], minlength=int(query.max(initial=0)) + 1) > 0
    return of_query[query]


def _stands_on_another(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it stands on a street of another name, or of a like one where the asked one is
    held, and its text says neither that nor the building or business that is asked for.
    """
    identity = features.street_identity
    another = is_one_of(identity, _ANOTHER_NAME) | (
        is_one_of(identity, _LIKE_NAME) & (features.street_held > 0)
    )
    return another & _says_nothing_asked(features)


def _stands_elsewhere(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it stands on no street or one of another name, and its text says neither the
    asked one nor the building or business that is asked for.
    """
    elsewhere = is_one_of(features.street_identity, (*_ANOTHER_NAME, StreetIdentity.UNSAID))
    return elsewhere & _says_nothing_asked(features)


def _says_nothing_asked(features: FeatureTable) -> NDArray[np.bool_]:
    named = np.maximum(features.building, features.organisation_anywhere) >= SAME_BUILDING
    silent: NDArray[np.bool_] = (features.street_anywhere < STANDS_IN_TEXT) & ~named
    return silent
