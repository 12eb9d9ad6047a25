"""How the places in a query (town, locality, county) stand to those of a candidate."""

from collections.abc import Callable
from enum import IntEnum
from operator import contains

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from address_match.indexer.reference.place_names import SEPARATOR
from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY, DistinctPairs
from address_match.service.matching.features.columns.levels import first_that_holds
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Compute, Feature, Field, by_level, like_or_not
from address_match.service.matching.features.names.qualifiers import parted
from address_match.service.matching.features.places.place_in_names import stand_in_names_alone

PLACES = (Field.TOWN, Field.LOCALITY, Field.COUNTY)
"""What one side files under one of these, the other may under another."""


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


FOUND_FROM = 0.85
"""Likeness from which a town is one of the candidate's places except for a slip."""
RESEMBLED_FROM = 0.6


@once_per_batch
def place_likeness(pairs: Pairs) -> NDArray[np.float32]:
    """Return how well each of `PLACES` that the query names is found among the candidate's, shape (PLACES, pairs).

    In [0, 1]; -1 where the query does not name it.
    """
    of_queries, of_texts = _places_of_queries(pairs), _places(pairs.of_text)
    names, places = _parted(of_queries), _parted(of_texts)
    if not any(names.values):
        return np.full((len(PLACES), len(pairs)), LEFT_EMPTY)
    # Many candidates lie where others do: what a query says is compared once with each of these places.
    distinct = pairs.distinct(of_queries, of_texts)
    queries, texts = _by_place(names)[:, distinct.lefts], _by_place(places)[:, distinct.rights]
    each_with_each = DistinctPairs.of(names, places, queries[:, None], texts[None])
    likeness = each_with_each.similarity(fuzz.ratio)
    likeness[each_with_each.holds(_are_opposites, _are_qualified(names), _are_qualified(places))] = 0
    likest = np.maximum(likeness.max(axis=1), 0)
    best = np.where(names.said[queries], likest, LEFT_EMPTY)[:, distinct.inverse]
    _raise_what_stands_in_texts(pairs, best, queries[:, distinct.inverse], names)
    return best


def _raise_what_stands_in_texts(
    pairs: Pairs, likeness: NDArray[np.float32], queries: NDArray[np.int64], names: Coded
) -> None:
    """Write a likeness of 1 where the whole text says the place, and not in the name of something else alone.

    `likeness` and `queries`, the codes of the `names`, have the shape (PLACES, pairs).
    """
    unlike = (likeness >= 0) & (likeness < 1)
    standing = _stand_in(pairs, queries, names, pairs.whole_text(), unlike)
    if standing.any():
        place, pair = standing[: PLACES.index(Field.COUNTY)].nonzero()
        asked = names.strings[queries[place, pair]].tolist()
        elsewhere = stand_in_names_alone(pairs, asked, pair, as_town=place == PLACES.index(Field.TOWN))
        standing[place[elsewhere], pair[elsewhere]] = False
    standing |= _stand_in(
        pairs, queries, names.map(_between_blanks), _locality_and_town(pairs), unlike & ~standing
    )
    likeness[standing] = 1


