"""How the places in a query (locality, town, county, postcode) stand to those of a candidate."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from service.matching.comparison.columns import LEFT_EMPTY, Coded, Pairs

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
    read, given = pairs.of_text("reading_postcode").rows(), pairs.of_text("postcode").rows()
    texts = [r or g.replace(" ", "").upper() for r, g in zip(read, given, strict=True)]
    return pairs.distinct(pairs.of_query("reading_postcode"), Coded.of_rows(texts)).apply(compare_postcodes)


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


def _among_places(pairs: Pairs, field: str) -> NDArray[np.float32]:
    names = pairs.of_query(field)
    own = pairs.distinct(names, pairs.of_text(field)).similarity(fuzz.ratio)
    best = pairs.distinct(names, pairs.whole_text()).apply(_stands_in).astype(np.float32)
    for place in _PLACES:
        likeness = (
            own if place == field else pairs.distinct(names, pairs.of_text(place)).similarity(fuzz.ratio)
        )
        best = np.maximum(best, likeness)
    return np.where(own == LEFT_EMPTY, LEFT_EMPTY, np.maximum(best, 0)).astype(np.float32)


def _stands_in(name: str, whole: str) -> int:
    """Return 1 where the name stands in the text as it is."""
    return int(bool(name) and name in whole)
