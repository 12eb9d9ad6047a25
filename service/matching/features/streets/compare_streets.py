"""Whether two names of streets are one street's, word by word.

A likeness cannot say it: one letter is a slip in TANFEILD ROAD, and a whole word is another street in MILL LANE EAST.
"""

from enum import IntEnum
from functools import lru_cache
from operator import ne

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.lexicon.numerals import HIGHER_ORDINALS
from address_match.service.matching.features.names.name_likeness import without_possessive
from address_match.service.matching.features.names.name_words import ROWS, building_kinds
from address_match.service.matching.features.names.qualifiers import (
    QUALIFIERS,
    glued_qualifier,
    meant_qualifier,
)
from address_match.service.matching.features.names.welsh_streets import WELSH_TYPES, in_english
from address_match.service.matching.features.names.word_difference import word_difference
from address_match.service.matching.features.streets.street import SAME_STREET, street_types

LEAST_WITH_SLIP = 4
"""Letters from which two words may be one with a slip."""
_SAINT = "SAINT"
_BEHIND = "BACK"
"""Of a lane at the backs of the houses of a street, which hardly anybody leaves out."""
_FILED_APART = frozenset({_SAINT, "STREET", "LOW"})
"""Words that are filed like others (SAINT and STREET as one, LOW as LOWER), and tell a street from its namesake."""
LEAST_RESPELLED = 6
"""Letters from which a word with a slip behind its first letter is that word, even where both spellings are held:
registers differ in how they write OKEHAMPTON, while MILL LANE and HILL LANE are two streets.
"""
LEAST_MISSPELT = 0.75
"""Likeness of the words that two names do not share from which they may be the same with several slips: GUUBBON and
GYBBON, but not HARTLAND and HARTLEY.
"""
_GOES_ON = 3
"""Letters more than a slip adds."""


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
    """The candidate says a qualifier that the query does not, MILL LANE beside MILL LANE EAST, or the query nothing but
    a type: LANE beside LONG LANE.
    """
    OTHER_QUALIFIER = 6
    """The query says one that the candidate does not, or another numeral: MILL LANE EAST beside MILL LANE. Or one side
    alone says that it is a row, or the lane behind: THE BREWERY beside BREWERY COTTAGES, MILL STREET beside BACK MILL
    STREET.
    """
    OTHER = 7
    NEARLY = 8
    """One name with slips, or two that differ in little: MILL beside MALL."""
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
    OTHER_WORD = 16
    """Short words that differ in a letter, the query's being one that is known: MILL LANE beside HILL LANE, ROSS ROAD
    beside ROSE ROAD.
    """


