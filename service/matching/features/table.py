"""The features of many pairs: what the ranker sees and what rules ask for, in one table."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.computed_once import computed_once
from address_match.models.ranker import FeatureSpec
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.cosine import COSINE
from address_match.service.matching.features.feature import Column, Feature
from address_match.service.matching.features.names.building import (
    BUILDING,
    BUILDING_ANYWHERE,
    BUILDING_IN_QUERY,
    NAME_QUALIFIER,
    NAMES,
    ORGANISATION_ANYWHERE,
    PLACE_READ_AS_STREET,
)
from address_match.service.matching.features.names.name_held import NAME_HELD
from address_match.service.matching.features.parts.house_of_row import HOUSE_OF_ROW
from address_match.service.matching.features.parts.kind_held import KIND_HELD
from address_match.service.matching.features.parts.number import NUMBER, SUFFIX
from address_match.service.matching.features.parts.open_part import OPEN_PART
from address_match.service.matching.features.parts.unit import UNIT, UNIT_WORD
from address_match.service.matching.features.places.known_towns import TOWNS_APART
from address_match.service.matching.features.places.place import (
    COUNTY,
    COUNTY_NAME,
    LOCALITY,
    LOCALITY_NAME,
    TOWN,
    TOWN_FOUND,
    TOWN_NAME,
)
from address_match.service.matching.features.places.place_beside_names import PLACE_BESIDE_NAMES
from address_match.service.matching.features.places.place_qualifier import PLACE_QUALIFIER
from address_match.service.matching.features.places.postcode import POSTCODE
from address_match.service.matching.features.position import POSITION
from address_match.service.matching.features.record_status import RECORD_STATUS
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.streets.implied_town import (
    LOCALITY_IN_TOWN,
    NAMESAKES_OF_BUILDING,
    NAMESAKES_OF_BUSINESS,
    RESPELLED_IN_ONE_TOWN,
)
from address_match.service.matching.features.streets.street import (
    STREET,
    STREET_ANYWHERE,
    STREET_NAME,
    STREET_SIZE,
    STREET_SOUND,
    STREET_TYPE,
)
from address_match.service.matching.features.streets.street_held import (
    BUILDING_TOWNS,
    STREET_COMMON,
    STREET_HELD,
    STREET_TOWNS,
    STREET_TOWNS_IN_AREA,
)
from address_match.service.matching.features.streets.street_identity import STREET_IDENTITY
from address_match.service.matching.features.words.word_overlap import (
    CANDIDATE_LEFTOVER,
    CANDIDATE_SHARE,
    CONTRADICTED,
    NAME_SHARE,
    QUERY_LEFTOVER,
    QUERY_SHARE,
)


@dataclass(frozen=True)
class FeatureTable:
    """One row per pair: its comparison vector. The features stand here in the order of the columns, under which rankers
    know them.
    """

    matrix: NDArray[np.float32]
    """Shape (rows, features)."""

    number = NUMBER
    unit = UNIT
    unit_word = UNIT_WORD
    street = STREET
    street_name = STREET_NAME
    street_type = STREET_TYPE
    street_anywhere = STREET_ANYWHERE
    building = BUILDING
    building_anywhere = BUILDING_ANYWHERE
    building_in_query = BUILDING_IN_QUERY
    organisation_anywhere = ORGANISATION_ANYWHERE
    names = NAMES
    town = TOWN
    town_found = TOWN_FOUND
    locality = LOCALITY
    postcode = POSTCODE
    query_share = QUERY_SHARE
    candidate_share = CANDIDATE_SHARE
    query_leftover = QUERY_LEFTOVER
    candidate_leftover = CANDIDATE_LEFTOVER
    cosine = COSINE
    position = POSITION
    record_status = RECORD_STATUS
    suffix = SUFFIX
    street_sound = STREET_SOUND
    name_share = NAME_SHARE
    contradicted = CONTRADICTED
    county = COUNTY
    town_name = TOWN_NAME
    locality_name = LOCALITY_NAME
    county_name = COUNTY_NAME
    street_size = STREET_SIZE

    street_identity = STREET_IDENTITY
    street_held = STREET_HELD
    street_towns = STREET_TOWNS
    street_towns_in_area = STREET_TOWNS_IN_AREA
    street_common = STREET_COMMON
    building_towns = BUILDING_TOWNS
    open_part = OPEN_PART
    house_of_row = HOUSE_OF_ROW
    place_qualifier = PLACE_QUALIFIER
    name_qualifier = NAME_QUALIFIER
    towns_apart = TOWNS_APART
    kind_held = KIND_HELD
    name_held = NAME_HELD
    locality_in_town = LOCALITY_IN_TOWN
    respelled_in_one_town = RESPELLED_IN_ONE_TOWN
    namesakes_of_building = NAMESAKES_OF_BUILDING
    namesakes_of_business = NAMESAKES_OF_BUSINESS
    place_read_as_street = PLACE_READ_AS_STREET
    place_beside_names = PLACE_BESIDE_NAMES

    @property
    def ranked(self) -> NDArray[np.float32]:
        """The columns that rankers read, shape (rows, FEATURES)."""
        return self.matrix[:, : len(FEATURES)]

    @computed_once
    def computed(self) -> dict[object, Any]:
        """What several rules share, by the function that computes it (`once_per_batch`)."""
        return {}

    def __len__(self) -> int:
        return len(self.matrix)

    def column(self, feature: Feature) -> Column:
        """Return the values of a feature, shape (rows,)."""
        return self.matrix[:, _PLACES[feature]]

    def take(self, rows: NDArray[np.int64]) -> "FeatureTable":
        """Return some of the rows, in the order given."""
        return FeatureTable(self.matrix[rows])

    def parted(self, row: int) -> tuple["FeatureTable", "FeatureTable"]:
        """Return the rows before one, and those from it on, both of this same table."""
        return FeatureTable(self.matrix[:row]), FeatureTable(self.matrix[row:])

    def on_asked_street(self, rows: NDArray[np.bool_]) -> "FeatureTable":
        """Return the table with some rows, shape (rows,), said to stand on the street that is asked for."""
        matrix = self.matrix.copy(order="K")
        identity, held = places_of(STREET_IDENTITY, STREET_HELD)
        matrix[rows, identity], matrix[rows, held] = int(StreetIdentity.SAME), 0
        return FeatureTable(matrix)


_COLUMNS = tuple(each for each in vars(FeatureTable).values() if isinstance(each, Feature))
FEATURES: tuple[Feature, ...] = tuple(each for each in _COLUMNS if each.ranked)
"""Those that rankers read, in the order of the columns of a table; what only rules ask for stands behind them."""
FEATURE_SPECS: tuple[FeatureSpec, ...] = tuple(feature.spec() for feature in FEATURES)
"""What a ranker must know of each."""
_PLACES = {feature: place for place, feature in enumerate(_COLUMNS)}


def places_of(*features: Feature) -> list[int]:
    """Return the places of some features among the columns of a table."""
    return [_PLACES[feature] for feature in features]


def compare(pairs: Pairs) -> FeatureTable:
    """Return the features of all pairs, a row each."""
    # Column behind column, because the ranker reads them so.
    matrix = np.empty((len(pairs), len(_COLUMNS)), dtype=np.float32, order="F")
    for place, feature in enumerate(_COLUMNS):
        matrix[:, place] = feature.compute(pairs)
    return FeatureTable(matrix)
