"""Which field each feature is about, and its value in words."""

from enum import IntEnum

from address_match.models.ranker.additive_ranker import FeatureSpec
from address_match.service.matching.explanation.explanation import Field
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.names import NameLevel, StreetTypeLevel
from address_match.service.matching.features.place import PlaceNameLevel, PostcodeLevel, TownLevel
from address_match.service.matching.features.premises_part import NumberLevel, SuffixLevel, UnitLevel
from address_match.service.matching.features.record_status import PositionLevel, RecordStatus, UnitWordLevel

FIELD_OF: dict[str, Field] = {
    "number": Field.NUMBER,
    "suffix": Field.NUMBER,
    "unit": Field.FLAT,
    "worded_units": Field.FLAT,
    "street": Field.STREET,
    "street_name": Field.STREET,
    "street_type": Field.STREET,
    "street_anywhere": Field.STREET,
    "street_sound": Field.STREET,
    "crowding": Field.STREET,
    "building": Field.BUILDING,
    "building_anywhere": Field.BUILDING,
    "building_in_query": Field.BUILDING,
    "names": Field.BUILDING,
    "organisation_anywhere": Field.ORGANISATION,
    "town": Field.TOWN,
    "town_found": Field.TOWN,
    "town_name": Field.TOWN,
    "locality": Field.LOCALITY,
    "locality_name": Field.LOCALITY,
    "county": Field.COUNTY,
    "county_name": Field.COUNTY,
    "postcode": Field.POSTCODE,
    "query_share": Field.WORDS,
    "candidate_share": Field.WORDS,
    "query_leftover": Field.WORDS,
    "candidate_leftover": Field.WORDS,
    "name_share": Field.WORDS,
    "contradicted": Field.WORDS,
    "cosine": Field.WORDS,
    "position": Field.POSITION,
    "standing": Field.STANDING,
}
"""By feature; what joins two fields goes to the one that it qualifies."""

_CATEGORIES: dict[str, type[IntEnum]] = {
    "number": NumberLevel,
    "suffix": SuffixLevel,
    "unit": UnitLevel,
    "town_found": TownLevel,
    "town_name": PlaceNameLevel,
    "locality_name": PlaceNameLevel,
    "county_name": PlaceNameLevel,
    "postcode": PostcodeLevel,
    "street_type": StreetTypeLevel,
    "names": NameLevel,
    "position": PositionLevel,
    "standing": RecordStatus,
    "worded_units": UnitWordLevel,
}
_QUERY_FEATURES = {
    "always": "where absence starts from",
    "no_number": "neither number nor flat is given",
    "no_postcode": "no postcode is given",
    "no_street": "no street is given",
    "parse_doubt": "the address reads in more than one way",
    "unknown_words": "words that the reference does not know",
    "postcode_held": "the reference holds the postcode",
    "street_held": "the reference holds the street",
    "best_number_differs": "the best candidate's number differs",
    "best_unit_differs": "the best candidate's flat differs",
    "best_log_odds": "how well the best candidate fits",
    "rivals": "how many candidates fit nearly as well",
    "prior": "share of addresses that is expected to be absent",
}


def feature_in_words(spec: FeatureSpec, value: float) -> str:
    """Return the value of a feature."""
    if spec.name in _CATEGORIES:
        return str(_CATEGORIES[spec.name](int(value)).name).lower().replace("_", " ")
    if spec.unsaid and value < 0:
        return "not in the query" if value == LEFT_EMPTY else "not in the candidate"
    return f"{value:.2f}"


def query_feature_in_words(name: str, value: float) -> str:
    """Return what a query feature of a query, or the prior of absence, is about, and its value."""
    words = _QUERY_FEATURES.get(name, name.replace("_", " "))
    return words if name == "always" else f"{words}: {value:.2f}"
