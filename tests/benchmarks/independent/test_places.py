import pytest

from address_match.models.synthesis.councils.components import Components
from benchmarks.independent.places import Place, places_of_rows


def _place(address: str) -> Place:
    return places_of_rows([{"uprn": "1", "address": address, "postcode": "ZE1 4QT"}])[0]


def _cut(address: str) -> Components:
    return _place(address).components


def test_a_numbered_street_is_found_behind_the_names_before_it() -> None:
    found = _cut("Thornbeck Garage, Unit 4A, 12-14 Mill Lane, Northside, Marlow, Kent, ZE1 4QT")
    assert (found.organisation, found.part, found.number, found.street) == (
        "THORNBECK GARAGE",
        "UNIT 4A",
        "12-14",
        "MILL LANE",
    )
    assert (found.locality, found.town) == ("NORTHSIDE", "MARLOW")


def test_what_has_no_number_is_told_by_its_name() -> None:
    found = _cut("Thornbeck School, Thornbeck School, Mill Lane, Marlow, ZE1 4QT")
    assert (found.building, found.number, found.street) == ("THORNBECK SCHOOL", "", "MILL LANE")


@pytest.mark.parametrize("address", ["Thornbeck School, Marlow, ZE1 4QT", "Mill Lane", ""])
def test_an_address_without_a_street_is_passed_over(address: str) -> None:
    assert places_of_rows([{"uprn": "1", "address": address, "postcode": "ZE1 4QT"}]) == []


def test_names_of_one_number_are_one_place_and_go_together() -> None:
    first, second = _place("Elm Stores, 12 Mill Lane, Marlow"), _place("Oak Stores, 12 Mill Lane, Marlow")
    assert (first.same_as, first.absent_with) == (second.same_as, second.absent_with)


def test_names_without_a_number_are_two_places_that_go_together() -> None:
    first, second = _place("Elm School, Mill Lane, Marlow"), _place("Oak School, Mill Lane, Marlow")
    assert first.same_as != second.same_as
    assert first.absent_with == second.absent_with
