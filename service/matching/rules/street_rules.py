"""Whether a candidate stands on another street than the one that is asked for, and whether a query names nothing but a
street.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.columns.pairs import once_per_batch
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.names.name_likeness import SPACELESS_WEIGHT
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import SHARES_A_NUMBER, NumberLevel
from address_match.service.matching.features.places.place import PlaceNameLevel
from address_match.service.matching.features.places.postcode import OTHER_POSTCODE, PostcodeLevel
from address_match.service.matching.features.streets.compare_streets import WITH_SLIPS, StreetIdentity
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.features.words.word_overlap import ALL_SAID
from address_match.service.matching.rules.name_rules import names_the_same
from address_match.service.matching.rules.place_rules import agrees_in_place

_NAMESAKES = (
    StreetIdentity.OTHER_TYPE,
    StreetIdentity.QUALIFIER_UNSAID,
    StreetIdentity.OTHER_QUALIFIER,
    StreetIdentity.OTHER_SAINT,
)
_NEEDS_POSTCODE = (
    StreetIdentity.OTHER_TYPE,
    StreetIdentity.QUALIFIER_UNSAID,
    StreetIdentity.OTHER_SAINT,
    StreetIdentity.OTHER_WORD,
    StreetIdentity.QUERY_BEGINS_EARLIER,
    StreetIdentity.CANDIDATE_BEGINS_EARLIER,
    StreetIdentity.OTHER,
    StreetIdentity.UNLIKE,
)
"""What may be the asked street by another name where the full postcode agrees, and is none where it does not."""
_TOLD_APART = 0
"""Likeness of streets that are told apart by their numerals, whatever letters they share: SECOND AVENUE and FIRST
AVENUE.
"""
_ONE_WITHIN_THE_OTHER = (StreetIdentity.QUERY_SAYS_MORE, StreetIdentity.CANDIDATE_SAYS_MORE)
"""Where the full postcode agrees, the words besides are of a place that was parsed as part of the street."""


@once_per_batch
def stands_on_another_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its street is another than the query's, so that it is never accepted.

    Where the asked street is held in that place, another one is another. Where it is not, another type or a name that
    leaves a qualifier out may be it if the full postcode agrees, and a misspelling may be it anyway. One that no
    spelling makes of it is another, whatever the postcode, unless the name of the premises is the asked one.
    """
    identity = features.street_identity
    held = (features.street_held > 0) & ~is_level(identity, StreetIdentity.UNSAID)
    beyond_slips: NDArray[np.bool_] = is_one_of(identity, _NEEDS_POSTCODE) & (
        ~is_level(features.postcode, PostcodeLevel.UNIT)
    )
    named_longer = is_one_of(identity, _ONE_WITHIN_THE_OTHER) & is_level(
        features.postcode, PostcodeLevel.UNIT
    )
    told_apart = is_level(identity, StreetIdentity.OTHER_QUALIFIER) | (
        is_one_of(identity, (StreetIdentity.OTHER, StreetIdentity.UNLIKE)) & (features.street == _TOLD_APART)
    )
    unlike = is_level(identity, StreetIdentity.UNLIKE) & ~names_the_same(features)
    elsewhere: NDArray[np.bool_] = (held & ~named_longer) | beyond_slips | told_apart | unlike
    # Where both texts hold the same words, one of them was only parsed otherwise: no word says another street. STREET
    # and SAINT are one word there, and numerals are none.
    same_words = (
        (features.query_share >= ALL_SAID)
        & (features.candidate_share >= ALL_SAID)
        & ~is_level(identity, StreetIdentity.OTHER_SAINT)
        & (features.street != _TOLD_APART)
    )
    another: NDArray[np.bool_] = elsewhere & ~same_words
    return another


def is_respelled(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its street is the query's except for letters, not spaces, and no full postcode
    says that it is that one.
    """
    respelled: NDArray[np.bool_] = (
        is_level(features.street_identity, StreetIdentity.RESPELLED)
        & (features.street < SPACELESS_WEIGHT)
        & ~is_level(features.postcode, PostcodeLevel.UNIT)
    )
    return respelled


def is_of_asked_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its street is the query's letter by letter, in a place that the query does not
    contradict.
    """
    asked: NDArray[np.bool_] = is_level(features.street_identity, StreetIdentity.SAME) & agrees_in_place(
        features
    )
    return asked


def is_on_the_asked_street_of_its_postcode(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it stands on the street and in the full postcode that its query asks for."""
    on_street: NDArray[np.bool_] = is_level(features.street_identity, StreetIdentity.SAME) & is_level(
        features.postcode, PostcodeLevel.UNIT
    )
    return on_street


@once_per_batch
def has_the_street_alone(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has the number and the street that its query asks for, and another full
    postcode.
    """
    alone: NDArray[np.bool_] = (
        is_level(features.street_identity, StreetIdentity.SAME)
        & is_one_of(features.number, SHARES_A_NUMBER)
        & is_one_of(features.postcode, OTHER_POSTCODE)
    )
    return alone


def is_on_a_common_street_of_another_locality(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has the number and the street that its query asks for, and its text does not
    say the locality that the query names, where streets of that name are many and no full postcode says that it is this
    one.
    """
    elsewhere: NDArray[np.bool_] = (
        is_level(features.street_identity, StreetIdentity.SAME)
        & (features.street_common > 0)
        & is_one_of(features.number, SHARES_A_NUMBER)
        & is_one_of(features.locality_name, (PlaceNameLevel.ALSO_CALLED, PlaceNameLevel.OTHER))
        & ~is_level(features.postcode, PostcodeLevel.UNIT)
    )
    return elsewhere


def is_on_the_asked_street_of_its_locality(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it stands on the street and in the locality that its query asks for."""
    on_street: NDArray[np.bool_] = is_level(features.street_identity, StreetIdentity.SAME) & is_level(
        features.locality_name, PlaceNameLevel.SAID
    )
    return on_street


def has_the_postcode_of_a_namesake(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether it has the number and the full postcode of its query, on a street of the asked
    name except for its type or a qualifier.

    Beside one that `has_the_street_alone`, street and postcode name two premises: 5 ELM LANE with the postcode of ELM
    ROAD.
    """
    namesake: NDArray[np.bool_] = (
        is_one_of(features.street_identity, _NAMESAKES)
        & is_one_of(features.number, SHARES_A_NUMBER)
        & is_level(features.postcode, PostcodeLevel.UNIT)
    )
    return namesake


def names_only_a_street(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names a street and no premises of it, and the candidate is one of its
    premises.
    """
    more_in_candidate = (
        is_level(features.number, NumberLevel.CANDIDATE_ONLY)
        | is_level(features.unit, UnitLevel.CANDIDATE_ONLY)
        | is_level(features.names, NameLevel.CANDIDATE_ONLY)
    )
    only_street: NDArray[np.bool_] = (
        is_one_of(features.number, (NumberLevel.NEITHER, NumberLevel.CANDIDATE_ONLY))
        & is_one_of(features.unit, (UnitLevel.NEITHER, UnitLevel.CANDIDATE_ONLY))
        & is_one_of(features.names, (NameLevel.NEITHER, NameLevel.CANDIDATE_ONLY))
        & (features.building == LEFT_EMPTY)
        & is_one_of(features.street_identity, (StreetIdentity.SAME, StreetIdentity.RESPELLED, *WITH_SLIPS))
        & more_in_candidate
    )
    return only_street
