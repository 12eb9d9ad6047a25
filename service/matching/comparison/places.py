"""How the places in a query (locality, town, county, postcode) stand to those of a candidate."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from indexer.place_names import SEPARATOR
from service.matching.comparison.cases import first_that_holds
from service.matching.comparison.coded import JOINT
from service.matching.comparison.columns import Pairs
from service.matching.comparison.distinct_pairs import LEFT_EMPTY

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
    return first_that_holds(
        (
            (likeness < 0, TownRelation.QUERY_LACKS),
            (likeness >= FOUND_FROM, TownRelation.FOUND),
            (likeness >= RESEMBLED_FROM, TownRelation.RESEMBLED),
        ),
        TownRelation.NOT_FOUND,
    )


def postcode_relation(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PostcodeRelation` per pair."""
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
    if _may_be_one_edit(query, candidate) and OSA.distance(query, candidate, score_cutoff=1) <= 1:
        return int(PostcodeRelation.ONE_EDIT)
    if query[:-2] == candidate[:-2]:
        return int(PostcodeRelation.SECTOR)
    if query[:-3] == candidate[:-3]:
        return int(PostcodeRelation.DISTRICT)
    same_area = _area(query) == _area(candidate)
    return int(PostcodeRelation.AREA if same_area else PostcodeRelation.DIFFERENT)


def _may_be_one_edit(query: str, candidate: str) -> bool:
    """Say no where both ends differ, which one edit cannot do to texts of five characters and more."""
    return query[:2] == candidate[:2] or query[-2:] == candidate[-2:] or len(candidate) < 5


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
    lacking, said = likeness < 0, likeness >= 1
    return first_that_holds(
        (
            (lacking, PlaceName.QUERY_LACKS),
            (said, PlaceName.SAID),
            (pairs.held_in(names, held, ~(lacking | said)), PlaceName.ALSO_CALLED),
            (likeness >= FOUND_FROM, PlaceName.NEARLY),
        ),
        PlaceName.OTHER,
    )


def _fenced(names: str) -> str:
    """Set separators around names, so that one is found only as a whole."""
    return f"{SEPARATOR}{names}{SEPARATOR}" if names else ""


def _among_places(pairs: Pairs, field: str) -> NDArray[np.float32]:
    names = pairs.of_query(field)
    best = np.full(len(pairs), LEFT_EMPTY)
    if not any(names.values):
        return best
    for place in _PLACES:
        best = np.maximum(best, pairs.likeness(names, pairs.of_text(place), fuzz.ratio))
    said = names.said_at(pairs.query)
    best = np.where(said, np.maximum(best, 0), LEFT_EMPTY)
    best[pairs.held_in(names, pairs.whole_text(), said & (best < 1))] = 1
    return best
