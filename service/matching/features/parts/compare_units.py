"""Compare two designators: floor with floor, and the parts of a chain link by link."""

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from address_match.service.matching.features.parts.designator import PARTS_BY_WORD, Designator, designator_of
from address_match.service.matching.features.parts.house_letters import among, at_an_end
from address_match.service.matching.features.parts.part_kinds import (
    OUTER,
    UNNAMED,
    holds_many,
    is_thing,
    may_be_a_house,
    same_kind,
)

_RANGE = re.compile(r"([A-Z]?)([0-9]{1,4})-\1([0-9]{1,4})")
_LETTERED = re.compile(r"([0-9]{1,4})([A-Z]?)-(?:\1)?([A-Z])")
_ONE_NUMBER = re.compile(r"([0-9]{1,4})([A-Z]?)")
_ROOM = "ROOM"
_FLAT_AND_ROOM = 2
"""Links of a room in a flat."""
_TWO_NUMBERS = re.compile(r"[0-9]{1,2}[-/][0-9]{1,2}")


class UnitLevel(IntEnum):
    """The query's sub-building (flat, room, suffix letter) beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    QUERY_ONLY = 2
    """The query asks for a part, the candidate is the whole."""
    CANDIDATE_ONLY = 3
    """The candidate is a part of what the query asks for."""
    DIFFERENT = 4
    OVERLAPPING = 5
    """One designator holds the other: `FLAT 79` beside `FLAT 79 A`, `FLAT 7` beside `FLAT 7, BLOCK A`."""
    FLOOR_EQUAL = 6
    FLOOR_DIFFERENT = 7
    FLOOR_AND_DESIGNATOR = 8
    """One side names a floor, or nothing but THE FLAT, the other a number or letter: they may be the same."""
    CROSSED = 9
    NEARLY = 10
    """One character off, or a flat of the house with a letter beside one of the house without."""


@lru_cache(maxsize=1 << 16)
def compare_designators(query: str, candidate: str) -> int:
    """Compare two designators as `designators` writes them, for instance `G|||` beside `|A||`.

    >>> UnitLevel(compare_designators("|A|FLAT|", "|A||")).name, UnitLevel(compare_designators("|2||", "|3||")).name
    ('EQUAL', 'DIFFERENT')
    >>> UnitLevel(compare_designators("|2|GARAGE|", "|2|FLAT|")).name
    'DIFFERENT'
    >>> UnitLevel(compare_designators("|3 21|ROOM FLAT|", "|21|FLAT|")).name
    'QUERY_ONLY'
    >>> UnitLevel(compare_designators("|D1|UNIT|", "|D1-D3|UNIT|")).name, UnitLevel(compare_designators("|1|UNIT|", "|D1-D3|UNIT|")).name
    ('EQUAL', 'DIFFERENT')
    >>> UnitLevel(compare_designators("|5|SUITE|", "|5-7|UNIT|")).name
    'DIFFERENT'
    >>> UnitLevel(compare_designators("|4A|UNIT|", "|4A-4B|UNIT|")).name, UnitLevel(compare_designators("|7-7A|UNIT|", "|7|UNIT|")).name
    ('EQUAL', 'CANDIDATE_ONLY')
    >>> UnitLevel(compare_designators("F|8 BLOCK|FLAT BLOCK|", "B|8 BLOCK|FLAT BLOCK|")).name
    'FLOOR_DIFFERENT'
    >>> UnitLevel(compare_designators("|A||", "|A-C||")).name, UnitLevel(compare_designators("|A-C||", "|A||")).name
    ('EQUAL', 'OVERLAPPING')
    """
    q, c = designator_of(query), designator_of(candidate)
    if q.unit and c.unit:
        return int(_compare_units(q, c))
    if q.floor and c.floor:
        return int(UnitLevel.FLOOR_EQUAL if q.floor == c.floor else UnitLevel.FLOOR_DIFFERENT)
    if (q.unit and c.floor) or (q.floor and c.unit):
        thing = is_thing(q.kind) or is_thing(c.kind)
        return int(UnitLevel.DIFFERENT if thing else UnitLevel.FLOOR_AND_DESIGNATOR)
    if q.unit or q.floor:
        return int(UnitLevel.QUERY_ONLY)
    whole = not c.floor and at_an_end(q.unit, c.unit)
    return int(UnitLevel.CANDIDATE_ONLY if (c.unit or c.floor) and not whole else UnitLevel.NEITHER)


def _compare_units(q: Designator, c: Designator) -> UnitLevel:
    if q.suffix != c.suffix and not among(q.suffix, c.suffix) and not among(c.suffix, q.suffix):
        return _compare_beside_letter(q, c)
    level = _compare_parts(q, c)
    floors_differ = bool(q.floor) and bool(c.floor) and q.floor != c.floor
    return UnitLevel.FLOOR_DIFFERENT if level is UnitLevel.EQUAL and floors_differ else level


def _compare_parts(q: Designator, c: Designator) -> UnitLevel:
    """Compare the parts of two designators, whatever floors they are on."""
    q_links, c_links = _links(q), _links(c)
    if len(q_links) == 1 and len(c_links) == 1:
        return _compare_links(q_links[0], c_links[0], q.floor, c.floor)
    return _compare_chains(q_links, c_links)


def _compare_beside_letter(q: Designator, c: Designator) -> UnitLevel:
    """Compare units of which one stands in a house with a letter: FLAT 2, 150A beside 150A, FLAT 2A and FLAT 2 of 150."""
    with_letter, other = (q, c) if q.suffix else (c, q)
    if q.suffix and c.suffix:
        return UnitLevel.DIFFERENT
    if other.unit == with_letter.suffix:
        return UnitLevel.QUERY_ONLY if q.suffix else UnitLevel.CANDIDATE_ONLY
    words = {*with_letter.unit.split(), with_letter.suffix}
    if set(other.unit.split()) == words:
        return UnitLevel.EQUAL if same_kind(q.kind, c.kind) else UnitLevel.DIFFERENT
    return UnitLevel.NEARLY if other.unit == with_letter.unit else UnitLevel.DIFFERENT


Link = tuple[str, str]
"""The kind and the designator of a part."""


def _links(named: Designator) -> list[Link]:
    units, kinds = named.unit.split(), named.kind.split()
    if len(units) > 1 and len(units) == len(kinds):
        return list(zip(kinds, units, strict=True))
    return [(named.kind, named.unit)]


def _compare_links(query: Link, candidate: Link, q_floor: str, c_floor: str) -> UnitLevel:
    (q_kind, q), (c_kind, c) = query, candidate
    if not same_kind(q_kind, c_kind):
        return UnitLevel.DIFFERENT
    if (q in PARTS_BY_WORD) != (c in PARTS_BY_WORD):
        return UnitLevel.FLOOR_AND_DESIGNATOR
    q_words, c_words = set(q.split()), set(c.split())
    if _in_one(q) == _in_one(c) or q_words == c_words or _floor_written_in(q, c, q_floor, c_floor):
        return UnitLevel.EQUAL
    if (level := _compare_letters(query, candidate)) is not None:
        return level
    many = q_kind == c_kind and holds_many(q_kind)
    if many and (level := _compare_ranges(q, c)) is not None:
        return level
    if q_words < c_words or c_words < q_words:
        return UnitLevel.OVERLAPPING
    long_enough = min(len(q), len(c)) > 2
    if long_enough and OSA.distance(q, c) == 1:
        return UnitLevel.NEARLY
    return UnitLevel.DIFFERENT


def _in_one(unit: str) -> str:
    """Return a designator without spaces, the flats of tenements by one sign: 2-1 is 2/1."""
    return unit.replace("/", "-") if _TWO_NUMBERS.fullmatch(unit) else unit.replace(" ", "")


def _compare_letters(query: Link, candidate: Link) -> UnitLevel | None:
    """Compare a letter with several of a number: its ends name the candidate, of a query that names several each is
    one; else None.
    """
    (q_kind, q), (c_kind, c) = query, candidate
    if not q_kind and among(c, q):
        return UnitLevel.OVERLAPPING
    if not c_kind and among(q, c):
        return UnitLevel.QUERY_ONLY if q_kind or not at_an_end(q, c) else UnitLevel.EQUAL
    return None


def _compare_ranges(query: str, candidate: str) -> UnitLevel | None:
    """Compare a number with a range: its ends name the whole, what lies within is a part; None of what is no range."""
    if (level := _compare_lettered(query, candidate)) is not None:
        return level
    q_range, c_range = _ends(query), _ends(candidate)
    if (q_range is None) == (c_range is None):
        return None
    letter, low, high = q_range or c_range or ("", 0, 0)
    asked = candidate if q_range else query
    number = asked.removeprefix(letter)
    if not asked.startswith(letter) or not number.isdecimal() or not low <= int(number) <= high:
        return None
    if q_range:
        return UnitLevel.CANDIDATE_ONLY
    return UnitLevel.EQUAL if int(number) in (low, high) else UnitLevel.QUERY_ONLY


def _compare_lettered(query: str, candidate: str) -> UnitLevel | None:
    """Compare a number with one that is said with several letters, as numbers with ranges: 4A beside 4A-4B; None of
    what is neither.
    """
    several = _LETTERED.fullmatch(query) or _LETTERED.fullmatch(candidate)
    one = _ONE_NUMBER.fullmatch(query) or _ONE_NUMBER.fullmatch(candidate)
    if several is None or one is None or several[1] != one[1]:
        return None
    letters = f"{several[2]}-{several[3]}"
    if not among(one[2], letters):
        return None
    if several.string == query:
        return UnitLevel.CANDIDATE_ONLY
    return UnitLevel.EQUAL if at_an_end(one[2], letters) else UnitLevel.QUERY_ONLY


def _ends(unit: str) -> tuple[str, int, int] | None:
    """Return the letter before both ends of a range, if any, and the ends: D1-D3."""
    match = _RANGE.fullmatch(unit)
    return (match[1], int(match[2]), int(match[3])) if match and int(match[2]) < int(match[3]) else None


def _compare_chains(query: list[Link], candidate: list[Link]) -> UnitLevel:
    """Compare link by link: a link that differs is another part, one that only one side names is a part or its whole."""
    if (level := _compare_words(query, candidate)) is not None:
        return level
    if _is_room_of_a_flat(query, candidate) or _is_room_of_a_flat(candidate, query):
        return UnitLevel.EQUAL
    q_more, c_more = list(query), list(candidate)
    for alike in (_equal_kinds, _likely_kinds):
        for link in list(q_more):
            found = next((other for other in c_more if alike(link, other)), None)
            if found is None:
                continue
            if link[1] != found[1]:
                return UnitLevel.DIFFERENT
            q_more.remove(link)
            c_more.remove(found)
    if len(q_more) == len(query) or (q_more and c_more):
        return UnitLevel.DIFFERENT
    more = q_more or c_more
    if all(kind == OUTER for kind, _ in more):
        return UnitLevel.OVERLAPPING if more else UnitLevel.EQUAL
    return UnitLevel.QUERY_ONLY if q_more else UnitLevel.CANDIDATE_ONLY


def _compare_words(query: list[Link], candidate: list[Link]) -> UnitLevel | None:
    """Compare what is no chain word by word: FLAT 79 A beside FLAT 79, ROOM A; None where both are chains, or one is a
    single part.
    """
    q_words = {word for _, unit in query for word in unit.split()}
    c_words = {word for _, unit in candidate for word in unit.split()}
    several = max(len(unit.split()) for _, unit in (*query, *candidate)) > 1
    if q_words == c_words and (several or sorted(query) == sorted(candidate)):
        return UnitLevel.EQUAL
    return UnitLevel.OVERLAPPING if several and (q_words < c_words or c_words < q_words) else None


def _is_room_of_a_flat(one: list[Link], chain: list[Link]) -> bool:
    """Return whether a part in one says a flat and a room of it: FLAT 9C and FLAT 9/12 beside ROOM C and ROOM 12, FLAT 9."""
    if len(one) != 1 or len(chain) != _FLAT_AND_ROOM or not may_be_a_house(one[0][0]):
        return False
    links = dict(chain)
    flat, room = next((links[kind] for kind in links if kind != _ROOM), ""), links.get(_ROOM, "")
    joined = f"{flat}{room}" if room.isalpha() else f"{flat}/{room}"
    return bool(flat and room) and one[0][1] == joined


def _equal_kinds(query: Link, candidate: Link) -> bool:
    return query[0] == candidate[0] and query[0] not in UNNAMED


def _likely_kinds(query: Link, candidate: Link) -> bool:
    return query[1] == candidate[1] and same_kind(query[0], candidate[0])


def _floor_written_in(query: str, candidate: str, q_floor: str, c_floor: str) -> bool:
    """Return whether one side's number holds the other's floor: 302 beside flat 2 on floor 3."""
    if bool(q_floor) == bool(c_floor):
        return False
    floor, unit, other = (q_floor, query, candidate) if q_floor else (c_floor, candidate, query)
    return (
        floor.isdecimal()
        and unit.isdecimal()
        and other in {f"{floor}{unit:0>2}", f"{floor}/{unit}", f"{floor}-{unit}"}
    )
