import csv
import io
from pathlib import Path

import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.sources.layouts.layout import (
    Layout,
    layout_of,
    named_layout,
    read_layout,
    shipped_layouts,
)
from address_match.indexer.sources.table import open_table
from address_match.service.batch.input.input_addresses import find_address, read_addresses

GUID = "{0A1B2C3D-0000-1111-2222-333344445555}"
PRICE_PAID = [
    GUID,
    "95000",
    "2026-05-18 00:00",
    "ZE1 4QT",
    "F",
    "N",
    "L",
    "OAST HOUSE, 12",
    "FLAT 2",
    "MILL LANE",
]
PRICE_PAID += ["", "MARLOW", "OSTWICK", "ZEDSHIRE", "A", "A"]


def composed(*rows: list[str]) -> list[str]:
    """Return the addresses of rows, a header before them unless they have none."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with open_table(io.BytesIO(text.getvalue().encode())) as table:
        address = find_address(table.columns)
        return [line for batch in table.rows(10) for line in read_addresses(batch, address)]


def reference(path: Path, *rows: list[str]) -> dict[str, object]:
    """Return the first row of a reference as it is read."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return next(open_reference(path).batches(10)).to_pylist()[0]  # type: ignore[no-any-return]


def row_of(layout: Layout, **cells: str) -> list[str]:
    """Return a row of a layout without a header, blank except for some cells."""
    assert layout.without_header is not None
    return [cells.get(column, "") for column in layout.without_header.columns]


@pytest.mark.parametrize("name", shipped_layouts())
def test_a_shipped_layout_is_of_the_columns_that_it_names(name: str) -> None:
    layout = named_layout(name)
    assert layout.recognised_by
    header = [*layout.words, *layout.recognised_by]
    assert layout.fits(header)
    assert layout.title


@pytest.mark.parametrize("name", [n for n, one in shipped_layouts().items() if one.without_header])
def test_the_header_that_a_layout_lacks_is_one_that_it_is_known_by(name: str) -> None:
    layout = named_layout(name)
    assert layout.without_header is not None
    assert layout_of(layout.without_header.columns) in (layout, None)
    assert set(layout.columns["postcode"]) & {
        c.lower().replace(" ", "_") for c in layout.without_header.columns
    }


def test_price_paid_has_no_header_and_is_known_by_its_rows() -> None:
    assert composed(PRICE_PAID) == ["FLAT 2, OAST HOUSE, 12, MILL LANE, MARLOW, ZEDSHIRE, ZE1 4QT"]
    with open_table(io.BytesIO(",".join(f'"{cell}"' for cell in PRICE_PAID).encode())) as table:
        assert (table.columns[0], next(table.rows(5)).data.num_rows) == ("transaction", 1)


def test_price_paid_with_a_header_is_read_alike() -> None:
    assert composed(["paon", "saon", "street", "town", "district", "county", "postcode"],
                    ["OAST HOUSE, 12", "FLAT 2", "MILL LANE", "MARLOW", "OSTWICK", "ZEDSHIRE", "ZE1 4QT"]) == [
        "FLAT 2, OAST HOUSE, 12, MILL LANE, MARLOW, ZEDSHIRE, ZE1 4QT"
    ]  # fmt: skip


def test_addressbase_without_its_header_is_a_reference(tmp_path: Path) -> None:
    row = row_of(
        named_layout("addressbase"),
        UPRN="200001000001",
        UDPRN="1234567",
        BUILDING_NUMBER="12",
        THOROUGHFARE="MILL LANE",
        POST_TOWN="MARLOW",
        POSTCODE="ZE1 4QT",
        POSTCODE_TYPE="S",
        CHANGE_TYPE="I",
        CLASS="RD04",
    )
    found = reference(tmp_path / "a.csv", row, row)
    assert (found["uprn"], found["address"], found["classification"]) == (
        "200001000001",
        "12 MILL LANE, MARLOW, ZE1 4QT",
        "RD04",
    )


def test_addressbase_plus_without_its_header_takes_of_each_row_what_it_fills() -> None:
    plus = named_layout("addressbase-plus")
    shown = {"UPRN": "1", "CHANGE_TYPE": "I", "STREET_DESCRIPTION": "MILL LANE", "TOWN_NAME": "MARLOW"}
    postal = row_of(plus, **shown, BUILDING_NUMBER="12", THOROUGHFARE="MILL LANE", POSTCODE="ZE1 4QT")
    own = row_of(plus, **shown, SAO_TEXT="FLAT 2", PAO_START_NUMBER="14", POSTCODE_LOCATOR="ZE1 4QX")
    assert composed(postal, own) == ["12 MILL LANE, MARLOW, ZE1 4QT", "FLAT 2, 14 MILL LANE, MARLOW, ZE1 4QX"]


def test_csv_paf_is_known_by_its_rows() -> None:
    row = [
        "ZE1 4QT",
        "MARLOW",
        "",
        "",
        "MILL LANE",
        "",
        "12",
        "",
        "FLAT 2",
        "",
        "",
        "",
        "12345678",
        "S",
        "Y",
        "1A",
    ]
    assert composed(row) == ["FLAT 2, 12 MILL LANE, MARLOW, ZE1 4QT"]


