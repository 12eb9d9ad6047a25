"""What of the premises that were found is shown."""

import pytest

from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.parameters import Parameters
from tests.service.http.aims.factories import premises, text


def narrowing(**said: str) -> Narrowing:
    return Narrowing.of(Parameters(said, {}))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", True),
        ("RD04", True),
        ("rd04", True),
        ("RD02, RD04", True),
        ("RD*", True),
        ("residential", True),
        ("Residential", True),
        ("RD02", False),
        ("C*", False),
        ("commercial", False),
        ("workplace", False),
        ("educational", False),
    ],
)
def test_a_filter_names_codes_beginnings_or_a_preset(written: str, shown: bool) -> None:  # noqa: FBT001
    assert narrowing(classificationfilter=written).lets_pass(premises(classification="RD04")) is shown


def test_schools_are_educational() -> None:
    assert narrowing(classificationfilter="educational").lets_pass(premises(classification="CE03"))


def test_premises_of_former_times_are_shown_on_request() -> None:
    gone = premises(text(kind="historical"))
    assert not narrowing().lets_pass(gone)
    assert narrowing(historical="true").lets_pass(gone)


def test_a_former_text_does_not_make_a_premises_historical() -> None:
    assert narrowing().lets_pass(premises(text(kind="historical"), text()))


def test_a_country_of_no_weight_is_left_out() -> None:
    assert not narrowing(wboost="0").lets_pass(premises(country="W"))
    assert narrowing(wboost="0").lets_pass(premises(country="E"))
    assert narrowing(wboost="0.1").lets_pass(premises(country="W"))


def test_a_range_is_measured_in_kilometres() -> None:
    north = premises(place=(51.1, 0.0))  # a tenth of a degree of latitude, 11.12 km
    assert narrowing(rangekm="11.2", lat="51", lon="0").lets_pass(north)
    assert not narrowing(rangekm="11.0", lat="51", lon="0").lets_pass(north)


def test_a_premises_without_a_place_is_in_no_range() -> None:
    assert not narrowing(rangekm="20000", lat="51", lon="0").lets_pass(premises())
