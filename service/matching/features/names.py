"""How the names in a query (street, building, organisation) stand to those of a candidate."""

from collections.abc import Callable
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.lexicon.files import rows_of
from address_match.service.matching.features.columns.coded import JOINT, Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, RIGHT_EMPTY
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.phonetic_key import sound

SPACELESS_WEIGHT = np.float32(0.99)
"""A name that agrees only once its spaces are dropped (CORN MILL, CORNMILL) counts a little less than one that agrees."""
LEAST_FOUND = 50.0
"""Partial likeness (0 to 100) below which a name is not found in a text; any two texts share some letters."""
ACROSS_FIELDS_WEIGHT = np.float32(0.95)
"""A name found in another field than its own counts a little less: the parse of one side may have mislabelled it."""


class StreetTypeLevel(IntEnum):
    """The last word of the query's street (ROAD, CLOSE) beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    ONE_LACKS = 2
    DIFFERENT = 3


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


ARTICLE = "THE"
KIND_UNSAID_LIKENESS = np.float32(0.97)
"""Likeness of two names of which one lacks the word for the kind of building, at least."""
SLIPS_FORGIVEN = 1
"""Edits within which two words of names are one word; at two, SENIOR is JUNIOR."""


def name_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NameLevel` per pair."""
    return pairs.distinct(_names(pairs.of_query), _names(pairs.of_text)).apply(compare_names)


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
    asked, held = _telling_words(query), _telling_words(candidate)
    left, right = asked - held, held - asked
    slips = {(a, b) for a in left for b in right if len(a) > 2 and OSA.distance(a, b) <= SLIPS_FORGIVEN}
    left -= {a for a, _ in slips}
    right -= {b for _, b in slips}
    if not left and not right:
        return int(NameLevel.EQUAL)
    if len(left) == len(asked):
        return int(NameLevel.NOTHING_SHARED)
    if left and right:
        return int(NameLevel.BOTH_SAY_MORE)
    if _is_but_a_kind(left or right, asked & held):
        return int(NameLevel.KIND_UNSAID)
    return int(NameLevel.QUERY_SAYS_MORE if left else NameLevel.CANDIDATE_SAYS_MORE)


def _telling_words(name: str) -> set[str]:
    """Return the words of a name without its article, which comes and goes, unless it is all there is."""
    words = set(name.split())
    return words - {ARTICLE} or words


def _is_but_a_kind(more: set[str], shared: set[str]) -> bool:
    """Return whether what one name has more is a word for a kind of building, and the words of both hold none.

    LOWMOOR HALL LODGE is another building than LOWMOOR HALL.
    """
    return len(more) == 1 and more <= building_kinds() and not shared & building_kinds()


def _names(column: Callable[[str], Coded]) -> Coded:
    return column("organisation").joined(column("building")).map(_side_by_side)


def _side_by_side(names: str) -> str:
    return names.replace(JOINT, " ").strip()


def street_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the streets, in [0, 1]; -1 where the query, -2 where the candidate names none."""
    own = pairs.likeness(pairs.of_query("street"), pairs.of_text("street"), fuzz.ratio)
    return _keep_empty(own, np.maximum(own, _spaceless(pairs, "street", "street")))


def street_numerals_differ(pairs: Pairs) -> NDArray[np.bool_]:
    """Return for each pair whether numerals tell the streets apart, however alike the letters: THIRD AVENUE is not FOURTH AVENUE."""
    asked = pairs.of_query("street").map(_numerals)
    if not any(asked.values):
        return np.zeros(len(pairs), dtype=bool)
    held = pairs.of_text("street").map(_numerals)
    return pairs.distinct(asked.merged(), held.merged()).apply(_differ).astype(bool)


def street_type_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `StreetTypeLevel` per pair."""
    asked = pairs.of_query("street").map(_street_type).merged()
    held = pairs.of_text("street").map(_street_type).merged()
    return pairs.distinct(asked, held).apply(_compare_types)


def street_name_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the streets without their types, in [0, 1]; -1 / -2 as `street_similarity`."""
    return pairs.likeness(
        pairs.of_query("street").map(_street_name), pairs.of_text("street").map(_street_name), fuzz.ratio
    )


def street_sound(pairs: Pairs) -> NDArray[np.float32]:
    """Return how alike the streets sound without their types, in [0, 1]; -1 / -2 as `street_similarity`."""
    return pairs.likeness(
        pairs.of_query("street").map(_street_sound), pairs.of_text("street").map(_street_sound), fuzz.ratio
    )


def street_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's street is found in any part of the candidate's text, in [0, 1]; -1 where it names none."""
    return _found_in_text(pairs, "street")