@pytest.mark.parametrize(
    ("layout", "cells", "expected"),
    [
        (
            "addressbase-core",
            {"UPRN": "1", "CLASSIFICATION_CODE": "R", "SINGLE_LINE_ADDRESS": "FLAT 2, 12, MILL LANE, MARLOW, ZE1 4QT",
             "BUILDING_NAME": "FLAT 2", "STREET_NAME": "MILL LANE", "TOWN_NAME": "MARLOW", "POSTCODE": "ZE1 4QT"},
            "FLAT 2, 12, MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "pointer",
            {"Building_Number": "12", "Primary_Thorfare": "MILL LANE", "Secondary_Thorfare": "OAST COURT",
             "Townland": "DUNMORE", "Town": "MARLOW", "Postcode": "BT1 4QT"},
            "12 OAST COURT, MILL LANE, DUNMORE, MARLOW, BT1 4QT",
        ),
        (
            "gazetteer",
            {"UPRN": "1", "SAO_TEXT": "", "PAO_START_NUMBER": "12", "STREET_DESCRIPTOR": "MILL LANE",
             "TOWN_NAME": "MARLOW", "POSTCODE_LOCATOR": "ZE1 4QT"},
            "12 MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "gias",
            {"URN": "1", "EstablishmentName": "OAST SCHOOL", "Street": "MILL LANE", "Locality": "FOLD", "Address3": "DALE",
             "Town": "MARLOW", "County (name)": "ZEDSHIRE", "Postcode": "ZE1 4QT"},
            "OAST SCHOOL, MILL LANE, FOLD, DALE, MARLOW, ZEDSHIRE, ZE1 4QT",
        ),
        (
            "corporate-ownership",
            {"Title Number": "Z1", "Property Address": "12 MILL LANE, MARLOW", "District": "OSTWICK", "County": "ZEDSHIRE",
             "Postcode": "ZE1 4QT", "Proprietor Name (1)": "X", "Proprietor (1) Address (1)": "9 FAR ROAD"},
            "12 MILL LANE, MARLOW, ZEDSHIRE, ZE1 4QT",
        ),
        (
            "companies-house",
            {"CompanyName": "X", "CompanyNumber": "1", " RegAddress.AddressLine2": "FOLD", "RegAddress.AddressLine1": "12 MILL LANE",
             "RegAddress.PostTown": "MARLOW", "RegAddress.PostCode": "ZE1 4QT"},
            "12 MILL LANE, FOLD, MARLOW, ZE1 4QT",
        ),
        (
            "osm",
            {"@id": "1", "addr:housenumber": "12", "addr:street": "MILL LANE", "addr:city": "MARLOW", "name": "",
             "addr:postcode": "ZE1 4QT"},
            "12 MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "electoral-halarose",
            {"HouseName": "", "HouseNumber": "2", "SubStreetName": "OAST COURT", "StreetNumber": "14", "StreetName": "MILL LANE",
             "Town": "MARLOW", "HousePostcode": "ZE1 4QT"},
            "2 OAST COURT, 14 MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "sap",
            {"KUNNR": "1", "NAME1": "X", "STRAS": "12 MILL LANE", "ORT01": "MARLOW", "PSTLZ": "ZE1 4QT"},
            "12 MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "sap-addresses",
            {"ADDRNUMBER": "1", "STREET": "MILL LANE", "HOUSE_NUM1": "12", "CITY1": "MARLOW", "POST_CODE1": "ZE1 4QT"},
            "12 MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "os-places",
            {"DPA.UPRN": "1", "DPA.ADDRESS": "12, MILL LANE, MARLOW, ZE1 4QT", "DPA.POST_TOWN": "MARLOW",
             "DPA.POSTCODE": "ZE1 4QT", "DPA.MATCH": "1.0"},
            "12, MILL LANE, MARLOW, ZE1 4QT",
        ),
        (
            "rating-list",
            {"Billing Authority Reference": "1", "Firm's Name": "X", "Full Property Identifier": "12 MILL LANE, MARLOW",
             "Postcode": "ZE1 4QT"},
            "12 MILL LANE, MARLOW, ZE1 4QT",
        ),
    ],
)  # fmt: skip
def test_a_layout_makes_the_address_of_its_columns(layout: str, cells: dict[str, str], expected: str) -> None:
    found = layout_of(list(cells))
    assert found is not None
    assert (found.name, composed(list(cells), list(cells.values()))) == (layout, [expected])


def test_a_layout_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(SourceError, match="no layout 'nowhere'; known are addressbase, addressbase-core"):
        named_layout("nowhere")


def test_a_layout_says_only_what_there_is() -> None:
    content = {"title": "x", "recognised_by": ["a"], "columns": {"colour": "b"}}
    with pytest.raises(SourceError, match="no field 'colour'"):
        read_layout("mine", content)
    with pytest.raises(SourceError, match="gives county 9 columns, of 7 it can have"):
        read_layout("mine", {**content, "columns": {"county": list("abcdefghi")}})


def test_a_named_layout_without_a_header_must_have_as_many_columns() -> None:
    with pytest.raises(SourceError, match="price-paid has 16 columns, and the first row has 2 cells"):
        open_table(io.BytesIO(b"1,2\n"), header=False, layout="price-paid")
    with pytest.raises(SourceError, match="epc has always a header"):
        open_table(io.BytesIO(b"1,2\n"), header=False, layout="epc")
