from pathlib import Path
from random import Random

from address_match.parser.labels import Label
from address_match.service.training.data.labelled_rows import component_premises, premises_of_components

_ROW = {"street_name": "Elm Road", "town_name": "Leeds", "postcode": "LS1 4AB"}


def _labels(**columns: str) -> list[tuple[str, Label]]:
    premises = premises_of_components({**_ROW, **columns}, uprn="1")
    return [(piece.text, piece.label) for text in premises.texts for piece in text.pieces][:-3]


def test_a_number_with_a_letter_is_labelled_as_the_table_says() -> None:
    assert _labels(building_number="12") == [("12", Label.NUMBER)]
    assert _labels(building_number="12-14") == [("12-14", Label.NUMBER)]
    assert _labels(building_name="12A") == [("12A", Label.BUILDING)]


def test_a_bare_flat_of_a_named_building_is_one_name_with_it() -> None:
    assert _labels(sub_building_name="3", building_name="Alder Court") == [("3 ALDER COURT", Label.BUILDING)]
    assert _labels(sub_building_name="Flat 3", building_name="Alder Court") == [
        ("FLAT 3", Label.SUB_BUILDING),
        ("ALDER COURT", Label.BUILDING),
    ]


def test_a_row_that_names_no_premises_teaches_nothing() -> None:
    assert premises_of_components(_ROW, uprn="1").texts == ()


def test_columns_are_found_under_the_names_that_they_go_by(tmp_path: Path) -> None:
    file = tmp_path / "reference.csv"
    file.write_text("uprn,House No,Thoroughfare,Post Town,Postcode\n1,7,Elm Road,Leeds,LS1 4AB\n")
    [premises] = component_premises(file, Random(1))
    assert (premises.number, premises.street, premises.town, premises.postcode) == (
        7,
        "ELM ROAD",
        "LEEDS",
        "LS1 4AB",
    )


def test_a_reference_of_whole_addresses_has_no_components_to_learn_from(tmp_path: Path) -> None:
    file = tmp_path / "reference.csv"
    file.write_text("uprn,address\n1,7 Elm Road Leeds\n")
    assert component_premises(file, Random(1)) == ()


def test_of_a_large_reference_some_rows_of_all_parts_are_drawn(tmp_path: Path) -> None:
    file = tmp_path / "reference.csv"
    rows = "".join(f"{n},{n},Elm Road,Leeds\n" for n in range(1, 401))
    file.write_text(f"uprn,number,street,town\n{rows}")
    drawn = component_premises(file, Random(1), at_most=50)
    assert len({premises.number for premises in drawn}) == 50
    assert max(premises.number for premises in drawn) > 200
