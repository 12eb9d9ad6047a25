"""Whether a candidate stands on the street that is asked for, or on another of a like name, and where the asked one is held.

A likeness cannot say it: one letter is a slip in TANFEILD ROAD, and a whole word is another street in MILL LANE EAST. These are facts
for rules; rankers do not see them.
"""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.reference.street_places import area_of, sector_of, street_key
from address_match.service.matching.features.columns.coded import JOINT, Coded
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.common_streets import COMMON_STREETS
from address_match.service.matching.features.compare_names import building_kinds
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.name_likeness import (
    saint_otherwise,
    share_of_words,
    without_possessive,
)
from address_match.service.matching.features.postcode import PostcodeLevel, postcode_level
from address_match.service.matching.features.qualifiers import QUALIFIERS, glued_qualifier, meant_qualifier
from address_match.service.matching.features.street import SAME_STREET, street_types
from address_match.service.matching.features.unlike_streets import are_unlike
from address_match.service.matching.features.welsh_streets import WELSH_TYPES, in_english
from address_match.service.matching.features.word_difference import word_difference

COMPARED_FROM = 0.55
"""Likeness by letters from which two names are compared word by word; below it they are two streets anyway."""
LEAST_WITH_SLIP = 4
"""Letters from which two words may be one with a slip."""
_SAINT = "SAINT"
_FILED_APART = frozenset({_SAINT, "LOW"})
"""Words that are filed like others (STREET, LOWER), and tell a street from its namesake."""
LEAST_RESPELLED = 6
"""Letters from which a word with a slip behind its first letter is that word, even where both spellings are held: registers differ in
how they write OKEHAMPTON, while MILL LANE and HILL LANE are two streets."""


class StreetIdentity(IntEnum):
    """The query's street beside the candidate's, word by word."""

    UNSAID = 0
    """One side names none."""
    SAME = 1
    RESPELLED = 2
    """One name, spaced or spelled otherwise, or in Welsh: CORN MILL beside CORNMILL, SADLER beside SADDLER."""
    TYPE_UNSAID = 3
    """One name, of which one side lacks the type: ACLAND beside ACLAND ROAD."""
    OTHER_TYPE = 4
    """ALDER CLOSE beside ALDER ROAD."""
    QUALIFIER_UNSAID = 5
    """The candidate says a qualifier that the query does not: MILL LANE beside MILL LANE EAST."""
    OTHER_QUALIFIER = 6
    """The query says one that the candidate does not, or another numeral: MILL LANE EAST beside MILL LANE."""
    OTHER = 7
    NEARLY = 8
    """One name with slips, or two that differ in little: MILL beside HILL."""
    QUERY_SAYS_MORE = 9
    """The query's name has words besides: PARK VIEW PROSPECT PLACE beside PARK VIEW."""
    CANDIDATE_SAYS_MORE = 10
    """ESPLANADE beside THE ESPLANADE, WOOD LANE beside LITTLE WOOD LANE."""
    BOTH_NAMED = 11
    """Two streets, of which one side names both."""
    QUERY_BEGINS_EARLIER = 12
    """The words besides stand before the candidate's name, which has its type: RED KITE ROAD beside KITE ROAD."""
    OTHER_SAINT = 13
    """One side alone names a saint: JAMES STREET beside SAINT JAMES STREET."""
    CANDIDATE_BEGINS_EARLIER = 14
    """A word of a name stands before the query's, which has its type: ALBERT STREET beside PRINCE ALBERT STREET."""
    UNLIKE = 15
    """Another, and no spelling of it: BIRCH CLOSE beside ALDER CLOSE. Told of candidates of the full postcode alone."""


NEAR_NAMESAKE = (
    StreetIdentity.NEARLY,
    StreetIdentity.TYPE_UNSAID,
    StreetIdentity.OTHER_TYPE,
    StreetIdentity.QUALIFIER_UNSAID,
    StreetIdentity.OTHER_QUALIFIER,
    StreetIdentity.OTHER_SAINT,
    StreetIdentity.QUERY_SAYS_MORE,
    StreetIdentity.QUERY_BEGINS_EARLIER,
    StreetIdentity.CANDIDATE_SAYS_MORE,
    StreetIdentity.CANDIDATE_BEGINS_EARLIER,
)
"""Not the asked name, but near enough to be taken for it."""

