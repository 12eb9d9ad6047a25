"""How the building and the organisation that a query names stand to a candidate's."""

from collections.abc import Callable
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from address_match.parser.lexicon.files import rows_of
from address_match.service.matching.features.building_as_street import rows_of_buildings_as_streets
from address_match.service.matching.features.columns.coded import JOINT, Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field, like_or_not
from address_match.service.matching.features.name_likeness import (
    LEAST_FOUND,
    found_in_text,
    keep_empty,
    spaceless_likeness,
)

ACROSS_FIELDS_WEIGHT = np.float32(0.95)
"""A name found in another field than its own counts a little less: the parse of one side may have mislabelled it."""
KIND_UNSAID_LIKENESS = np.float32(0.97)
"""Likeness of two names of which one lacks the word for the kind of building, at least."""
SAME_BUILDING = 0.85
"""Likeness from which a candidate is taken to stand in the building that the query names."""
SLIPS_FORGIVEN = 1
"""Edits within which two words of names are one word; at two, SENIOR is JUNIOR."""
ARTICLE = "THE"
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


@once_per_batch
def name_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NameLevel` per pair; what a text names as its street is its building where the query says so."""
    names = _names(pairs.of_query)
    level = pairs.distinct(names, _names(pairs.of_text)).apply(compare_names)
    rows = rows_of_buildings_as_streets(pairs)
    level[rows] = list(
        map(compare_names, names.at(pairs.query[rows]), pairs.of_text("street").at(pairs.text[rows]))
    )
    return level


def building_likeness(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the building names, in [0, 1]; -1 where the query, -2 where the candidate names none.

    The candidate's organisation and street may hold the query's building, and its building the query's organisation.
    """
    return _forgive_kind(pairs, _likeness_of_names(pairs))


def building_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's building name is found in any part of the candidate's text, in [0, 1]; -1 for none.

    A name whose words stand in another order is found by them as well.
    """
    found = np.maximum(found_in_text(pairs, "building"), _likeness_of_names(pairs))
    return _forgive_kind(pairs, found)


def building_in_query(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the candidate's building name is found in the query, in [0, 1]; -2 where it has none."""
    whole, building = pairs.whole_query(), pairs.of_text("building")
    found = pairs.likeness(whole, building, fuzz.partial_ratio, LEAST_FOUND)
    longer = building.numbers(len)[pairs.text] > whole.numbers(len)[pairs.query]
    if longer.any():
        # A part of the name is not the name.
        found = np.where(longer, pairs.likeness(whole, building, fuzz.ratio), found)
    found = np.where(found == LEFT_EMPTY, np.float32(0), found).astype(np.float32)
    found[rows_of_buildings_as_streets(pairs)] = 1
    return _forgive_kind(pairs, found)


def organisation_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's organisation is found in any part of the candidate's text, in [0, 1]; -1 for none."""
    return found_in_text(pairs, "organisation")


@once_per_batch
def _likeness_of_names(pairs: Pairs) -> NDArray[np.float32]:
    """Return what `building_likeness` returns, letter by letter."""
    query = pairs.of_query("building")
    likeness = pairs.likeness(query, pairs.of_text("building"), fuzz.token_sort_ratio)
    if not any(query.values):
        return likeness
    best = np.maximum(likeness, spaceless_likeness(pairs, "building"))
    for field in ("organisation", "street"):
        best = np.maximum(best, _across(pairs.likeness(query, pairs.of_text(field), fuzz.ratio)))
    best[rows_of_buildings_as_streets(pairs)] = 1
    return keep_empty(likeness, best)


def _across(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weight a likeness across fields; where either field is empty it says nothing, so 0."""
    return np.maximum(likeness, np.float32(0)) * ACROSS_FIELDS_WEIGHT


def _forgive_kind(pairs: Pairs, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the likeness, raised where the names are one but for the word for the kind of the building."""
    rows = _rows_of_unsaid_kinds(pairs)
    if not len(rows):
        return likeness
    raised, unsaid = likeness.copy(), likeness[rows]
    raised[rows] = np.where(unsaid >= 0, np.maximum(unsaid, KIND_UNSAID_LIKENESS), unsaid)
    return raised


@once_per_batch
def _rows_of_unsaid_kinds(pairs: Pairs) -> NDArray[np.int64]:
    kind_unsaid: NDArray[np.bool_] = name_level(pairs) == int(NameLevel.KIND_UNSAID)
    return kind_unsaid.nonzero()[0]


@lru_cache(maxsize=1 << 16)
def compare_names(query: str, candidate: str) -> int:
    """Compare two names word by word, slips forgiven.

    >>> NameLevel(compare_names("ELM ROAD INFANT SCHOOL", "ELM ROAD JUNIOR SCHOOL")).name
    'BOTH_SAY_MORE'
    >>> NameLevel(compare_names("HEATHFIELD HOUSE", "HEATHFIELD")).name
    'KIND_UNSAID'
    """
    if not query or not candidate:
        if query:
            return int(NameLevel.QUERY_ONLY)
        return int(NameLevel.CANDIDATE_ONLY if candidate else NameLevel.NEITHER)
    if _alike_in_one(query, candidate):
        return int(NameLevel.EQUAL)
    q_words, c_words = _without_article(query), _without_article(candidate)
    q_more, c_more = q_words - c_words, c_words - q_words
    slips = {(q, c) for q in q_more for c in c_more if len(q) > 2 and OSA.distance(q, c) <= SLIPS_FORGIVEN}
    q_more -= {q for q, _ in slips}
    c_more -= {c for _, c in slips}
    if not q_more and not c_more:
        return int(NameLevel.EQUAL)
    if len(q_more) == len(q_words):
        return int(NameLevel.NOTHING_SHARED)
    if q_more and c_more:
        return int(NameLevel.BOTH_SAY_MORE)
    if _is_only_a_kind(q_more or c_more, q_words & c_words):
        return int(NameLevel.KIND_UNSAID)
    return int(NameLevel.QUERY_SAYS_MORE if q_more else NameLevel.CANDIDATE_SAYS_MORE)


def _alike_in_one(query: str, candidate: str) -> bool:
    """Return whether two names are one once their spaces are dropped, slips forgiven: ASH LEIGH is ASHLEIGH."""
    q, c = query.replace(" ", ""), candidate.replace(" ", "")
    return q == c or (
        query.count(" ") != candidate.count(" ")
        and min(len(q), len(c)) >= _LONG_IN_ONE
        and OSA.distance(q, c, score_cutoff=SLIPS_FORGIVEN) <= SLIPS_FORGIVEN
    )


def _without_article(name: str) -> set[str]:
    """Return the words of a name without its article, which comes and goes, unless it is all there is."""
    words = set(name.split())
    return words - {ARTICLE} or words


def _is_only_a_kind(more: set[str], shared: set[str]) -> bool:
    """Return whether what one name has more is a word for a kind of building, and the words of both hold none.

    LOWMOOR HALL LODGE is another building than LOWMOOR HALL.
    """
    return len(more) == 1 and more <= building_kinds() and not shared & building_kinds()


@cache
def building_kinds() -> frozenset[str]:
    """Return the words that say of what kind a building is: HOUSE, COTTAGE, FARM."""
    return frozenset(row[0] for row in rows_of("building_types.tsv"))


def _names(column: Callable[[str], Coded]) -> Coded:
    return column("organisation").joined(column("building")).map(_side_by_side)


def _side_by_side(names: str) -> str:
    return names.replace(JOINT, " ").strip()


BUILDING = Feature.likeness("building", Field.BUILDING, building_likeness, like_or_not())
BUILDING_ANYWHERE = Feature.likeness("building_anywhere", Field.BUILDING, building_anywhere)
BUILDING_IN_QUERY = Feature.likeness("building_in_query", Field.BUILDING, building_in_query)
ORGANISATION_ANYWHERE = Feature.likeness("organisation_anywhere", Field.ORGANISATION, organisation_anywhere)
NAMES = Feature(name="names", field=Field.BUILDING, compute=name_level, levels=NameLevel)
