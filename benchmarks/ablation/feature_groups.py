"""The features of a pair by what they are about."""

from collections.abc import Callable
from dataclasses import dataclass

from service.matching.comparison import names, overlap, places, premises_part, standing
from service.matching.comparison.columns import Pairs


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are about one thing, and what computes them."""

    name: str
    features: tuple[str, ...]
    compute: Callable[[Pairs], object]


def _number(pairs: Pairs) -> object:
    return premises_part.suffix_relation(pairs, premises_part.number_relation(pairs))


def _flat(pairs: Pairs) -> object:
    return premises_part.premises_relation(pairs), standing.worded_units(pairs)


def _street(pairs: Pairs) -> object:
    return (
        names.street_similarity(pairs),
        names.street_name_similarity(pairs),
        names.street_type_relation(pairs),
        names.street_anywhere(pairs),
        names.street_sound(pairs),
        standing.crowding(pairs),
    )


def _names(pairs: Pairs) -> object:
    return (
        names.building_similarity(pairs),
        names.building_anywhere(pairs),
        names.candidate_building_in_query(pairs),
        names.organisation_anywhere(pairs),
        names.name_agreement(pairs),
    )


def _places(pairs: Pairs) -> object:
    likeness = places.place_likeness(pairs)
    return places.town_relation(likeness[0]), places.place_relation(pairs, likeness)


def _position(pairs: Pairs) -> object:
    return standing.position_relation(pairs), standing.text_standing(pairs)


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
    Group("postcode", ("postcode",), places.postcode_relation),
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
        overlap.overlap,
    ),
    Group("cosine of the vectors", ("cosine",), overlap.cosine),
    Group("position and standing", ("position", "standing"), _position),
)
