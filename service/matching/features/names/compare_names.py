"""Compare the names of two premises word by word: of their buildings, and of the businesses in them."""

import re
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from address_match.indexer.texts.coded_strings import JOINT
from address_match.parser.lexicon.files import rows_of
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.service.matching.features.names.facilities import is_facility_beside
from address_match.service.matching.features.names.initials import initials_in_full
from address_match.service.matching.features.names.opposite_names import BOUNDS, NUMBERS, side_by_side
from address_match.service.matching.features.names.qualifiers import QUALIFIERS
from address_match.service.matching.features.names.word_difference import word_difference

SLIPS_FORGIVEN = 1
"""Edits within which two words of names are one word; at two, SENIOR is JUNIOR."""
_COMING_AND_GOING = frozenset({"THE", "AT", "Y", "YR", "LIMITED", "PLC", "LLP"})
"""Words that names are written with and without."""
_ANY_KIND = "BUILDING"
_OWN_KINDS = frozenset(
    {
        *("HOUSE", "BUILDING", "BLOCK", "TOWER", "CHAMBERS", "INN", "HOTEL", "ARMS"),
        *("CHURCH", "SCHOOL", "COLLEGE", "HOSPITAL", "LIBRARY"),
    }
)
"""Kinds of what a name alone stands for as well; any other that a query says is a second building beside it: FELLSIDE
STABLES.
"""
_LEFT_OUT_KINDS = _OWN_KINDS | {"COTTAGE", "FARM", "FARMHOUSE", "BUNGALOW", "VILLA"}
"""Kinds that people leave out of the name of the house they mean."""
_COMMON_HOUSES = frozenset(
    {"HOUSE", "COTTAGE", "LODGE", "BUNGALOW", "VILLA", "FARM", "FARMHOUSE", "BARN", "STABLES"}
)
"""Kinds of which a street may have several: by one of them alone THE COTTAGE is called, and MILL COTTAGE is another."""
_PUBLIC_HOUSE = frozenset({"PUBLIC", "HOUSE"})
"""The one kind that is written in two words."""
_CARE_HOME = frozenset({"CARE", "HOME"})
"""What a house is as well, whatever kind of building its name says: ELM LODGE CARE HOME is ELM LODGE."""
_PARISH = frozenset({"PARISH"})
_CARE = frozenset({"SURGERY", "MEDICAL", "DENTAL", "VETERINARY"})
_WHERE_CARE_IS = frozenset({"SURGERY", "MEDICAL", "PRACTICE", "CENTRE", "CLINIC"})
"""Words of which one is as good as another: ELMLEY SURGERY is ELMLEY MEDICAL CENTRE."""
_SPORTS = frozenset({"LEISURE", "SPORTS", "AND", "CENTRE"})
_HALL_OF_RESIDENCE = frozenset({"HALL", "OF", "RESIDENCE"})
_FARMHOUSE_OF_A_FARM = frozenset({"FARMHOUSE", "FARM"})
_SUBSTATION = "SUBSTATION"
_CURRENT = frozenset({"ELECTRIC", "ELECTRICITY"})
_ONE_WORD_FOR = {"FORMER": "OLD", **dict.fromkeys(("TOILET", "TOILETS", "CONVENIENCE"), "CONVENIENCES")}
"""Words for one thing: FORMER CHAPEL is OLD CHAPEL, PUBLIC TOILETS are PUBLIC CONVENIENCES."""
_ACADEMY_OR_SCHOOL = frozenset({"ACADEMY", "SCHOOL"})
_OF_A_SCHOOL_BEFORE = frozenset({"HIGH", "SECONDARY", "COMPREHENSIVE", "COMMUNITY"})
"""Words for the school that an academy was, which its name leaves out."""
_CONFESSIONS = frozenset(
    {
        *("CATHOLIC", "CHURCH", "OF", "ENGLAND", "SCOTLAND", "IN", "WALES", "ANGLICAN"),
        *("METHODIST", "BAPTIST", "PRESBYTERIAN", "CONGREGATIONAL", "UNITED", "REFORMED"),
    }
)
"""Words for the confession of a church or a school, which one side may leave unsaid."""
_NAME_QUALIFIERS = QUALIFIERS | {
    *("HIGH", "LOW", "UCHAF", "ISAF", "MAWR", "BACH", "HEN", "NEWYDD", "MOR", "BEAG"),
    *BOUNDS,
    *("INFANT", "JUNIOR", "NURSERY", "RUGBY", "DENTAL", "VETERINARY"),
    *NUMBERS,
}
"""Words that tell one house or institution from another of its name, the Welsh and the Gaelic ones and numbers among
them.
"""
_BESIDE_A_HOUSE = frozenset({"SHOP", "SPA", "CAFE", "TEAROOM", "TEAROOMS"})
"""What stands beside the farm or hotel after which it is called, and is no kind of building to the parser."""
ROWS = frozenset({"COTTAGES", "HOUSES", "BUNGALOWS", "ALMSHOUSES"})
"""Rows of houses that are called after the place beside them, and numbered by themselves: 2 MALTINGS COTTAGES."""
_TWO_NAMES = re.compile(r" (?:FORMERLY|PREVIOUSLY|(?:ALSO |NOW |FORMERLY )?KNOWN AS|AKA|NOW) ")
"""Between two names of one thing."""
_THINGS = Flag.STREET_TYPE | Flag.BUILDING_TYPE | Flag.ORGANISATION_WORD
_NOTHING = Flag(0)
_UNMUTATED = {"FAWR": "MAWR", "FACH": "BACH", "MHOR": "MOR", "BHEAG": "BEAG"}
"""Of those that begin otherwise behind some words, how they begin by themselves."""
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