OTHER_STREET = (
    StreetIdentity.OTHER_TYPE,
    StreetIdentity.QUALIFIER_UNSAID,
    StreetIdentity.OTHER_QUALIFIER,
    StreetIdentity.OTHER_SAINT,
    StreetIdentity.OTHER,
    StreetIdentity.UNLIKE,
)
"""A whole word says another street."""


@once_per_batch
def street_identity(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `StreetIdentity` per pair."""
    query, text = pairs.of_query("street"), pairs.of_text("street")
    level = np.full(len(pairs), int(StreetIdentity.UNSAID))
    if not any(query.values):
        return level
    said = query.said_at(pairs.query) & text.said_at(pairs.text)
    level[said] = int(StreetIdentity.OTHER)
    rows = (
        said & (pairs.likeness(query.map(in_english), text.map(in_english), fuzz.ratio) >= COMPARED_FROM)
    ).nonzero()[0]
    names = zip(query.at(pairs.query[rows]), text.at(pairs.text[rows]), strict=True)
    level[rows] = np.fromiter((compare_streets(q, c) for q, c in names), dtype=np.int64, count=len(rows))
    level[_both_named(pairs, level)] = int(StreetIdentity.BOTH_NAMED)
    level[_unlike(pairs, level)] = int(StreetIdentity.UNLIKE)
    return level


def _both_named(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of which one side says in its whole text what the other names as its street.

    Of two names of which one holds the other it must be the longer one, since WOOD LANE stands in WOOD LANE NORTH: parses differ in
    where a street ends.
    """
    rows = is_one_of(level, (StreetIdentity.OTHER, *NEAR_NAMESAKE)).nonzero()[0]
    query, text = pairs.query[rows], pairs.text[rows]
    asked, held = pairs.of_query("street").at(query), pairs.of_text("street").at(text)
    in_text = np.fromiter(map(_stands_in, pairs.whole_text().at(text), asked), dtype=bool, count=len(rows))
    in_query = np.fromiter(map(_stands_in, pairs.whole_query().at(query), held), dtype=bool, count=len(rows))
    longer = np.fromiter(map(len, asked), dtype=np.int64, count=len(rows))
    longer -= np.fromiter(map(len, held), dtype=np.int64, count=len(rows))
    near = level[rows] != int(StreetIdentity.OTHER)
    both: NDArray[np.bool_] = (in_text & ~(near & (longer < 0))) | (in_query & ~(near & (longer > 0)))
    return rows[both]


def _unlike(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of one full postcode whose streets are two by every word that tells them."""
    rows = (
        (level == int(StreetIdentity.OTHER)) & (postcode_level(pairs) == int(PostcodeLevel.UNIT))
    ).nonzero()[0]
    names = zip(
        pairs.of_query("street").at(pairs.query[rows]),
        pairs.of_text("street").at(pairs.text[rows]),
        strict=True,
    )
    unlike = np.fromiter((are_unlike(q, c) for q, c in names), dtype=bool, count=len(rows))
    of_pairs: NDArray[np.int64] = rows[unlike]
    return of_pairs


def _stands_in(text: str, street: str) -> bool:
    """Return whether a text says a street in words of its own, not in the letters of another: GREEN stands not in GREENWAY."""
    return street in text and share_of_words(text, street) == 1


def street_held(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the reference holds the query's street, letter by letter but for a saint's S, in the candidate's town or postcode sector.

    Asked only of candidates on another street, where it decides: of a like name, or in the query's own postcode.
    """
    identity = street_identity(pairs)
    asked = is_one_of(identity, NEAR_NAMESAKE)
    other = is_one_of(identity, (StreetIdentity.OTHER, StreetIdentity.UNLIKE))
    if other.any():
        asked |= other & (postcode_level(pairs) == int(PostcodeLevel.UNIT))
    held = np.zeros(len(pairs), dtype=bool)
    rows = asked.nonzero()[0]
    if len(rows):
        names = pairs.of_query("street")
        otherwise = names.map(saint_otherwise)
        for streets in (names, otherwise) if otherwise.values != names.values else (names,):
            for places in (pairs.of_text("town"), _postcodes(pairs).map(sector_of)):
                named = zip(streets.at(pairs.query[rows]), places.at(pairs.text[rows]), strict=True)
                keys = np.fromiter((street_key(s, p) for s, p in named), dtype=np.int64, count=len(rows))
                held[rows] |= pairs.statistics.streets.hold(keys) & places.said_at(pairs.text[rows])
    return held.astype(np.int64)


def street_towns(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns the reference holds the query's street, letter by letter."""
    return _towns(pairs, pairs.of_query("street"))


def building_towns(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns the reference holds the name of the query's building, letter by letter."""
    return _towns(pairs, pairs.of_query("building"))


def _towns(pairs: Pairs, names: Coded) -> NDArray[np.int64]:
    keys = np.fromiter(map(street_key, names.values), dtype=np.int64, count=len(names.values))
    towns: NDArray[np.int64] = (pairs.statistics.streets.towns(keys) * names.said)[names.codes[pairs.query]]
    return towns


def street_towns_in_area(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns of the candidate's postcode area the street on which both stand is held; 0 where they do not."""
    towns = np.zeros(len(pairs), dtype=np.int64)
    rows = (street_identity(pairs) == int(StreetIdentity.SAME)).nonzero()[0]
    streets = pairs.of_query("street").at(pairs.query[rows])
    areas = _postcodes(pairs).map(area_of).at(pairs.text[rows])
    keys = np.fromiter(map(street_key, streets, areas), dtype=np.int64, count=len(rows))
    towns[rows] = pairs.statistics.streets.towns(keys)
    return towns


def street_common(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query's street is one that most towns have."""
    return pairs.of_query("street").numbers(lambda street: int(street in COMMON_STREETS))[pairs.query]


@lru_cache(maxsize=1 << 17)
def compare_streets(query: str, candidate: str) -> int:
    """Compare two names of streets word by word, slips forgiven.

    >>> StreetIdentity(compare_streets("MILL LANE EAST", "MILL LANE")).name
    'OTHER_QUALIFIER'
    >>> StreetIdentity(compare_streets("GERAT MILL LANE", "MILL LANE")).name
    'OTHER_QUALIFIER'
    >>> StreetIdentity(compare_streets("GERAT MILL LANE", "GREAT MILL LANE")).name
    'RESPELLED'
    >>> StreetIdentity(compare_streets("STRYD FAWR", "HIGH STREET")).name
    'RESPELLED'
    >>> StreetIdentity(compare_streets("TANFEILD ROAD", "TANFIELD ROAD")).name
    'RESPELLED'
    >>> StreetIdentity(compare_streets("ALDER CLOSE", "ALDER ROAD")).name
    'OTHER_TYPE'
    >>> StreetIdentity(compare_streets("ALDER KING STREET", "ALDER COURT KING STREET")).name
    'BOTH_NAMED'
    """
    if without_possessive(query) == without_possessive(candidate):
        return int(StreetIdentity.SAME)
    query, candidate = in_english(query), in_english(candidate)
    if query.replace(" ", "") == candidate.replace(" ", ""):
        return int(StreetIdentity.RESPELLED)
    q_more, c_more, slips = word_difference(_filed(query), _filed(candidate), _is_meant)
    if _SAINT in q_more | c_more:
        return int(StreetIdentity.OTHER_SAINT)
    if any(map(_tells_apart, q_more)) or any(map(meant_qualifier, q_more)) or _glued(q_more, c_more):
        return int(StreetIdentity.OTHER_QUALIFIER)
    if any(map(_tells_apart, c_more)) or _glued(c_more, q_more):
        return int(StreetIdentity.QUALIFIER_UNSAID)
    types = street_types()
    if q_more and c_more and q_more <= types and c_more <= types:
        return int(StreetIdentity.OTHER_TYPE)
    if not q_more and not c_more:
        return int(
            StreetIdentity.RESPELLED if all(_is_respelling(*s) for s in slips) else StreetIdentity.NEARLY
        )
    if not q_more or not c_more:
        if (q_more or c_more) <= types:
            before_street = _has_type_before_street(query, candidate)
            return int(StreetIdentity.BOTH_NAMED if before_street else StreetIdentity.TYPE_UNSAID)
        if query.endswith(f" {candidate}") and candidate.rsplit(maxsplit=1)[-1] in types:
            return int(StreetIdentity.QUERY_BEGINS_EARLIER)
        if _begins_with_a_name(candidate, query):
            return int(StreetIdentity.CANDIDATE_BEGINS_EARLIER)
        return int(StreetIdentity.QUERY_SAYS_MORE if q_more else StreetIdentity.CANDIDATE_SAYS_MORE)
    alike = fuzz.ratio(query, candidate) >= 100 * SAME_STREET and not (q_more | c_more) & types
    return int(StreetIdentity.NEARLY if alike else StreetIdentity.OTHER)


def _filed(street: str) -> frozenset[str]:
    """Return the words of a street's name as they are filed, 4TH for FOURTH, those of Welsh types as the English ones."""
    in_english = (WELSH_TYPES.get(word, word) for word in street.split())
    return frozenset(word if word in _FILED_APART else CANONICAL_WORDS.get(word, word) for word in in_english)


def is_slip(query: str, candidate: str) -> bool:
    """Return whether two words are one with a slip; words that mean two things by themselves never are: LAKE and LANE."""
    if min(len(query), len(candidate)) < LEAST_WITH_SLIP or _tells_apart(query) or _tells_apart(candidate):
        return False
    if {query, candidate} <= street_types() or _are_opposites(query, candidate):
        return False
    if min(len(query), len(candidate)) >= LEAST_RESPELLED and query[0] == candidate[0]:
        return fuzz.ratio(query, candidate) >= 100 * SAME_STREET
    return OSA.distance(query, candidate, score_cutoff=1) <= 1


def _is_meant(query: str, candidate: str) -> bool:
    return is_slip(query, candidate) or meant_qualifier(query) == candidate


def _is_respelling(query: str, candidate: str) -> bool:
    if meant_qualifier(query) == candidate:
        return True
    long = min(len(query), len(candidate)) >= LEAST_RESPELLED and query[0] == candidate[0]
    return long and OSA.distance(query, candidate, score_cutoff=1) <= 1


def _has_type_before_street(query: str, candidate: str) -> bool:
    """Return whether the longer name has a type more, before a whole street in which both end.

    That is the type of a building, which was read as part of the street: SAINT ANNES KING STREET beside SAINT ANNES COURT KING STREET.
    """
    shorter, longer = sorted((query.split(), candidate.split()), key=len)
    ends = list(zip(reversed(shorter), reversed(longer), strict=False))
    alike = next((count for count, (a, b) in enumerate(ends) if a != b), len(shorter))
    begins_alike = shorter[:-alike] == longer[: len(shorter) - alike] if alike else False
    whole_street = alike > 1 and shorter[-1] in street_types()
    return whole_street and alike < len(shorter) and begins_alike and len(longer) == len(shorter) + 1


def _begins_with_a_name(longer: str, street: str) -> bool:
    """Return whether a word that is no type of a street or building stands before a street's name with its type."""
    before, found, _ = longer.partition(f" {street}")
    typed = " " in street and street.rsplit(maxsplit=1)[-1] in street_types()
    named = before.isalpha() and before not in street_types() and before not in building_kinds()
    return bool(found) and longer.endswith(street) and typed and named


def _glued(longer: frozenset[str], shorter: frozenset[str]) -> bool:
    """Return whether one of some words is one of the others with a qualifier written to it: OLDSYCAMORE beside SYCAMORE."""
    return any(_is_qualified(word, name) or _are_opposites(word, name) for word in longer for name in shorter)


def _is_qualified(word: str, name: str) -> bool:
    return word.endswith(name) and word.removesuffix(name) in QUALIFIERS


def _are_opposites(query: str, candidate: str) -> bool:
    """Return whether two words are one but for the qualifiers that are written to them: EASTLEA and WESTLEA."""
    q, c = glued_qualifier(query), glued_qualifier(candidate)
    return bool(q and c) and q != c and query.removeprefix(q) == candidate.removeprefix(c)


def _tells_apart(word: str) -> bool:
    return word in QUALIFIERS or word[0].isdigit()


@once_per_batch
def _postcodes(pairs: Pairs) -> Coded:
    return pairs.of_text("reading_postcode").joined(pairs.of_text("postcode")).map(_parsed_or_given)


def _parsed_or_given(postcodes: str) -> str:
    parsed, _, given = postcodes.partition(JOINT)
    return given.replace(" ", "").upper() or parsed


STREET_IDENTITY = Feature(
    name="street_identity",
    field=Field.STREET,
    compute=street_identity,
    levels=StreetIdentity,
    silent=StreetIdentity.UNSAID,
    ranked=False,
)
STREET_HELD = Feature(name="street_held", field=Field.STREET, compute=street_held, ranked=False)
STREET_TOWNS = Feature(name="street_towns", field=Field.STREET, compute=street_towns, ranked=False)
STREET_TOWNS_IN_AREA = Feature(
    name="street_towns_in_area", field=Field.STREET, compute=street_towns_in_area, ranked=False
)
STREET_COMMON = Feature(name="street_common", field=Field.STREET, compute=street_common, ranked=False)
BUILDING_TOWNS = Feature(name="building_towns", field=Field.BUILDING, compute=building_towns, ranked=False)
