"""Compare the names of two premises word by word: of their buildings, and of the businesses in them."""

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.names.initials import initials_in_full
from address_match.service.matching.features.names.institutions import CONFESSIONS, is_one_institution
from address_match.service.matching.features.names.name_words import (
    LEFT_OUT_KINDS,
    OWN_KINDS,
    SLIPS_FORGIVEN,
    building_kinds,
    is_slip,
    is_thing,
    side_by_side,
    spaced_as,
    telling_words,
)
from address_match.service.matching.features.names.word_difference import word_difference

_PUBLIC_HOUSE = frozenset({"PUBLIC", "HOUSE"})
"""The one kind that is written in two words."""
_CARE_HOME = frozenset({"CARE", "HOME"})
"""What a house is as well, whatever kind of building its name says: ELM LODGE CARE HOME is ELM LODGE."""
_TWO_NAMES = re.compile(r" (?:FORMERLY|PREVIOUSLY|(?:ALSO |NOW |FORMERLY )?KNOWN AS|AKA|NOW) ")
"""Between two names of one thing."""
_LONG_IN_ONE = 6
"""Letters from which a name without its spaces may hold a slip as well."""


class NameLevel(IntEnum):
    """The names of building and organisation that the query and the candidate give, word by word."""

    NEITHER = 0
    QUERY_ONLY = 1
    CANDIDATE_ONLY = 2
    EQUAL = 3
    QUERY_SAYS_MORE = 4
    CANDIDATE_SAYS_MORE = 5
    BOTH_SAY_MORE = 6
    """They share words, and each has one that the other lacks: an infant school beside its junior school."""
    NOTHING_SHARED = 7
    KIND_UNSAID = 8
    """One name, of which one side says of what kind the building is: HEATHFIELD beside HEATHFIELD HOUSE."""


OTHER_NAME = (NameLevel.BOTH_SAY_MORE, NameLevel.NOTHING_SHARED)
"""Each side has a word that the other lacks."""
_SAYS_MORE = (*OTHER_NAME, NameLevel.QUERY_SAYS_MORE)
"""The query has a word that the candidate lacks."""


@lru_cache(maxsize=1 << 16)
def compare_named(query: str, candidate: str) -> int:
    """Compare the names of two premises, each an organisation and a building, parted by a joint.

    What is in a building that has a name says nothing of it, where the candidate names no organisation: SAINT ANDREWS
    RECTORY is no RECTORY.

    >>> NameLevel(compare_named(f"ELMWOOD SYSTEMS{JOINT}FALCON HOUSE", f"{JOINT}FALCON HOUSE")).name
    'EQUAL'
    """
    query, candidate = initials_in_full(query, candidate), initials_in_full(candidate, query)
    whole = compare_names(side_by_side(query), side_by_side(candidate))
    if whole in _SAYS_MORE and (by_one := _compare_one_of_two(query, candidate)) is not None:
        return by_one
    business, _, building = query.partition(JOINT)
    unnamed = set(building.split()) <= building_kinds()
    if not business or unnamed or candidate.partition(JOINT)[0] or whole not in _SAYS_MORE:
        return whole
    alone = compare_names(building, side_by_side(candidate))
    return whole if alone in _SAYS_MORE else alone


def _compare_one_of_two(query: str, candidate: str) -> int | None:
    """Compare the one of two names that a query gives which is the candidate's; None where it gives one, or neither is.

    What is but a word for a kind of thing is no name: RIGHT NOW CAFE has one.

    >>> _compare_one_of_two(f"ELM ACADEMY FORMERLY ELM SCHOOL{JOINT}", f"ELM SCHOOL{JOINT}") == NameLevel.EQUAL
    True
    >>> _compare_one_of_two(f"RIGHT NOW CAFE{JOINT}", f"CAFE{JOINT}") is None
    True
    """
    names = _TWO_NAMES.split(side_by_side(query))
    if len(names) == 1 or any(is_thing(telling_words(name)) for name in names):
        return None
    levels = {compare_names(name, side_by_side(candidate)) for name in names}
    return next((int(level) for level in (NameLevel.EQUAL, NameLevel.KIND_UNSAID) if level in levels), None)