class NameQualifier(IntEnum):
    """What of the names of two premises tells two of one name apart."""

    NOTHING = 0
    UNSAID = 1
    """A word that one of them lacks: THE SMITHY beside THE OLD SMITHY."""
    OPPOSITE = 2
    """Each has a word in place of the other's: EAST BLOCK beside WEST BLOCK."""


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
    if len(names) == 1 or any(_is_thing(_telling(name)) for name in names):
        return None
    levels = (compare_names(name, side_by_side(candidate)) for name in names)
    return next((level for level in levels if level in (NameLevel.EQUAL, NameLevel.KIND_UNSAID)), None)


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
    q_words, c_words = _telling(_spaced_as(query, candidate)), _telling(_spaced_as(candidate, query))
    q_more, c_more, _ = word_difference(q_words, c_words, _is_slip)
    if not q_more and not c_more:
        return int(NameLevel.EQUAL)
    if len(q_more) == len(q_words):
        return int(NameLevel.NOTHING_SHARED)
    if _is_one_institution(q_words, c_words):
        return int(NameLevel.KIND_UNSAID)
    if q_more and c_more:
        return int(_schools_of_one_confession(q_words, c_words) or NameLevel.BOTH_SAY_MORE)
    if (q_more or c_more) <= _CONFESSIONS and not q_words & c_words & _CONFESSIONS - {"CHURCH"}:
        return int(NameLevel.KIND_UNSAID)
    if (q_more or c_more) == _CARE_HOME and not _is_thing(q_words & c_words):
        return int(NameLevel.KIND_UNSAID)
    unsaid = q_more <= _OWN_KINDS | _PUBLIC_HOUSE and c_more <= _LEFT_OUT_KINDS | _PUBLIC_HOUSE
    if unsaid and _is_only_a_kind(q_more or c_more, q_words & c_words):
        return int(NameLevel.KIND_UNSAID)
    return int(NameLevel.QUERY_SAYS_MORE if q_more else NameLevel.CANDIDATE_SAYS_MORE)


def _schools_of_one_confession(query: frozenset[str], candidate: frozenset[str]) -> NameLevel | None:
    """Compare the names of two schools without the confession that one of them says; None where both or neither say one,
    or words of both are left.
    """
    said = query & _CONFESSIONS, candidate & _CONFESSIONS
    if bool(said[0]) == bool(said[1]) or "SCHOOL" not in query & candidate:
        return None
    q_more, c_more, _ = word_difference(query - _CONFESSIONS, candidate - _CONFESSIONS, _is_slip)
    if q_more and c_more:
        return None
    return NameLevel.QUERY_SAYS_MORE if q_more else NameLevel.CANDIDATE_SAYS_MORE