WITH_SLIPS = (StreetIdentity.NEARLY, StreetIdentity.OTHER_WORD)
"""But for letters, the asked name."""
NEAR_NAMESAKE = (
    *WITH_SLIPS,
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
    >>> StreetIdentity(compare_streets("MILL LANE", "HILL LANE")).name
    'OTHER_WORD'
    >>> StreetIdentity(compare_streets("ALDER CLOSE", "ALDER ROAD")).name
    'OTHER_TYPE'
    >>> StreetIdentity(compare_streets("THE BREWERY", "BREWERY COTTAGES")).name
    'OTHER_QUALIFIER'
    >>> StreetIdentity(compare_streets("ALDER KING STREET", "ALDER COURT KING STREET")).name
    'BOTH_NAMED'
    """
    if without_possessive(query) == without_possessive(candidate):
        return int(StreetIdentity.SAME)
    query, candidate = in_english(query), in_english(candidate)
    if query.replace(" ", "") == candidate.replace(" ", ""):
        return int(StreetIdentity.RESPELLED)
    if _is_row_beside(query, candidate):
        return int(StreetIdentity.OTHER_QUALIFIER)
    q_more, c_more, slips = word_difference(_filed(query), _filed(candidate), _is_meant)
    if _SAINT in q_more | c_more:
        return int(StreetIdentity.OTHER_SAINT)
    if any(map(_tells_apart, q_more)) or any(map(meant_qualifier, q_more)) or _glued(q_more, c_more):
        return int(StreetIdentity.OTHER_QUALIFIER)
    if _BEHIND in c_more and not q_more:
        return int(StreetIdentity.OTHER_QUALIFIER)
    if any(map(_tells_apart, c_more)) or _glued(c_more, q_more):
        return int(StreetIdentity.QUALIFIER_UNSAID)
    types = street_types()
    if query in types and not q_more and not c_more <= types | {"THE"}:
        return int(StreetIdentity.QUALIFIER_UNSAID)
    if q_more and c_more and q_more <= types and c_more <= types:
        return int(StreetIdentity.OTHER_TYPE)
    if not q_more and not c_more:
        return int(_by_slips(slips))
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
    misspelt = alike and _likeness_of_other_words(query, candidate) >= LEAST_MISSPELT
    return int(StreetIdentity.NEARLY if misspelt else StreetIdentity.OTHER)


def _filed(street: str) -> frozenset[str]:
    """Return the words of a street's name as they are filed, 4TH for FOURTH, those of Welsh types as the English ones."""
    words = (HIGHER_ORDINALS.get(word, word) for word in street.split())
    in_english = (WELSH_TYPES.get(word, word) for word in words)
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


def _by_slips(slips: set[tuple[str, str]]) -> StreetIdentity:
    """Return how two names stand that differ in nothing but slips."""
    if all(_is_respelling(*slip) for slip in slips):
        return StreetIdentity.RESPELLED
    differ = any(_differ_in_a_letter(*slip) for slip in slips)
    return StreetIdentity.OTHER_WORD if differ else StreetIdentity.NEARLY


def _differ_in_a_letter(query: str, candidate: str) -> bool:
    """Return whether two short words are one but for a letter that another stands for, as few slips are, and many
    words.
    """
    return (
        len(query) < LEAST_RESPELLED and len(query) == len(candidate) and sum(map(ne, query, candidate)) == 1
    )


def _likeness_of_other_words(query: str, candidate: str) -> float:
    """Return how alike the words are that two names do not share, in [0, 1]; 0 where one begins like the other and goes
    on, as MARSHALL does behind MARSH.
    """
    q_words, c_words = query.split(), candidate.split()
    q_other = "".join(word for word in q_words if word not in c_words)
    c_other = "".join(word for word in c_words if word not in q_words)
    shorter, longer = sorted((q_other, c_other), key=len)
    if longer.startswith(shorter) and len(longer) >= len(shorter) + _GOES_ON:
        return 0.0
    return fuzz.ratio(q_other, c_other) / 100


def _is_row_beside(query: str, candidate: str) -> bool:
    """Return whether one of two names is that of a row which is called after the other."""
    return any(
        words[-1] in ROWS and {*words[:-1]} == {*others} - {"THE"}
        for words, others in ((query.split(), candidate.split()), (candidate.split(), query.split()))
        if words
    )


def _has_type_before_street(query: str, candidate: str) -> bool:
    """Return whether the longer name has a type more, before a whole street in which both end.

    That is the type of a building, which was read as part of the street: SAINT ANNES KING STREET beside SAINT ANNES
    COURT KING STREET.
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
    """Return whether one of some words is one of the others with a qualifier written to it: OLDSYCAMORE beside
    SYCAMORE.
    """
    return any(_is_qualified(word, name) or _are_opposites(word, name) for word in longer for name in shorter)


def _is_qualified(word: str, name: str) -> bool:
    return word.endswith(name) and word.removesuffix(name) in QUALIFIERS


def _are_opposites(query: str, candidate: str) -> bool:
    """Return whether two words are one except for the qualifiers that are written to them: EASTLEA and WESTLEA."""
    q, c = glued_qualifier(query), glued_qualifier(candidate)
    return bool(q and c) and q != c and query.removeprefix(q) == candidate.removeprefix(c)


def _tells_apart(word: str) -> bool:
    return word in QUALIFIERS or word[0].isdigit()
