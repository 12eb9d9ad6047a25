from address_match.models.synthesis.councils.dwelling_labels import labelled
from address_match.parser.labels import Label

_PLACES = [("MARLOW", Label.TOWN), ("T&W", Label.COUNTY)]


def _labels(text: str, postcode: str = "", **fields: object) -> list[tuple[str, str]] | None:
    blank = dict.fromkeys(("org", "sub", "name", "name2", "number", "dep", "street"), "")
    dwelling = {**blank, "pre": [], "order": "std", **fields}
    found = labelled(text, dwelling, _PLACES, postcode)
    return (
        None if found is None else [(text[span.start : span.end], span.label.value) for span in found.spans]
    )


def test_a_text_in_another_case_is_labelled_letter_by_letter() -> None:
    assert _labels(
        "Flat 3, 12 Mill-Lane, Marlow, TW4 4LJ", "TW4 4LJ", sub="FLAT 3", number="12", street="MILL LANE"
    ) == [
        ("Flat 3", "SubBuildingName"),
        ("12", "BuildingNumber"),
        ("Mill-Lane", "StreetName"),
        ("Marlow", "TownName"),
        ("TW4 4LJ", "Postcode"),
    ]


def test_a_part_may_stand_behind_the_street() -> None:
    found = _labels(
        "12 MILL LANE (FLAT 3)", sub="FLAT 3", number="12", street="MILL LANE", order="sub_after_street"
    )
    assert found is not None
    assert found[-1] == ("FLAT 3", "SubBuildingName")


def test_a_number_with_a_letter_is_a_building_name() -> None:
    assert _labels("12A MILL LANE", number="12A", street="MILL LANE") == [
        ("12A", "BuildingName"),
        ("MILL LANE", "StreetName"),
    ]


def test_a_bare_flat_number_belongs_to_the_name_behind_it() -> None:
    assert _labels("14 ALDER COURT MILL LANE", sub="14", name="ALDER COURT", street="MILL LANE") == [
        ("14", "BuildingName"),
        ("ALDER COURT", "BuildingName"),
        ("MILL LANE", "StreetName"),
    ]


def test_letters_that_no_component_explains_leave_the_text_without_labels() -> None:
    assert _labels("12 MILL LANE ELSEWHERE", number="12", street="MILL LANE") is None