@lru_cache(maxsize=1 << 16)
def compare_names(query: str, candidate: str) -> int:
    """Compare two names word by word, slips forgiven.

    >>> NameLevel(compare_names("ELM ROAD INFANT SCHOOL", "ELM ROAD JUNIOR SCHOOL")).name
    'BOTH_SAY_MORE'
    >>> NameLevel(compare_names("HEATHFIELD HOUSE", "HEATHFIELD")).name
    'KIND_UNSAID'
    >>> NameLevel(compare_names("ELMLEY SURGERY", "ELMLEY MEDICAL CENTRE")).name
    'KIND_UNSAID'
    >>> NameLevel(compare_names("HEATHFIELD STABLES", "HEATHFIELD")).name
    'QUERY_SAYS_MORE'
    """
    if not query or not candidate:
        if query:
            return int(NameLevel.QUERY_ONLY)
        return int(NameLevel.CANDIDATE_ONLY if candidate else NameLevel.NEITHER)
    if _alike_in_one(query, candidate):
        return int(NameLevel.EQUAL)
    q_words, c_words = telling_words(spaced_as(query, candidate)), telling_words(spaced_as(candidate, query))
    q_more, c_more, _ = word_difference(q_words, c_words, is_slip)
    if not q_more and not c_more:
        return int(NameLevel.EQUAL)
    if len(q_more) == len(q_words):
        return int(NameLevel.NOTHING_SHARED)
    if is_one_institution(q_words, c_words):
        return int(NameLevel.KIND_UNSAID)
    if q_more and c_more:
        return int(_schools_of_one_confession(q_words, c_words) or NameLevel.BOTH_SAY_MORE)
    if (q_more or c_more) <= CONFESSIONS and not q_words & c_words & CONFESSIONS - {"CHURCH"}:
        return int(NameLevel.KIND_UNSAID)
    if (q_more or c_more) == _CARE_HOME and not is_thing(q_words & c_words):
        return int(NameLevel.KIND_UNSAID)
    unsaid = q_more <= OWN_KINDS | _PUBLIC_HOUSE and c_more <= LEFT_OUT_KINDS | _PUBLIC_HOUSE
    if unsaid and _is_only_a_kind(q_more or c_more, q_words & c_words):
        return int(NameLevel.KIND_UNSAID)
    return int(NameLevel.QUERY_SAYS_MORE if q_more else NameLevel.CANDIDATE_SAYS_MORE)


def _schools_of_one_confession(query: frozenset[str], candidate: frozenset[str]) -> NameLevel | None:
    """Compare the names of two schools without the confession that one of them says; None where both or neither say one,
    or words of both are left.
    """
    said = query & CONFESSIONS, candidate & CONFESSIONS
    if bool(said[0]) == bool(said[1]) or "SCHOOL" not in query & candidate:
        return None
    q_more, c_more, _ = word_difference(query - CONFESSIONS, candidate - CONFESSIONS, is_slip)
    if q_more and c_more:
        return None
    return NameLevel.QUERY_SAYS_MORE if q_more else NameLevel.CANDIDATE_SAYS_MORE


def _alike_in_one(query: str, candidate: str) -> bool:
    """Return whether two names are one once their spaces are dropped, slips forgiven: ASH LEIGH is ASHLEIGH."""
    q, c = query.replace(" ", ""), candidate.replace(" ", "")
    return q == c or (
        query.count(" ") != candidate.count(" ")
        and min(len(q), len(c)) >= _LONG_IN_ONE
        and OSA.distance(q, c, score_cutoff=SLIPS_FORGIVEN) <= SLIPS_FORGIVEN
    )


def _is_only_a_kind(more: frozenset[str], shared: frozenset[str]) -> bool:
    """Return whether what one name has more is a word for a kind of building, and the words of both hold none.

    LOWMOOR HALL LODGE is another building than LOWMOOR HALL, and CROFT HOUSE than THE CROFT.
    """
    one_kind = (len(more) == 1 and more <= building_kinds()) or more == _PUBLIC_HOUSE
    return one_kind and not is_thing(shared) and not shared & building_kinds()
