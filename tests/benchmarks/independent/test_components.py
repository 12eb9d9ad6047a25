import pytest

from benchmarks.independent.components import Components, of_rows


def _cut(address: str, postcode: str = "ZE1 4QT", uprn: str = "1") -> Components:
    return of_rows([{"uprn": uprn, "address": address, "postcode": postcode}])[0]


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
    assert of_rows([{"uprn": "1", "address": address, "postcode": "ZE1 4QT"}]) == []


def test_names_of_one_number_are_one_place_and_go_together() -> None:
    first, second = _cut("Elm Stores, 12 Mill Lane, Marlow"), _cut("Oak Stores, 12 Mill Lane, Marlow")
    assert (first.place, first.absent_with) == (second.place, second.absent_with)


def test_names_without_a_number_are_two_places_that_go_together() -> None:
    first, second = _cut("Elm School, Mill Lane, Marlow"), _cut("Oak School, Mill Lane, Marlow")
    assert first.place != second.place
    assert first.absent_with == second.absent_with
