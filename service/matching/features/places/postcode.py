"""How the postcode of a query compares with a candidate's."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from address_match.indexer.reference.streets.street_places import area_of
from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field, by_level


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


SAME_DISTRICT = (
    PostcodeLevel.UNIT,
    PostcodeLevel.ONE_EDIT,
    PostcodeLevel.SECTOR,
    PostcodeLevel.DISTRICT,
    PostcodeLevel.OUTCODE_ONLY,
)
"""Near enough for one town."""
FAR_AWAY = (PostcodeLevel.DISTRICT, PostcodeLevel.AREA, PostcodeLevel.DIFFERENT)
"""Beyond a slip and beyond the sector."""
OTHER_POSTCODE = (PostcodeLevel.ONE_EDIT, PostcodeLevel.SECTOR, *FAR_AWAY)
"""A full postcode, and not the candidate's."""
LONGEST_OUTCODE = 4


def postcode_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PostcodeLevel` per pair."""
    texts = pairs.of_text("reading_postcode")
    if not texts.said.all():
        texts = texts.joined(pairs.of_text("postcode")).map(_parsed_or_given)
    return pairs.distinct(pairs.of_query("reading_postcode"), texts).apply(compare_postcodes)


def _parsed_or_given(postcodes: str) -> str:
    """Return the postcode that a text says, as a query does; where it says none, that of its column."""
    parsed, _, given = postcodes.partition(JOINT)
    return parsed or given.replace(" ", "").upper()


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
    same_area = area_of(query) == area_of(candidate)
    return int(PostcodeLevel.AREA if same_area else PostcodeLevel.DIFFERENT)


def _may_be_one_edit(query: str, candidate: str) -> bool:
    """Return False where both ends differ, which one edit cannot do to texts of five characters and more."""
    return query[:2] == candidate[:2] or query[-2:] == candidate[-2:] or len(candidate) < 5


POSTCODE = Feature(
    name="postcode",
    field=Field.POSTCODE,
    compute=postcode_level,
    levels=PostcodeLevel,
    words=by_level(
        {
            PostcodeLevel.QUERY_LACKS: "no postcode is given",
            PostcodeLevel.UNIT: "postcode {q} agrees",
            PostcodeLevel.ONE_EDIT: "postcode {q} is {c} but for one slip",
            PostcodeLevel.SECTOR: "postcode {q} is not {c}, of one sector",
            PostcodeLevel.DISTRICT: "postcode {q} is not {c}, of one district",
            PostcodeLevel.AREA: "postcode {q} is not {c}, of one area",
            PostcodeLevel.DIFFERENT: "postcode {q} is not {c}",
            PostcodeLevel.CANDIDATE_LACKS: "postcode {q} is not said by the candidate",
            PostcodeLevel.OUTCODE_ONLY: "postcode district {q} agrees",
        }
    ),
)