def _is_one_institution(query: frozenset[str], candidate: frozenset[str]) -> bool:
    """Return whether two names are one except for which words of several they have for what is there: a surgery, a church,
    a hall of sports or of residence, a farmhouse, a substation, an academy, or what is none of these any more.
    """
    q, c = _by_its_kind(query), _by_its_kind(candidate)
    if len((query | candidate) & _ACADEMY_OR_SCHOOL) > 1:
        q, c = (words - _ACADEMY_OR_SCHOOL - _OF_A_SCHOOL_BEFORE | {"SCHOOL"} for words in (q, c))
    return q == c and (len(q) > 1 or _SUBSTATION in q)


def _by_its_kind(words: frozenset[str]) -> frozenset[str]:
    """Return the words of a name with one word for each kind of institution that is written in several.

    >>> sorted(_by_its_kind(frozenset({"ELMLEY", "DENTAL", "PRACTICE"})))
    ['DENTAL', 'ELMLEY', 'SURGERY']
    >>> sorted(_by_its_kind(frozenset({"FARMHOUSE", "ELM", "FARM"}))), sorted(_by_its_kind(frozenset({"FORMER", "CHAPEL"})))
    (['ELM', 'FARMHOUSE'], ['CHAPEL', 'OLD'])
    """
    words = frozenset(_ONE_WORD_FOR.get(word, word) for word in words)
    if words & _CARE:
        return words - _WHERE_CARE_IS | {"SURGERY"}
    if "CENTRE" in words and words & _SPORTS - {"CENTRE"}:
        return words - _SPORTS | {"SPORTS"}
    if words >= _HALL_OF_RESIDENCE:
        return words - _HALL_OF_RESIDENCE | {"HALL"}
    if words >= _FARMHOUSE_OF_A_FARM:
        return words - {"FARM"}
    if _SUBSTATION in words:
        return words - _CURRENT
    return words - _PARISH if "CHURCH" in words else words


def _is_slip(query: str, candidate: str) -> bool:
    return len(query) > 2 and OSA.distance(query, candidate) <= SLIPS_FORGIVEN


def _alike_in_one(query: str, candidate: str) -> bool:
    """Return whether two names are one once their spaces are dropped, slips forgiven: ASH LEIGH is ASHLEIGH."""
    q, c = query.replace(" ", ""), candidate.replace(" ", "")
    return q == c or (
        query.count(" ") != candidate.count(" ")
        and min(len(q), len(c)) >= _LONG_IN_ONE
        and OSA.distance(q, c, score_cutoff=SLIPS_FORGIVEN) <= SLIPS_FORGIVEN
    )


def _spaced_as(name: str, other: str) -> str:
    """Return a name with those two words in one that the other name writes so: PEN LAN beside PENLAN BARN."""
    words, others = name.split(), other.split()
    if len(words) < 2:
        return name
    for place in range(len(words) - 1, 0, -1):
        if words[place - 1] + words[place] in others:
            words[place - 1 : place + 1] = [words[place - 1] + words[place]]
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def _telling(name: str) -> frozenset[str]:
    """Return the words of a name without those that come and go, unless they are all there is: BUILDING behind HOUSE is
    one.
    """
    words = frozenset(name.split())
    named = words - {_ANY_KIND}
    if len(named) > 1 and not building_kinds().isdisjoint(named):
        words = named
    return words - _COMING_AND_GOING or words


