from dataclasses import replace

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.look_alikes import (
    look_alikes,
    named_by_a_neighbour,
    streets_standing_twice,
)
from address_match.models.synthesis.premises import Premises
from address_match.parser.labelled_text import render

TOWNS = tuple(SyntheticCountry(3, 8_000).premises())
ALIKE = tuple(look_alikes(TOWNS, seed=1))


def texts(place: Premises) -> list[str]:
    return [render(text.pieces).text for text in place.texts]


def test_the_same_seed_lays_the_same_premises() -> None:
    assert tuple(look_alikes(TOWNS, seed=1)) == ALIKE


def test_what_is_laid_has_identifiers_of_its_own() -> None:
    uprns = [place.uprn for place in (*TOWNS, *ALIKE)]
    assert len(set(uprns)) == len(uprns)


def test_a_street_stands_again_in_another_village_of_its_town_under_free_postcodes() -> None:
    held = {place.uprn: place for place in TOWNS}
    again = [place for place in ALIKE if place.uprn[:-1] in held and place.uprn.endswith("2")]
    assert again
    for place in again:
        first = held[place.uprn[:-1]]
        assert replace(place, uprn="", parent_uprn="", locality="", postcode="", texts=()) == replace(
            first, uprn="", parent_uprn="", locality="", postcode="", texts=()
        )
        assert place.locality != first.locality
        assert place.postcode not in {other.postcode for other in TOWNS}


def test_its_texts_name_the_village_and_the_postcode_of_their_own() -> None:
    again = next(place for place in ALIKE if place.uprn.endswith("2") and place.locality)
    assert all(again.locality in text or again.town not in text for text in texts(again))
    assert not any(again.postcode[:-1] in text and again.postcode not in text for text in texts(again))


def test_a_place_beside_a_house_quotes_its_number() -> None:
    beside = named_by_a_neighbour(ALIKE)
    assert beside
    assert all(f"{place.building} {place.number}" in texts(place)[0] for place in beside)


def test_streets_that_stand_twice_are_found() -> None:
    twice = streets_standing_twice((*TOWNS, *ALIKE))
    assert len(twice) > len(streets_standing_twice(TOWNS))
