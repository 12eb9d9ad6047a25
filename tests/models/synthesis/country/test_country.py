from collections import Counter
from functools import cache

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.premises import Premises
from address_match.parser.labelled_text import render
from address_match.parser.labels import Label

SIZE = 12_000


@cache
def country() -> tuple[Premises, ...]:
    return tuple(SyntheticCountry(7, SIZE).premises())


@pytest.mark.parametrize("premises", [1, 7, 130, 2_000])
def test_a_country_has_exactly_the_premises_asked_for(premises: int) -> None:
    assert sum(1 for _ in SyntheticCountry(1, premises).premises()) == premises


def test_a_country_can_be_named_by_keyword() -> None:
    assert len(list(SyntheticCountry(seed=3, premises=40).premises())) == 40


def test_the_same_seed_builds_the_same_country() -> None:
    assert list(SyntheticCountry(5, 1_500).premises()) == list(SyntheticCountry(5, 1_500).premises())


def test_another_seed_builds_another_country() -> None:
    here = {p.street for p in SyntheticCountry(5, 1_500).premises()}
    there = {p.street for p in SyntheticCountry(6, 1_500).premises()}
    assert len(here & there) < len(here) / 2


def test_uprns_are_unique_numbers_of_at_most_twelve_digits() -> None:
    uprns = [p.uprn for p in country()]
    assert len(set(uprns)) == SIZE
    assert all(uprn.isdigit() and uprn[0] != "0" and len(uprn) <= 12 for uprn in uprns)


def test_neighbours_do_not_simply_count_on() -> None:
    steps = Counter(int(b.uprn) - int(a.uprn) for a, b in zip(country(), country()[1:], strict=False))
    assert steps[1] < SIZE / 10


def test_all_countries_and_all_kinds_of_premises_are_there() -> None:
    assert {p.country for p in country()} == set("EWSNML")
    assert {p.kind for p in country()} == {
        *("house", "flat", "block", "business", "unit", "farm", "room", "po_box", "land", "street_record")
    }


def test_a_premises_has_about_one_and_a_half_texts() -> None:
    assert all(p.texts for p in country())
    assert 1.3 < sum(len(p.texts) for p in country()) / SIZE < 1.7


def test_texts_are_of_every_kind_and_of_two_languages() -> None:
    kinds = {(text.kind, text.language) for p in country() for text in p.texts}
    assert kinds == {
        ("postal", "en"),
        ("gazetteer", "en"),
        ("alternative", "en"),
        ("alternative", "cy"),
        ("historical", "en"),
        ("provisional", "en"),
    }


def test_parents_stand_before_their_children() -> None:
    seen: set[str] = set()
    children = 0
    for premises in country():
        seen.add(premises.uprn)
        if premises.parent_uprn:
            children += 1
            assert premises.parent_uprn in seen
    assert children > 500


def test_two_premises_hardly_ever_have_one_text() -> None:
    owners: dict[str, set[str]] = {}
    for premises in country():
        for text in premises.texts:
            owners.setdefault(render(text.pieces).text, set()).add(premises.uprn)
    assert sum(len(uprns) > 1 for uprns in owners.values()) <= len(owners) / 1000


def test_most_homes_are_houses_on_a_street() -> None:
    homes = [p for p in country() if p.kind in {"house", "flat", "farm", "room"}]
    assert sum(p.kind == "house" and bool(p.street) for p in homes) > 0.65 * len(homes)


def test_streets_of_a_town_have_namesakes() -> None:
    types: dict[tuple[str, str], set[str]] = {}
    for premises in country():
        words, _, kind = premises.street.rpartition(" ")
        types.setdefault((premises.town, words), set()).add(kind)
    assert sum(len(kinds) > 1 for kinds in types.values()) > 40


def test_frequent_streets_are_in_many_towns() -> None:
    assert len({p.town for p in country() if p.street == "HIGH STREET"}) >= 3
    towns = {p.street: set[str]() for p in country()}
    for premises in country():
        towns[premises.street].add(premises.town)
    assert sum(len(names) > 1 for street, names in towns.items() if street) > 15


def test_a_postcode_serves_several_premises_and_one_town() -> None:
    towns: dict[str, set[str]] = {}
    for premises in country():
        towns.setdefault(premises.postcode, set()).add(premises.town)
    assert all(len(names) == 1 for names in towns.values())
    assert 5 < SIZE / len(towns) < 25


def test_tenement_flats_have_scottish_designators() -> None:
    flats = {p.flat for p in country() if p.country == "S" and p.kind == "flat"}
    assert flats & {"2F1", "PF1", "1F2"}
    assert flats & {"1/2", "2/1", "0/1"}


def test_coordinates_lie_in_england_on_both_grids() -> None:
    english = [p for p in country() if p.country == "E"]
    assert all(49.8 < p.latitude < 56 and -6.5 < p.longitude < 2 for p in english)
    assert all(0 < p.easting < 700_000 and 0 < p.northing < 700_000 for p in english)


def test_every_text_ends_with_its_postcode() -> None:
    for premises in country():
        for text in premises.texts:
            assert text.pieces[-1].label is Label.POSTCODE
            assert text.pieces[-1].text == premises.postcode


def test_names_are_made_of_many_words() -> None:
    words = {word for p in country() for word in f"{p.street} {p.building} {p.organisation}".split()}
    assert len(words) > 2_000
