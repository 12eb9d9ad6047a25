"""Where the reference holds the street or the building that is asked for. These are facts for rules; rankers do not see
them.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.reference.streets.street_places import area_of, sector_of, street_key
from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.building import name_level
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.names.name_likeness import saint_otherwise
from address_match.service.matching.features.places.postcode import PostcodeLevel, postcode_level
from address_match.service.matching.features.places.unplaced import of_the_unplaced
from address_match.service.matching.features.streets.common_streets import COMMON_STREETS
from address_match.service.matching.features.streets.compare_streets import NEAR_NAMESAKE, StreetIdentity
from address_match.service.matching.features.streets.street_identity import street_identity


def street_held(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the reference holds the query's street, letter by letter except for a saint's S, in the candidate's
    town or postcode sector.

    Asked only of candidates where it decides: on another street of a like name, or in the query's own postcode, and of
    those that have the asked name and no street.
    """
    identity = street_identity(pairs)
    asked = is_one_of(identity, NEAR_NAMESAKE)
    asked |= (
        (identity == int(StreetIdentity.UNSAID))
        & pairs.of_query("street").said_at(pairs.query)
        & (name_level(pairs) == int(NameLevel.EQUAL))
    )
    other = is_one_of(identity, (StreetIdentity.OTHER, StreetIdentity.UNLIKE))
    if other.any():
        asked |= other & (postcode_level(pairs) == int(PostcodeLevel.UNIT))
    held = np.zeros(len(pairs), dtype=bool)
    rows = asked.nonzero()[0]
    if len(rows):
        names = pairs.of_query("street")
        otherwise = names.map(saint_otherwise)
        for streets in (names, otherwise) if otherwise.values != names.values else (names,):
            for places in (pairs.of_text("town"), _postcodes(pairs).map(sector_of)):
                named = zip(streets.at(pairs.query[rows]), places.at(pairs.text[rows]), strict=True)
                keys = np.fromiter((street_key(s, p) for s, p in named), dtype=np.int64, count=len(rows))
                held[rows] |= pairs.statistics.streets.hold(keys) & places.said_at(pairs.text[rows])
    return held.astype(np.int64)


def street_towns(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns the reference holds the query's street, letter by letter."""
    return _towns(pairs, pairs.of_query("street"))


def building_towns(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns the reference holds the name of the query's building, letter by letter."""
    return _towns(pairs, pairs.of_query("building"))


def _towns(pairs: Pairs, names: Coded) -> NDArray[np.int64]:
    if not any(names.values):
        return np.zeros(len(pairs), dtype=np.int64)
    keys = np.fromiter(map(street_key, names.values), dtype=np.int64, count=len(names.values))
    towns: NDArray[np.int64] = (pairs.statistics.streets.towns(keys) * names.said)[names.codes[pairs.query]]
    return towns


def street_towns_in_area(pairs: Pairs) -> NDArray[np.int64]:
    """Return in how many towns of the candidate's postcode area the street on which both stand is held; 0 where they do
    not.
    """
    towns = np.zeros(len(pairs), dtype=np.int64)
    rows = (street_identity(pairs) == int(StreetIdentity.SAME)).nonzero()[0]
    if not len(rows):
        return towns
    streets = pairs.of_query("street").at(pairs.query[rows])
    areas = _postcodes(pairs).map(area_of).at(pairs.text[rows])
    keys = np.fromiter(map(street_key, streets, areas), dtype=np.int64, count=len(rows))
    towns[rows] = pairs.statistics.streets.towns(keys)
    return towns


def street_common(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query's street is one that most towns have."""
    return pairs.of_query("street").numbers(lambda street: int(street in COMMON_STREETS))[pairs.query]


@once_per_batch
def _postcodes(pairs: Pairs) -> Coded:
    return pairs.of_text("reading_postcode").joined(pairs.of_text("postcode")).map(_given_or_parsed)


def _given_or_parsed(postcodes: str) -> str:
    """Return the postcode by which the reference counts a text's street: that of its column, else the one in the text."""
    parsed, _, given = postcodes.partition(JOINT)
    return given.replace(" ", "").upper() or parsed


STREET_HELD = Feature(name="street_held", field=Field.STREET, compute=street_held, ranked=False)
STREET_TOWNS = Feature(
    name="street_towns", field=Field.STREET, compute=of_the_unplaced(street_towns), ranked=False
)
STREET_TOWNS_IN_AREA = Feature(
    name="street_towns_in_area",
    field=Field.STREET,
    compute=of_the_unplaced(street_towns_in_area),
    ranked=False,
)
STREET_COMMON = Feature(name="street_common", field=Field.STREET, compute=street_common, ranked=False)
BUILDING_TOWNS = Feature(
    name="building_towns", field=Field.BUILDING, compute=of_the_unplaced(building_towns), ranked=False
)
