from collections import Counter
from functools import cache

from address_match.models.synthesis.country.country import SyntheticCountry, district_premises
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import authority_piece
from address_match.models.synthesis.texts.register_texts import is_described
from address_match.parser.labels import Label


@cache
def premises() -> tuple[Premises, ...]:
    districts = SyntheticCountry(3, 1_000_000).districts()[:700:14]
    return tuple(p for place, district, _ in districts for p in district_premises(3, place, district, 500))


def test_shops_of_a_parade_are_numbered_in_it() -> None:
    shops = [p for p in premises() if p.building.endswith(" PARADE") and p.kind == "business" and p.flat]
    assert shops
    assert all(p.flat.isdigit() and not p.flat_word and p.number == -1 for p in shops)


def test_units_of_a_shopping_centre_may_be_let_together() -> None:
    together = {p.flat for p in premises() if p.flat_word == "UNITS" and p.kind == "unit"}
    assert any(" AND " in flat for flat in together)
    assert any("-" in flat for flat in together)


def test_hospitals_have_departments() -> None:
    wards = [p for p in premises() if p.classification == "CM03" and p.department]
    assert wards
    assert all("HOSPITAL" in p.organisation or "INFIRMARY" in p.organisation for p in wards)


def test_a_row_without_a_street_reads_as_number_and_street() -> None:
    rows = [p for p in premises() if p.building.endswith(" COTTAGES") and p.kind == "house" and not p.street]
    labels = {t.pieces[0].label for p in rows for t in p.texts if t.pieces[0].text == p.flat}
    assert labels == {Label.NUMBER}


def test_streets_have_directions_and_some_have_no_type() -> None:
    streets = {p.street for p in premises() if p.street}
    assert sum(s.endswith((" NORTH", " SOUTH", " EAST", " WEST")) for s in streets) > len(streets) / 100
    assert sum(" " not in s for s in streets) > len(streets) / 100


def test_a_road_without_a_name_is_described_in_gazetteers_alone() -> None:
    described = [p for p in premises() if is_described(p.street)]
    postal = [t for p in described for t in p.texts if t.kind == "postal" and p.building]
    assert described
    assert all(piece.label is not Label.STREET for t in postal for piece in t.pieces)


def test_a_range_is_written_as_one_number_by_some() -> None:
    numbers = Counter(
        piece.text.isdigit()
        for p in premises()
        for t in p.texts
        if p.number_end >= 0 and t.kind == "postal"
        for piece in t.pieces
        if piece.label is Label.NUMBER
    )
    assert 0.15 < numbers[True] / numbers.total() < 0.45


def test_the_gazetteer_may_name_another_locality_than_the_post() -> None:
    localities = [
        {piece.text for t in p.texts for piece in t.pieces if piece.label is Label.LOCALITY}
        for p in premises()
    ]
    assert sum(len(names) > 1 for names in localities) > 100


def test_an_authority_with_the_name_of_the_town_is_the_town() -> None:
    house = next(p for p in premises() if p.kind == "house")
    pieces = [authority_piece(house, words) for words in (house.town, "ELMSHIRE")]
    assert [piece.label for piece in pieces if piece] == [Label.TOWN, Label.COUNTY]
