"""The features of a pair: what the ranker sees, in one table."""

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import FeatureSpec
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.names import (
    KIND_UNSAID_LIKENESS,
    NameLevel,
    StreetTypeLevel,
    building_anywhere,
    building_similarity,
    candidate_building_in_query,
    name_level,
    organisation_anywhere,
    street_anywhere,
    street_name_similarity,
    street_numerals_differ,
    street_similarity,
    street_sound,
    street_type_level,
)
from address_match.service.matching.features.place import (
    PlaceNameLevel,
    PostcodeLevel,
    TownLevel,
    place_likeness,
    place_name_level,
    postcode_level,
    town_level,
)
from address_match.service.matching.features.premises_part import (
    NumberLevel,
    SuffixLevel,
    UnitLevel,
    premises_levels,
    suffix_level,
)
from address_match.service.matching.features.record_status import (
    PositionLevel,
    RecordStatus,
    UnitWordLevel,
    crowding,
    position_level,
    record_status,
    worded_units,
)
from address_match.service.matching.features.word_overlap import cosine, overlap

FEATURES: tuple[FeatureSpec, ...] = (
    FeatureSpec("number", categories=len(NumberLevel)),
    FeatureSpec("unit", categories=len(UnitLevel)),
    FeatureSpec("worded_units", categories=len(UnitWordLevel)),
    FeatureSpec("street", monotone=1, unsaid=2),
    FeatureSpec("street_name", monotone=1, unsaid=2),
    FeatureSpec("street_type", categories=len(StreetTypeLevel)),
    FeatureSpec("street_anywhere", monotone=1, unsaid=2),
    FeatureSpec("building", monotone=1, unsaid=2),
    FeatureSpec("building_anywhere", monotone=1, unsaid=2),
    FeatureSpec("building_in_query", monotone=1, unsaid=2),
    FeatureSpec("organisation_anywhere", monotone=1, unsaid=2),
    FeatureSpec("names", categories=len(NameLevel)),
    FeatureSpec("town", monotone=1, unsaid=2),
    FeatureSpec("town_found", categories=len(TownLevel)),
    FeatureSpec("locality", monotone=1, unsaid=2),
    FeatureSpec("postcode", categories=len(PostcodeLevel)),
    FeatureSpec("query_share", monotone=1),
    FeatureSpec("candidate_share", monotone=1),
    FeatureSpec("query_leftover", monotone=-1),
    FeatureSpec("candidate_leftover", monotone=-1),
    FeatureSpec("cosine", monotone=1, last=True),
    FeatureSpec("position", categories=len(PositionLevel)),
    FeatureSpec("standing", categories=len(RecordStatus)),
    FeatureSpec("suffix", categories=len(SuffixLevel)),
    FeatureSpec("street_sound", monotone=1, unsaid=2),
    FeatureSpec("name_share", monotone=1, unsaid=1),
    FeatureSpec("contradicted", monotone=-1),
    FeatureSpec("county", monotone=1, unsaid=2),
    FeatureSpec("town_name", categories=len(PlaceNameLevel)),
    FeatureSpec("locality_name", categories=len(PlaceNameLevel)),
    FeatureSpec("county_name", categories=len(PlaceNameLevel)),
    FeatureSpec("crowding", unsaid=1),
)
"""In the order of the columns of `compare`. A likeness is in [0, 1], or -1 / -2 where the query / the candidate lacks the field."""

COLUMN: dict[str, int] = {spec.name: position for position, spec in enumerate(FEATURES)}
"""Position of each feature."""
_LIKENESS_OF_STREETS = ("street", "street_name", "street_sound", "street_anywhere")
_LIKENESS_OF_BUILDINGS = ("building", "building_anywhere", "building_in_query")


def compare(pairs: Pairs) -> NDArray[np.float32]:
    """Return the features of all pairs, shape (pairs, len(FEATURES))."""
    number, unit = premises_levels(pairs)
    words = overlap(pairs)
    places = place_likeness(pairs)
    town, locality, county = places
    town_name, locality_name, county_name = place_name_level(pairs, places)
    building = building_similarity(pairs)
    columns: dict[str, NDArray[np.float32] | NDArray[np.int64]] = {
        "number": number,
        "unit": unit,
        "worded_units": worded_units(pairs),
        "street": street_similarity(pairs),
        "street_name": street_name_similarity(pairs),
        "street_type": street_type_level(pairs),
        "street_anywhere": street_anywhere(pairs),
        "building": building,
        # A name whose words stand in another order is found by them as well.
        "building_anywhere": np.maximum(building_anywhere(pairs), building),
        "building_in_query": candidate_building_in_query(pairs),
        "organisation_anywhere": organisation_anywhere(pairs),
        "names": name_level(pairs),
        "town": town,
        "town_found": town_level(town),
        "locality": locality,
        "postcode": postcode_level(pairs),
        "query_share": words.query_share,
        "candidate_share": words.candidate_share,
        "query_leftover": words.query_leftover,
        "candidate_leftover": words.candidate_leftover,
        "cosine": cosine(pairs),
        "position": position_level(pairs),
        "standing": record_status(pairs),
        "suffix": suffix_level(pairs, number),
        "street_sound": street_sound(pairs),
        "name_share": words.name_share,
        "contradicted": words.contradicted,
        "county": county,
        "town_name": town_name,
        "locality_name": locality_name,
        "county_name": county_name,
        "crowding": crowding(pairs),
    }
    # Column behind column, because the ranker reads them so.
    features = np.empty((len(pairs), len(FEATURES)), dtype=np.float32, order="F")
    for position, spec in enumerate(FEATURES):
        features[:, position] = columns[spec.name]
    _tell_numerals_apart(features, street_numerals_differ(pairs))
    _forgive_kinds(features)
    return features


def _tell_numerals_apart(features: NDArray[np.float32], counted_otherwise: NDArray[np.bool_]) -> None:
    """Let nothing of the likeness of streets stand that are counted otherwise."""
    rows = counted_otherwise.nonzero()[0]
    for name in _LIKENESS_OF_STREETS if len(rows) else ():
        features[rows, COLUMN[name]] = np.minimum(features[rows, COLUMN[name]], 0)


def _forgive_kinds(features: NDArray[np.float32]) -> None:
    """Raise the likeness of names that are one but for the word for the kind of the building."""
    rows = (features[:, COLUMN["names"]] == NameLevel.KIND_UNSAID).nonzero()[0]
    for name in _LIKENESS_OF_BUILDINGS if len(rows) else ():
        likeness = features[rows, COLUMN[name]]
        features[rows, COLUMN[name]] = np.where(
            likeness >= 0, np.maximum(likeness, KIND_UNSAID_LIKENESS), likeness
        )
