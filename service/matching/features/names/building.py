"""How the building and the organisation that a query names stand to a candidate's."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.parser.tokens import words_of
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, DistinctPairs
from address_match.service.matching.features.columns.levels import first_that_holds
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field, like_or_not
from address_match.service.matching.features.names.building_as_street import rows_of_buildings_as_streets
from address_match.service.matching.features.names.compare_names import NameLevel, compare_named
from address_match.service.matching.features.names.name_likeness import (
    LEAST_FOUND,
    found_in_text,
    keep_empty,
    spaceless_likeness,
)
from address_match.service.matching.features.names.name_qualifiers import NameQualifier, differ_in_qualifiers
from address_match.service.matching.features.names.name_words import kinds_of_places
from address_match.service.matching.features.names.opposite_names import differ_in_opposites

ACROSS_FIELDS_WEIGHT = np.float32(0.95)
"""A name found in another field than its own counts a little less: the parse of one side may have mislabelled it."""
KIND_UNSAID_LIKENESS = np.float32(0.97)
"""Likeness of two names of which one lacks the word for the kind of building, at least."""
SAME_BUILDING = 0.85
"""Likeness from which a candidate is taken to stand in the building that the query names."""


@once_per_batch
def name_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NameLevel` per pair; what a text names as its street is its building where the query says so."""
    named = _names_of_both(pairs)
    level = named.apply(compare_named)
    rows = rows_of_buildings_as_streets(pairs)
    level[rows] = list(
        map(compare_named, named.left.at(pairs.query[rows]), pairs.of_text("street").at(pairs.text[rows]))
    )
    return level


def name_qualifier(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NameQualifier` per pair."""
    named = _names_of_both(pairs)
    are_named = _are_named(named.left), _are_named(named.right)
    return first_that_holds(
        (
            (named.holds(differ_in_opposites, *are_named), NameQualifier.OPPOSITE),
            (named.holds(differ_in_qualifiers, *are_named), NameQualifier.UNSAID),
        ),
        NameQualifier.NOTHING,
    )


def place_read_as_street(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query names a building, and as its street nothing but a kind of place, which the candidate
    lacks.

    That is a word of the name: ELM FARM, SHOP beside ELM FARM, MOOR LANE.
    """
    found = np.zeros(len(pairs), dtype=np.int64)
    streets = pairs.of_query("street")
    is_kind = np.array([street in kinds_of_places() for street in streets.values], dtype=bool)
    if not is_kind.any():
        return found
    named = pairs.of_query("building").said_by_row() | pairs.of_query("organisation").said_by_row()
    rows = (is_kind[streets.codes] & named)[pairs.query].nonzero()[0]
    said = zip(streets.at(pairs.query[rows]), pairs.whole_text().at(pairs.text[rows]), strict=True)
    found[rows] = [word not in words_of(text).texts for word, text in said]
    return found


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
    return _forgive_kind(pairs, found_in_text(pairs, "organisation"))


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
    """Return the likeness, raised where the names are one except for the word for the kind of the building."""
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


@once_per_batch
def _names_of_both(pairs: Pairs) -> DistinctPairs:
    return pairs.distinct(_names(pairs.of_query), _names(pairs.of_text))


def _names(column: Callable[[str], Coded]) -> Coded:
    return column("organisation").joined(column("building"))


def _are_named(names: Coded) -> NDArray[np.bool_]:
    """Return for each distinct value of `_names` whether it names anything, shape (values,)."""
    return np.fromiter((name != JOINT for name in names.values), dtype=bool, count=len(names.values))


BUILDING = Feature.likeness("building", Field.BUILDING, building_likeness, like_or_not())
BUILDING_ANYWHERE = Feature.likeness("building_anywhere", Field.BUILDING, building_anywhere)
BUILDING_IN_QUERY = Feature.likeness("building_in_query", Field.BUILDING, building_in_query)
ORGANISATION_ANYWHERE = Feature.likeness("organisation_anywhere", Field.ORGANISATION, organisation_anywhere)
NAMES = Feature(name="names", field=Field.BUILDING, compute=name_level, levels=NameLevel)
NAME_QUALIFIER = Feature(
    name="name_qualifier", field=Field.BUILDING, compute=name_qualifier, levels=NameQualifier, ranked=False
)
PLACE_READ_AS_STREET = Feature(
    name="place_read_as_street", field=Field.BUILDING, compute=place_read_as_street, ranked=False
)
