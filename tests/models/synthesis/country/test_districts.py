import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from address_match.models.synthesis.country.districts import all_districts, chosen_districts
from address_match.models.synthesis.country.grid import grid_reference
from address_match.models.synthesis.country.postcodes import PostcodeRound
from address_match.models.synthesis.country.streets import StreetNames
from address_match.models.synthesis.country.uprns import UprnSeries
from address_match.models.synthesis.country.vocabulary import vocabulary


def test_outcodes_have_the_form_of_outcodes() -> None:
    assert all(re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?", d.outcode) for d in all_districts())
    assert len({re.sub(r"[0-9].*", "", d.outcode) for d in all_districts()}) >= 120


def test_welsh_towns_may_have_two_names() -> None:
    names = {d.town: d.town_welsh for d in all_districts() if d.country == "W"}
    assert names["CARDIFF"] == "CAERDYDD"
    assert names["LLANDUDNO"] == ""


@given(st.integers(min_value=1, max_value=5_000_000))
def test_the_districts_hold_all_premises_that_are_asked_for(premises: int) -> None:
    chosen = chosen_districts(premises, list(all_districts()))
    assert sum(count for _, count in chosen) == premises
    assert len({(d.outcode, d.town) for d, _ in chosen}) == len(chosen)


def test_westminster_lies_where_the_grid_says() -> None:
    easting, northing = grid_reference(51.4995, -0.1248)
    assert abs(easting - 530_200) < 300
    assert abs(northing - 179_600) < 300


def test_a_district_gives_each_unit_postcode_once() -> None:
    codes = PostcodeRound("LS6", Random(1))
    given_out = [codes.next() for _ in range(4_000)]
    assert len(set(given_out)) == 4_000
    assert all(re.fullmatch(r"LS6 [0-9][ABD-HJLNP-UW-Z]{2}", code) for code in given_out)


def test_districts_never_share_a_uprn() -> None:
    series = [UprnSeries(district, Random(district)) for district in (0, 1, 2_339)]
    uprns = [one.next() for one in series for _ in range(5_000)]
    assert len(set(uprns)) == 15_000


def test_a_locality_has_no_street_twice() -> None:
    names = StreetNames("E", vocabulary(), Random(5))
    streets = [names.next("WOODSIDE").english for _ in range(800)]
    assert len(set(streets)) == 800


def test_welsh_streets_have_welsh_names() -> None:
    names = StreetNames("W", vocabulary(), Random(5))
    pairs = {name.english: name.welsh for name in (names.next(str(place)) for place in range(2_000))}
    assert pairs.get("HIGH STREET") in {"", "STRYD FAWR"}
    assert any(welsh.startswith("FFORDD ") for welsh in pairs.values())