@lru_cache(maxsize=1 << 16)
def differ_in_qualifiers(query: str, candidate: str) -> bool:
    """Return whether two names, parted as those of `compare_named`, are one except for what tells two houses apart.

    That is what qualifies a name, a row called after it, a thing at it, what stands on the ground of an institution, a
    kind that nobody leaves out, any kind beside a name that has one or is a thing, a word within a name, and all of a
    name but a kind of which a street may have several.

    >>> others = ("OLD FELLSIDE", "FELLSIDE BARN", "FELLSIDE HOUSE")
    >>> [differ_in_qualifiers(f"{JOINT}FELLSIDE", f"{JOINT}{name}") for name in others]
    [True, True, False]
    >>> differ_in_qualifiers(f"{JOINT}THE COTTAGE", f"{JOINT}MILL COTTAGE")
    True
    >>> differ_in_qualifiers(f"{JOINT}ELM FARM", f"{JOINT}ELM FARM COTTAGES"), differ_in_qualifiers(f"{JOINT}ELM FARM", f"{JOINT}SILO AT ELM FARM")
    (True, True)
    >>> differ_in_qualifiers(f"{JOINT}ELM LODGE", f"{JOINT}ELM GREEN LODGE"), differ_in_qualifiers("BAKERY", "BAKERY COTTAGE")
    (True, True)
    """
    whole_query, whole_candidate = side_by_side(query), side_by_side(candidate)
    q, c = (
        frozenset(_UNMUTATED.get(word, word) for word in _telling(_spaced_as(name, other)))
        for name, other in ((whole_query, whole_candidate), (whole_candidate, whole_query))
    )
    if not whole_query or not whole_candidate or not q & c or _by_its_kind(q) == _by_its_kind(c):
        return False
    has_kind = _is_thing(q & c) or not building_kinds().isdisjoint(q & c)
    kinds = kinds_of_places() if has_kind else building_kinds() - _LEFT_OUT_KINDS
    of_buildings = query.startswith(JOINT) and candidate.startswith(JOINT)
    tells_apart = (q ^ c) - kinds - ROWS <= _NAME_QUALIFIERS
    return (
        tells_apart
        or _is_at(whole_query, whole_candidate)
        or is_facility_beside(whole_query, whole_candidate)
        or (of_buildings and (_is_but_a_kind(q, c) or _stands_apart(whole_query, whole_candidate)))
    )


def _is_but_a_kind(query: frozenset[str], candidate: frozenset[str]) -> bool:
    """Return whether one name is a kind of which a street may have several, and the other says which one it is."""
    shorter, longer = sorted((query, candidate), key=len)
    return shorter <= _COMMON_HOUSES and not longer <= building_kinds()


def _is_at(name: str, other: str) -> bool:
    """Return whether one of two names is that of a thing at what the other names: SILO AT ELM FARM."""
    return name.endswith(f" AT {other}") or other.endswith(f" AT {name}")


def _stands_apart(name: str, longer: str) -> bool:
    """Return whether all words of a name stand in a longer one, and not side by side: ELM LODGE in ELM GREEN LODGE."""
    return set(name.split()) < set(longer.split()) and f" {name} " not in f" {longer} "


def _is_thing(words: frozenset[str]) -> bool:
    """Return whether a name is one word for a kind of thing, which is called so where it stands: THE CROFT, THE BAKERY."""
    return len(words) == 1 and any(shipped_lexicon().flags.get(word, _NOTHING) & _THINGS for word in words)


def _is_only_a_kind(more: frozenset[str], shared: frozenset[str]) -> bool:
    """Return whether what one name has more is a word for a kind of building, and the words of both hold none.

    LOWMOOR HALL LODGE is another building than LOWMOOR HALL, and CROFT HOUSE than THE CROFT.
    """
    one_kind = (len(more) == 1 and more <= building_kinds()) or more == _PUBLIC_HOUSE
    return one_kind and not _is_thing(shared) and not shared & building_kinds()


@cache
def building_kinds() -> frozenset[str]:
    """Return the words that say of what kind a building is: HOUSE, COTTAGE, FARM."""
    return frozenset(row[0] for row in rows_of("building_types.tsv"))


@cache
def kinds_of_places() -> frozenset[str]:
    """Return the words for kinds of buildings, and for what stands beside them under their name: FARM SHOP."""
    return building_kinds() | _BESIDE_A_HOUSE
