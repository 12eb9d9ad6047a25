"""How the places in a query (locality, town, county, postcode) stand to those of a candidate."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from indexer.place_names import SEPARATOR
from service.matching.comparison.coded import JOINT, LEFT_EMPTY
from service.matching.comparison.columns import Pairs

_PLACES = ("locality", "town", "county")


class PostcodeRelation(IntEnum):
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


class TownRelation(IntEnum):
    """The query's town beside the candidate's places."""

    QUERY_LACKS = 0
    FOUND = 1
    RESEMBLED = 2
    """By a name with slips, or by half of one."""
    NOT_FOUND = 3


class PlaceName(IntEnum):
    """A place that the query names (its town, locality or county) beside what the reference calls the candidate's."""

    QUERY_LACKS = 0
    SAID = 1
    """The candidate's text says it."""
    ALSO_CALLED = 2
    """The text says another name, but the reference calls the place by this one as well: BROMBOROUGH beside WIRRAL."""
    NEARLY = 3
    """By a name with slips."""
    OTHER = 4


FOUND_FROM = 0.85
"""Likeness from which a town is one of the candidate's places but for a slip."""
RESEMBLED_FROM = 0.6


def town_relation(likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    """Put what `town_similarity` gives into the steps of `TownRelation`."""
    steps = [likeness < 0, likeness >= FOUND_FROM, likeness >= RESEMBLED_FROM]
    relations = (TownRelation.QUERY_LACKS, TownRelation.FOUND, TownRelation.RESEMBLED)
    return np.select(steps, [int(r) for r in relations], int(TownRelation.NOT_FOUND)).astype(np.int64)


def postcode_relation(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PostcodeRelation` per pair."""
    texts = pairs.of_text("reading_postcode").joined(pairs.of_text("postcode")).map(_read_or_given)
    return pairs.distinct(pairs.of_query("reading_postcode"), texts).apply(compare_postcodes)


def _read_or_given(postcodes: str) -> str:
    read, _, given = postcodes.partition(JOINT)
    return read or given.replace(" ", "").upper()


@lru_cache(maxsize=1 << 17)
def compare_postcodes(query: str, candidate: str) -> int:
    """Compare two postcodes without spaces.

    >>> PostcodeRelation(compare_postcodes("AB12CD", "AB12CE")).name
    'ONE_EDIT'
    """
    if not query:
        return int(PostcodeRelation.QUERY_LACKS)
    if not candidate:
        return int(PostcodeRelation.CANDIDATE_LACKS)
    if query == candidate:
        return int(PostcodeRelation.UNIT)
    if len(query) <= 4:
        return int(PostcodeRelation.OUTCODE_ONLY if candidate[:-3] == query else PostcodeRelation.DIFFERENT)
    if OSA.distance(query, candidate, score_cutoff=1) <= 1:
        return int(PostcodeRelation.ONE_EDIT)
    if query[:-2] == candidate[:-2]:
        return int(PostcodeRelation.SECTOR)
    if query[:-3] == candidate[:-3]:
        return int(PostcodeRelation.DISTRICT)
    same_area = _area(query) == _area(candidate)
    return int(PostcodeRelation.AREA if same_area else PostcodeRelation.DIFFERENT)


def _area(postcode: str) -> str:
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


def town_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's town is found among the candidate's places, in [0, 1]; -1 where it names none."""
    return _among_places(pairs, "town")


def locality_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's locality is found among the candidate's places, in [0, 1]; -1 where it names none."""
    return _among_places(pairs, "locality")


def county_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's county is found among the candidate's places, in [0, 1]; -1 where it names none."""
    return _among_places(pairs, "county")


def place_name(pairs: Pairs, field: str, likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return a `PlaceName` per pair for the query's town, locality or county, and its likeness to what the text says."""
    if not any(pairs.of_query(field).values):
        return np.full(len(pairs), int(PlaceName.QUERY_LACKS))
    names, held = pairs.of_query(field).map(_fenced), pairs.of_text("place_names").map(_fenced)
    called = pairs.held_in(names, held)
    steps = [likeness < 0, likeness >= 1, called, likeness >= FOUND_FROM]
    relations = (PlaceName.QUERY_LACKS, PlaceName.SAID, PlaceName.ALSO_CALLED, PlaceName.NEARLY)
    return np.select(steps, [int(r) for r in relations], int(PlaceName.OTHER)).astype(np.int64)


def _fenced(names: str) -> str:
    """Set separators around names, so that one is found only as a whole."""
    return f"{SEPARATOR}{names}{SEPARATOR}" if names else ""


def _among_places(pairs: Pairs, field: str) -> NDArray[np.float32]:
    names = pairs.of_query(field)
    if not any(names.values):
        return np.full(len(pairs), LEFT_EMPTY)
    best = pairs.held_in(names, pairs.whole_text()).astype(np.float32)
    for place in _PLACES:
        best = np.maximum(best, pairs.likeness(names, pairs.of_text(place), fuzz.ratio))
    lacking = names.numbers(lambda name: not name).astype(bool)[pairs.query]
    return np.where(lacking, LEFT_EMPTY, np.maximum(best, 0)).astype(np.float32)