@once_per_batch
def place_name_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PlaceNameLevel` for each of `PLACES`, shape (PLACES, pairs)."""
    likeness = place_likeness(pairs)
    lacking, said = likeness < 0, likeness >= 1
    if lacking.all():
        return np.full(likeness.shape, int(PlaceNameLevel.QUERY_LACKS))
    of_queries = _places_of_queries(pairs)
    names = _parted(of_queries)
    queries = _by_place(names)[:, of_queries.codes[pairs.query]]
    called = pairs.of_text("place_names").map(_fenced)
    also_called = _stand_in(pairs, queries, names.map(_fenced), called, ~(lacking | said))
    return first_that_holds(
        (
            (lacking, PlaceNameLevel.QUERY_LACKS),
            (said, PlaceNameLevel.SAID),
            (also_called, PlaceNameLevel.ALSO_CALLED),
            (likeness >= FOUND_FROM, PlaceNameLevel.NEARLY),
        ),
        PlaceNameLevel.OTHER,
    )


def town_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `TownLevel` per pair."""
    likeness = place_likeness(pairs)[PLACES.index(Field.TOWN)]
    return first_that_holds(
        (
            (likeness < 0, TownLevel.QUERY_LACKS),
            (likeness >= FOUND_FROM, TownLevel.FOUND),
            (likeness >= RESEMBLED_FROM, TownLevel.RESEMBLED),
        ),
        TownLevel.NOT_FOUND,
    )


@once_per_batch
def _places_of_queries(pairs: Pairs) -> Coded:
    return _places(pairs.of_query)


def _places(column: Callable[[str], Coded]) -> Coded:
    """Return what every row says of its `PLACES`, in one string."""
    first, *others = (column(place.value) for place in PLACES)
    return first.joined(*others)


def _parted(places: Coded) -> Coded:
    """Return the names in the distinct strings of `_places`, those of one place behind those of another."""
    parts = zip(*(said.split(JOINT) for said in places.values), strict=True)
    return Coded.of_rows([name for of_place in parts for name in of_place])


def _by_place(parted: Coded) -> NDArray[np.int64]:
    """Return the codes of the names of `_parted`, shape (PLACES, distinct strings)."""
    return parted.codes.reshape(len(PLACES), -1)


def _stand_in(
    pairs: Pairs, queries: NDArray[np.int64], names: Coded, texts: Coded, chosen: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which of the chosen names stand in the texts as they are; `queries`, their codes, has the shape (PLACES,
    pairs).
    """
    place, pair = chosen.nonzero()
    found = map(contains, texts.at(pairs.text[pair]), names.strings[queries[place, pair]].tolist())
    found_at = np.zeros(chosen.shape, dtype=bool)
    found_at[place, pair] = np.fromiter(found, dtype=bool, count=len(pair))
    return found_at


def _locality_and_town(pairs: Pairs) -> Coded:
    """Return the locality and the town of every candidate text side by side, as a query without a comma says them."""
    both = pairs.of_text(Field.LOCALITY.value).joined(pairs.of_text(Field.TOWN.value))
    return both.map(_between_blanks)


def _between_blanks(names: str) -> str:
    """Set blanks around the words of names, so that they are found only whole."""
    return f" {names.replace(JOINT, ' ')} "


def _are_qualified(names: Coded) -> NDArray[np.bool_]:
    """Return for each distinct name whether it begins with a qualifier, shape (values,)."""
    return np.fromiter((any(parted(name)) for name in names.values), dtype=bool, count=len(names.values))


def _are_opposites(query: str, candidate: str) -> bool:
    """Return whether two qualified names are one except for that, whatever letters they share: EAST PENNARD beside WEST
    PENNARD.
    """
    q, c = parted(query), parted(candidate)
    return q[1] == c[1] and q[0] != c[0]


def _fenced(names: str) -> str:
    """Set separators around names, so that one is found only as a whole."""
    return f"{SEPARATOR}{names}{SEPARATOR}" if names else ""


def _likeness_of(place: Field) -> Compute:
    row = PLACES.index(place)
    return lambda pairs: place_likeness(pairs)[row]


def _name_level_of(place: Field) -> Compute:
    row = PLACES.index(place)
    return lambda pairs: place_name_level(pairs)[row]


def _likeness(place: Field) -> Feature:
    return Feature.likeness(place.value, place, _likeness_of(place), like_or_not())


def _name(place: Field) -> Feature:
    return Feature(
        name=f"{place}_name",
        field=place,
        compute=_name_level_of(place),
        levels=PlaceNameLevel,
        words=by_level(
            {
                PlaceNameLevel.ALSO_CALLED: "{field} {q} is another name of the candidate's place",
                PlaceNameLevel.SAID: "{field} {q} stands in the candidate",
            }
        ),
    )


TOWN, LOCALITY, COUNTY = map(_likeness, PLACES)
TOWN_NAME, LOCALITY_NAME, COUNTY_NAME = map(_name, PLACES)
TOWN_FOUND = Feature(name="town_found", field=Field.TOWN, compute=town_level, levels=TownLevel)
