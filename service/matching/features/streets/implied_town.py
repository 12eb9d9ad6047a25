"""What tells in which town a query's premises stands though it names none: a locality, a street spelled otherwise, a
building or business on its street.

Facts for rules; rankers do not see them.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.reference.streets.street_places import (
    ALL_TOWNS,
    business_key,
    locality_key,
    street_key,
)
from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.name_likeness import SPACELESS_WEIGHT
from address_match.service.matching.features.places.unplaced import of_the_unplaced
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.streets.street import street_likeness
from address_match.service.matching.features.streets.street_identity import street_identity

TOWNS_OF_COUNTRY = 1500
"""Post towns of the United Kingdom, about."""
MANY = 1000.0
"""Namesakes at most, and where nothing is known of how many there are."""


def locality_in_town(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query names a locality, and the candidate none, but a town in which the reference holds it."""
    localities, towns = pairs.of_query("locality"), pairs.of_text("town")
    found = np.zeros(len(pairs), dtype=np.int64)
    if not any(localities.values):
        return found
    unsaid = ~pairs.of_text("locality").said_at(pairs.text) & towns.said_at(pairs.text)
    rows = (localities.said_at(pairs.query) & unsaid).nonzero()[0]
    places = zip(localities.at(pairs.query[rows]), towns.at(pairs.text[rows]), strict=True)
    found[rows] = pairs.statistics.streets.hold(_numbers(locality_key(*place) for place in places))
    return found


def respelled_in_one_town(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query's street is the candidate's, spelled otherwise, and held in that town alone.

    By the query's spelling where it holds that; else by the candidate's, unless they differ in more than spaces.
    """
    alone = np.zeros(len(pairs), dtype=np.int64)
    rows = (street_identity(pairs) == int(StreetIdentity.RESPELLED)).nonzero()[0]
    if not len(rows):
        return alone
    asked = pairs.of_query("street").at(pairs.query[rows])
    held = pairs.of_text("street").at(pairs.text[rows])
    known = _towns(pairs, asked) > 0
    spaced = street_likeness(pairs)[rows] >= SPACELESS_WEIGHT
    names = np.where(known, asked, np.where(spaced, held, "")).tolist()
    keys = map(street_key, names, pairs.of_text("town").at(pairs.text[rows]))
    alone[rows] = (_towns(pairs, names) == 1) & pairs.statistics.streets.hold(_numbers(keys))
    return alone


def namesakes_of_building(pairs: Pairs) -> NDArray[np.float32]:
    """Return in how many towns of the country chance alone would put the query's building on its street, in [0, MANY].

    By the number of towns in which the reference holds each of the two, as if neither told of the other. What shares a
    word with its street is often called after it, so that there may be many.
    """
    return _namesakes(pairs, "building", street_key)


def namesakes_of_business(pairs: Pairs) -> NDArray[np.float32]:
    """Return what `namesakes_of_building` returns, of the query's business."""
    return _namesakes(pairs, "organisation", business_key)


def _namesakes(pairs: Pairs, field: str, key: Callable[[str], int]) -> NDArray[np.float32]:
    if not any(pairs.of_query(field).values):
        return np.full(len(pairs), MANY, dtype=np.float32)
    named = pairs.of_query(field).joined(pairs.of_query("street"))
    parted = [value.split(JOINT) for value in named.values]
    names, streets = [name for name, _ in parted], [street for _, street in parted]
    both = _towns(pairs, names, key).astype(np.float64) * _towns(pairs, streets)
    known = int(pairs.statistics.streets.towns(_numbers([ALL_TOWNS]))[0])
    by_chance = both * max(TOWNS_OF_COUNTRY, known) / max(1, known) ** 2
    related = [not set(name.split()).isdisjoint(street.split()) for name, street in parted]
    found = np.where((both == 0) | related, MANY, by_chance).clip(0, MANY).astype(np.float32)
    of_pairs: NDArray[np.float32] = found[named.codes[pairs.query]]
    return of_pairs


def _towns(pairs: Pairs, names: Sequence[str], key: Callable[[str], int] = street_key) -> NDArray[np.int64]:
    """Return in how many towns the reference holds each name; 0 for an empty one."""
    said = np.fromiter(map(bool, names), dtype=bool, count=len(names))
    towns: NDArray[np.int64] = pairs.statistics.streets.towns(_numbers(map(key, names))) * said
    return towns


def _numbers(keys: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(keys), dtype=np.int64)


LOCALITY_IN_TOWN = Feature(
    name="locality_in_town", field=Field.LOCALITY, compute=locality_in_town, ranked=False
)
RESPELLED_IN_ONE_TOWN = Feature(
    name="respelled_in_one_town",
    field=Field.STREET,
    compute=of_the_unplaced(respelled_in_one_town),
    ranked=False,
)
NAMESAKES_OF_BUILDING = Feature(
    name="namesakes_of_building",
    field=Field.BUILDING,
    compute=of_the_unplaced(namesakes_of_building, MANY),
    ranked=False,
)
NAMESAKES_OF_BUSINESS = Feature(
    name="namesakes_of_business",
    field=Field.ORGANISATION,
    compute=of_the_unplaced(namesakes_of_business, MANY),
    ranked=False,
)