def building_similarity(pairs: Pairs) -> NDArray[np.float32]:
    """Return the likeness of the building names, in [0, 1]; -1 where the query, -2 where the candidate names none.

    The candidate's organisation and street may hold the query's building, and its building the query's organisation.
    """
    asked = pairs.of_query("building")
    likeness = pairs.likeness(asked, pairs.of_text("building"), fuzz.token_sort_ratio)
    if not any(asked.values):
        return likeness
    best = np.maximum(likeness, _spaceless(pairs, "building", "building"))
    for field in ("organisation", "street"):
        best = np.maximum(best, _across(pairs.likeness(asked, pairs.of_text(field), fuzz.ratio)))
    return _keep_empty(likeness, best)


def building_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's building name is found in any part of the candidate's text, in [0, 1]; -1 for none."""
    return _found_in_text(pairs, "building")


def organisation_anywhere(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the query's organisation is found in any part of the candidate's text, in [0, 1]; -1 for none."""
    return _found_in_text(pairs, "organisation")


def candidate_building_in_query(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well the candidate's building name is found in the query, in [0, 1]; -2 where it has none."""
    whole, building = pairs.whole_query(), pairs.of_text("building")
    found = pairs.likeness(whole, building, fuzz.partial_ratio, LEAST_FOUND)
    longer = building.numbers(len)[pairs.text] > whole.numbers(len)[pairs.query]
    if longer.any():
        # A part of the name is not the name.
        found = np.where(longer, pairs.likeness(whole, building, fuzz.ratio), found)
    return np.where(found == LEFT_EMPTY, np.float32(0), found).astype(np.float32)


def _found_in_text(pairs: Pairs, field: str) -> NDArray[np.float32]:
    found = pairs.part_likeness(pairs.of_query(field), pairs.whole_text(), LEAST_FOUND)
    return np.where(found == RIGHT_EMPTY, np.float32(0), found).astype(np.float32)


def _across(similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weight a likeness across fields; where either field is empty it says nothing, so 0."""
    return np.maximum(similarity, np.float32(0)) * ACROSS_FIELDS_WEIGHT


def _keep_empty(markers: NDArray[np.float32], values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put the marker of the empty field back where a value says nothing."""
    return np.where((markers < 0) & (values <= 0), markers, np.maximum(values, 0)).astype(np.float32)


def _spaceless(pairs: Pairs, query_field: str, text_field: str) -> NDArray[np.float32]:
    """Return the likeness of two names without their spaces, weighted; 0 where either is empty."""
    likeness = pairs.likeness(
        pairs.of_query(query_field).map(_without_spaces),
        pairs.of_text(text_field).map(_without_spaces),
        fuzz.ratio,
    )
    return np.maximum(likeness, np.float32(0)) * SPACELESS_WEIGHT


def _without_spaces(name: str) -> str:
    return name.replace(" ", "")


@cache
def street_types() -> frozenset[str]:
    """Return the words that end the names of streets, in full: ROAD, CLOSE."""
    return frozenset(row[0] for row in rows_of("street_types.tsv") if row[2] != "before")


@cache
def building_kinds() -> frozenset[str]:
    """Return the words that say of what kind a building is: HOUSE, COTTAGE, FARM."""
    return frozenset(row[0] for row in rows_of("building_types.tsv"))


def _street_type(street: str) -> str:
    last = street.rpartition(" ")[2]
    return last if last in street_types() else ("?" if street else "")


def _street_name(street: str) -> str:
    name, _, last = street.rpartition(" ")
    return name if name and last in street_types() else street


@lru_cache(maxsize=1 << 14)
def _numerals(street: str) -> str:
    """Return the numerals of a street's name as they are filed, 4TH for FOURTH; empty where it has none."""
    filed = (CANONICAL_WORDS.get(word, word) for word in street.split())
    return " ".join(word for word in filed if word[0].isdigit())


def _differ(query: str, candidate: str) -> int:
    return int(bool(query) and bool(candidate) and query != candidate)


def _street_sound(street: str) -> str:
    return sound(_street_name(street))


@lru_cache(maxsize=1 << 12)
def _compare_types(query: str, candidate: str) -> int:
    if not query or not candidate or (query == "?" and candidate == "?"):
        return int(StreetTypeLevel.NEITHER)
    if query == candidate:
        return int(StreetTypeLevel.EQUAL)
    return int(StreetTypeLevel.ONE_LACKS if "?" in (query, candidate) else StreetTypeLevel.DIFFERENT)
