"""The features of a pair by what they are about."""

from collections.abc import Callable
from dataclasses import dataclass

from address_match.service.matching.features import names, place, premises_part, record_status, word_overlap
from address_match.service.matching.features.columns.pairs import Pairs


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are about one thing, and what computes them."""

    name: str
    features: tuple[str, ...]
    compute: Callable[[Pairs], object]


def _number(pairs: Pairs) -> object:
    return premises_part.suffix_level(pairs, premises_part.number_level(pairs))


def _flat(pairs: Pairs) -> object:
    return premises_part.premises_levels(pairs), record_status.worded_units(pairs)


def _street(pairs: Pairs) -> object:
    return (
        names.street_similarity(pairs),
        names.street_name_similarity(pairs),
        names.street_type_level(pairs),
        names.street_anywhere(pairs),
        names.street_sound(pairs),
        record_status.crowding(pairs),
    )


def _names(pairs: Pairs) -> object:
    return (
        names.building_similarity(pairs),
        names.building_anywhere(pairs),
        names.candidate_building_in_query(pairs),
        names.organisation_anywhere(pairs),
        names.name_level(pairs),
    )


def _places(pairs: Pairs) -> object:
    likeness = place.place_likeness(pairs)
    return place.town_level(likeness[0]), place.place_name_level(pairs, likeness)


def _position(pairs: Pairs) -> object:
    return record_status.position_level(pairs), record_status.record_status(pairs)


GROUPS: tuple[Group, ...] = (
    Group("number", ("number", "suffix"), _number),
    Group("flat", ("unit", "worded_units"), _flat),
    Group(
        "street",
        ("street", "street_name", "street_type", "street_anywhere", "street_sound", "crowding"),
        _street,
    ),
    Group(
        "building and organisation",
        ("building", "building_anywhere", "building_in_query", "organisation_anywhere", "names"),
        _names,
    ),
    Group(
        "town, locality, county",
        ("town", "town_found", "town_name", "locality", "locality_name", "county", "county_name"),
        _places,
    ),
    Group("postcode", ("postcode",), place.postcode_level),
    Group(
        "words by rarity",
        (
            "query_share",
            "candidate_share",
            "query_leftover",
            "candidate_leftover",
            "name_share",
            "contradicted",
        ),
        word_overlap.overlap,
    ),
    Group("cosine of the vectors", ("cosine",), word_overlap.cosine),
    Group("position and standing", ("position", "standing"), _position),
)
