from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from address_match.indexer.reference.streets.street_places import (
    ALL_TOWNS,
    StreetPlaces,
    business_key,
    locality_key,
    street_key,
    write_street_places,
)

Row = tuple[str, str, str, str, str]
ROWS: list[Row] = [
    ("1", "MILL LANE", "", "OTLEY", "LS214QT"),
    ("2", "MILL LANE", "", "TRURO", "TR12AB"),
    ("3", "ALDER ROAD", "", "OTLEY", "LS214QA"),
    ("3", "ALDER ROAD", "", "POOL IN WHARFEDALE", "LS214QA"),
    ("4", "ALDER ROAD", "", "", "LS214QB"),
    ("5", "", "RIVER COURT", "OTLEY", "LS214QC"),
]


def columns(rows: list[Row]) -> tuple[pa.Table, pa.StringArray]:
    names = ("uprn", "street", "building", "town")
    said = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    unsaid = {name: [""] * len(rows) for name in ("organisation", "locality")}
    return pa.table(said | unsaid), pa.array([row[4] for row in rows], pa.string())


def with_column(name: str, values: list[str], towns: list[str]) -> tuple[pa.Table, pa.StringArray]:
    texts, postcodes = columns([(str(row), "", "", town, "") for row, town in enumerate(towns)])
    return texts.set_column(texts.column_names.index(name), name, [values]), postcodes


@pytest.fixture
def streets(tmp_path: Path) -> StreetPlaces:
    write_street_places(tmp_path, *columns(ROWS))
    return StreetPlaces(tmp_path)


def towns(streets: StreetPlaces, street: str, area: str = "") -> int:
    return int(streets.towns(np.array([street_key(street, area)]))[0])


def holds(streets: StreetPlaces, street: str, place: str) -> bool:
    return bool(streets.hold(np.array([street_key(street, place)]))[0])


def test_a_street_is_held_in_its_town_and_in_its_sector(streets: StreetPlaces) -> None:
    assert holds(streets, "MILL LANE", "OTLEY")
    assert holds(streets, "MILL LANE", "LS214")
    assert not holds(streets, "ALDER ROAD", "TRURO")
    assert not holds(streets, "ALDER CLOSE", "OTLEY")


def test_towns_are_counted_of_all_and_of_one_area(streets: StreetPlaces) -> None:
    assert towns(streets, "MILL LANE") == 2
    assert towns(streets, "MILL LANE", "LS") == 1
    assert towns(streets, "ALDER CLOSE") == 0


def test_two_names_of_one_town_are_one_town_and_a_text_without_one_is_of_that_of_its_sector(
    streets: StreetPlaces,
) -> None:
    assert towns(streets, "ALDER ROAD") == 1


def test_texts_without_a_postcode_are_of_the_towns_that_they_name(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("1", "MILL LANE", "", "OTLEY", ""),
        ("2", "MILL LANE", "", "TRURO", ""),
        ("3", "MILL LANE", "", "RYDE", "PO331AB"),
    ]
    write_street_places(tmp_path, *columns(rows))
    assert (towns(StreetPlaces(tmp_path), "MILL LANE"), towns(StreetPlaces(tmp_path), "MILL LANE", "PO")) == (
        3,
        1,
    )


def test_a_text_without_town_and_postcode_is_of_any_town_of_its_street(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("1", "MILL LANE", "", "OTLEY", "LS214QT"),
        ("2", "MILL LANE", "", "", ""),
        ("3", "ALDER ROAD", "", "", ""),
    ]
    write_street_places(tmp_path, *columns(rows))
    assert (towns(StreetPlaces(tmp_path), "MILL LANE"), towns(StreetPlaces(tmp_path), "ALDER ROAD")) == (1, 1)


def test_buildings_are_counted_too(streets: StreetPlaces) -> None:
    assert towns(streets, "RIVER COURT") == 1


def test_further_texts_add_the_towns_that_are_new(streets: StreetPlaces, tmp_path: Path) -> None:
    more: list[Row] = [("6", "ALDER ROAD", "", "TRURO", "TR12AC"), ("7", "MILL LANE", "", "OTLEY", "LS214QD")]
    streets.save_with(tmp_path, *columns(more))
    after = StreetPlaces(tmp_path)
    assert (towns(after, "ALDER ROAD"), towns(after, "MILL LANE")) == (2, 2)
    assert holds(after, "ALDER ROAD", "TRURO")


def test_a_reference_without_streets_holds_none(tmp_path: Path) -> None:
    write_street_places(tmp_path, *columns([("1", "", "", "OTLEY", "LS214QT")]))
    assert towns(StreetPlaces(tmp_path), "MILL LANE") == 0


def counted(folder: Path, key: int) -> int:
    return int(StreetPlaces(folder).towns(np.array([key]))[0])


def test_the_towns_of_all_texts_are_counted_by_their_names(tmp_path: Path) -> None:
    write_street_places(tmp_path, *columns(ROWS))
    assert counted(tmp_path, ALL_TOWNS) == 3


def test_a_locality_lies_in_the_town_that_nearly_all_of_its_texts_name(tmp_path: Path) -> None:
    values = ["POOL"] * 10 + ["GREEN", "GREEN"]
    towns = ["OTLEY"] * 9 + ["OTELY", "OTLEY", "TRURO"]
    write_street_places(tmp_path, *with_column("locality", values, towns))
    keys = np.array(
        [locality_key(*place) for place in (("POOL", "OTLEY"), ("POOL", "OTELY"), ("GREEN", "OTLEY"))]
    )
    assert StreetPlaces(tmp_path).hold(keys).tolist() == [True, False, False]


def test_the_towns_of_a_business_are_counted_and_further_ones_added(tmp_path: Path) -> None:
    write_street_places(
        tmp_path, *with_column("organisation", ["ELM BAKERY"] * 3, ["OTLEY", "OTLEY", "TRURO"])
    )
    assert counted(tmp_path, business_key("ELM BAKERY")) == 2
    StreetPlaces(tmp_path).save_with(tmp_path, *with_column("organisation", ["ELM BAKERY"], ["RYDE"]))
    assert counted(tmp_path, business_key("ELM BAKERY")) == 3


def test_businesses_are_not_counted_of_an_update_alone(tmp_path: Path) -> None:
    """A reference that was counted before businesses were has them in towns of which nothing is known."""
    write_street_places(tmp_path, *columns(ROWS))
    keys, towns = np.load(tmp_path / "street_keys.npy"), np.load(tmp_path / "street_towns.npy")
    before = keys != ALL_TOWNS
    np.save(tmp_path / "street_keys.npy", keys[before])
    np.save(tmp_path / "street_towns.npy", towns[before])
    StreetPlaces(tmp_path).save_with(tmp_path, *with_column("organisation", ["ELM BAKERY"], ["RYDE"]))
    assert counted(tmp_path, business_key("ELM BAKERY")) == 0
    assert counted(tmp_path, ALL_TOWNS) == 0
