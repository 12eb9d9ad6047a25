"""How the places in a query (locality, town, county, postcode) stand to those of a candidate."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from operator import contains

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from address_match.indexer.reference.place_names import SEPARATOR
from address_match.service.matching.features.columns.coded import JOINT, Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, DistinctPairs
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.first_that_holds import first_that_holds

PLACES = ("town", "locality", "county")
"""Fields of an address that name places: what one side files under one of them, the other may under another."""


class PostcodeLevel(IntEnum):
    """The query's postcode beside the candidate's, from agreeing to contradicting."""

    QUERY_LACKS = 0
    UNIT = 1
    ONE_EDIT = 2
    """One character wrong or two swapped."""
    SECTOR = 3
    DISTRICT = 4
    AREA = 5
    DIFFERENT = 6
    CANDIDATE_LACKS = 7
    OUTCODE_ONLY = 8
    """The query gives the outcode alone, and it agrees."""


class TownLevel(IntEnum):
    """The query's town beside the candidate's places."""

    QUERY_LACKS = 0
    FOUND = 1
    RESEMBLED = 2
    """By a name with slips, or by half of one."""
    NOT_FOUND = 3


class PlaceNameLevel(IntEnum):
    """A place that the query names (its town, locality or county) beside what the reference calls the candidate's."""

    QUERY_LACKS = 0
    SAID = 1
    """The candidate's text says it."""
    ALSO_CALLED = 2
    """The text says another name, but the reference calls the place by this one as well: BROMBOROUGH beside WIRRAL."""
    NEARLY = 3
    """By a name with slips."""
    OTHER = 4


LONGEST_OUTCODE = 4
FOUND_FROM = 0.85
"""Likeness from which a town is one of the candidate's places but for a slip."""
RESEMBLED_FROM = 0.6


def town_level(likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    """Put the likeness of towns into the steps of `TownLevel`."""
    return first_that_holds(
        (
            (likeness < 0, TownLevel.QUERY_LACKS),
            (likeness >= FOUND_FROM, TownLevel.FOUND),
            (likeness >= RESEMBLED_FROM, TownLevel.RESEMBLED),
        ),
        TownLevel.NOT_FOUND,
    )


def postcode_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PostcodeLevel` per pair."""
    texts = pairs.of_text("reading_postcode")
    if not texts.said.all():
        texts = texts.joined(pairs.of_text("postcode")).map(_read_or_given)
    return pairs.distinct(pairs.of_query("reading_postcode"), texts).apply(compare_postcodes)


def _read_or_given(postcodes: str) -> str:
    read, _, given = postcodes.partition(JOINT)
    return read or given.replace(" ", "").upper()


@lru_cache(maxsize=1 << 17)
def compare_postcodes(query: str, candidate: str) -> int:
    """Compare two postcodes without spaces.

    >>> PostcodeLevel(compare_postcodes("AB12CD", "AB12CE")).name
    'ONE_EDIT'
    """
    if not query:
        return int(PostcodeLevel.QUERY_LACKS)
    if not candidate:
        return int(PostcodeLevel.CANDIDATE_LACKS)
    if len(query) <= LONGEST_OUTCODE:
        district = candidate if len(candidate) <= LONGEST_OUTCODE else candidate[:-3]
        return int(PostcodeLevel.OUTCODE_ONLY if district == query else PostcodeLevel.DIFFERENT)
    if query == candidate:
        return int(PostcodeLevel.UNIT)
    if _may_be_one_edit(query, candidate) and OSA.distance(query, candidate, score_cutoff=1) <= 1:
        return int(PostcodeLevel.ONE_EDIT)
    if query[:-2] == candidate[:-2]:
        return int(PostcodeLevel.SECTOR)
    if query[:-3] == candidate[:-3]:
        return int(PostcodeLevel.DISTRICT)
    same_area = _area(query) == _area(candidate)
    return int(PostcodeLevel.AREA if same_area else PostcodeLevel.DIFFERENT)


def _may_be_one_edit(query: str, candidate: str) -> bool:
    """Return no where both ends differ, which one edit cannot do to texts of five characters and more."""
    return query[:2] == candidate[:2] or query[-2:] == candidate[-2:] or len(candidate) < 5


def _area(postcode: str) -> str:
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


def place_likeness(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well each of `PLACES` that the query names is found among the candidate's, shape (PLACES, pairs).

    In [0, 1]; -1 where the query does not name it.
    """
    names = _stacked(pairs.of_query)
    if not any(names.values):
        return np.full((len(PLACES), len(pairs)), LEFT_EMPTY)
    places = _stacked(pairs.of_text)
    asked, held = _by_place(names)[:, pairs.query], _by_place(places)[:, pairs.text]
    each_with_each = DistinctPairs.of(names, places, asked[:, None], held[None])
    best = each_with_each.similarity(fuzz.ratio).max(axis=1)
    said = names.said[asked]
    best = np.where(said, np.maximum(best, 0), LEFT_EMPTY)
    best[_held(pairs, asked, names, pairs.whole_text(), said & (best < 1))] = 1
    return best


def place_name_level(pairs: Pairs, likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return a `PlaceNameLevel` for each of `PLACES`, shape (PLACES, pairs); `likeness` is what `place_likeness` gives."""
    lacking, said = likeness < 0, likeness >= 1
    if lacking.all():
        return np.full(likeness.shape, int(PlaceNameLevel.QUERY_LACKS))
    names = _stacked(pairs.of_query)
    asked = _by_place(names)[:, pairs.query]
    called = pairs.of_text("place_names").map(_fenced)
    return first_that_holds(
        (
            (lacking, PlaceNameLevel.QUERY_LACKS),
            (said, PlaceNameLevel.SAID),
            (_held(pairs, asked, names.map(_fenced), called, ~(lacking | said)), PlaceNameLevel.ALSO_CALLED),
            (likeness >= FOUND_FROM, PlaceNameLevel.NEARLY),
        ),
        PlaceNameLevel.OTHER,
    )


def _stacked(column: Callable[[str], Coded]) -> Coded:
    return Coded.stacked([column(place) for place in PLACES])


def _by_place(stacked: Coded) -> NDArray[np.int64]:
    """Return the codes of stacked columns, shape (PLACES, rows)."""
    return stacked.codes.reshape(len(PLACES), -1)


def _held(
    pairs: Pairs, asked: NDArray[np.int64], names: Coded, texts: Coded, chosen: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which of the chosen names stand in the texts as they are; `asked`, their codes, has the shape (PLACES, pairs)."""
    place, pair = chosen.nonzero()
    found = map(contains, texts.at(pairs.text[pair]), names.strings[asked[place, pair]].tolist())
    held = np.zeros(chosen.shape, dtype=bool)
    held[place, pair] = np.fromiter(found, dtype=bool, count=len(pair))
    return held


def _fenced(names: str) -> str:
    """Set separators around names, so that one is found only as a whole."""
    return f"{SEPARATOR}{names}{SEPARATOR}" if names else ""
