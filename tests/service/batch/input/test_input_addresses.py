from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pytest

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import (
    find_address,
    refuse_match_columns,
    refuse_unclear_premises,
    row_batch,
)
from address_match.service.batch.output.writers import format_of
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import UsageError


def test_named_columns_are_taken_in_the_order_given() -> None:
    assert find_address(["id", "Town", "Street"], ["street", "town"]).columns == (2, 1)


def test_a_named_column_that_is_missing_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"'road'.*id, street"):
        find_address(["id", "street"], ["road"])


def test_an_input_without_an_address_column_is_refused_with_the_way_out() -> None:
    with pytest.raises(UsageError, match=r"no address column; it has a, b\. .*--columns"):
        find_address(["a", "b"])


@pytest.mark.parametrize(
    "columns",
    [
        ("ref", "postcode"),
        ("District", "County", "Postcode"),
        ("Town/City", "Post Code"),
        ("id", "Company Name", "Post Code"),
    ],
)
def test_places_alone_are_matched_only_where_they_are_named(columns: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=r"only .*would be matched.*--columns"):
        find_address(columns)
    assert find_address(columns, columns[1:]).address


def test_an_input_with_answers_in_it_is_refused() -> None:
    refuse_match_columns(["address", "rematch_uprn"])
    with pytest.raises(UsageError, match="'Match_UPRN'"):
        refuse_match_columns(["address", "Match_UPRN"])


def test_the_format_of_an_output_is_told_by_its_suffix() -> None:
    names = ("a.csv", "a.TSV", "a.parquet", "a.jsonl.gz", "a.xlsx", "-")
    assert [format_of(name) for name in names] == ["csv", "tsv", "parquet", "ndjson", "xlsx", "csv"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.json", r"unknown suffix '\.json'; use one of \.csv"),
        ("a.xlsm", r"unknown suffix '\.xlsm'"),
        ("a.xlsx.gz", "a workbook is compressed already: leave .gz out"),
    ],
)
def test_what_is_only_read_is_no_output(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        format_of(name)


def rows_of(row: Mapping[str, str], count: int) -> tuple[Iterator[RowBatch], AddressComposition, list[str]]:
    """Return so many rows of a file that are alike, how their address is made, and their columns."""
    columns = list(row)
    data = pa.RecordBatch.from_pylist([dict(row)] * count)
    address = find_address(columns)
    return iter([row_batch(TableBatch(1, data, ()), address)]), address, columns


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ({"entrance": "7", "street": "MILL LANE", "town": "MARLOW"}, "street, town"),
        ({"flat": "", "entrance": "7", "street": "MILL LANE", "town": "MARLOW"}, "flat, street, town"),
    ],
)
def test_rows_of_which_the_road_alone_is_found_are_refused_with_their_columns(
    row: Mapping[str, str], taken: str
) -> None:
    with pytest.raises(UsageError, match=rf"only {taken} would be matched.*it has {', '.join(row)}"):
        list(refuse_unclear_premises(*rows_of(row, 20)))


@pytest.mark.parametrize("number", ["HMO/00012", "7"])
def test_rows_that_would_say_two_numbers_on_a_road_are_refused(number: str) -> None:
    with pytest.raises(UsageError, match="two numbers"):
        list(refuse_unclear_premises(*rows_of({"number": number, "street": "12 MILL LANE"}, 20)))


def of_rows(*rows: Mapping[str, str]) -> tuple[Iterator[RowBatch], AddressComposition, Sequence[str]]:
    """Return rows as they are read from a file, with its address and columns."""
    data = pa.RecordBatch.from_pylist([dict(row) for row in rows])
    address = find_address(data.schema.names)
    return iter([row_batch(TableBatch(1, data, ()), address)]), address, data.schema.names


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            [{"number": str(n), "street": f"{'ABC'[n % 3]} LANE", "property": "7"} for n in range(1, 31)],
            "their number counts the rows",
        ),
        (
            [{"flat": str(n % 2), "house_no": str(n), "street": "MILL LANE"} for n in range(9, 39)],
            "is 0 or 1, or one word, in all of the first rows",
        ),
        (
            [{"unit": "each", "house_no": str(n), "street": "MILL LANE"} for n in range(9, 39)],
            "is 0 or 1, or one word, in all of the first rows",
        ),
        (
            [{"house_no": str(n), "street": "MILL LANE", "within": f"Flat {n % 5}"} for n in range(30)],
            "within holds numbers or flats that they lack",
        ),
        (
            [{"no": str(n % 20), "address": "MILL LANE, OTLEY, ZE1 4QT"} for n in range(40)],
            "no holds numbers or flats that they lack",
        ),
        (
            [{"property no": str(n % 20), "address": "MILL LANE, OTLEY, ZE1 4QT"} for n in range(40)],
            "property no holds numbers or flats that they lack",
        ),
        (
            [
                {"house": f"{'Oast House, ' * (n % 3 > 0)}{n % 20}", "address": "MILL LANE, OTLEY"}
                for n in range(40)
            ],
            "house holds numbers or flats that they lack",
        ),
        (
            [
                {"flat": "Oast House" * (n % 3 > 0), "town": "Otley", "where": f"{n} Mill Lane"}
                for n in range(40)
            ],
            "where holds numbers or flats that they lack",
        ),
        (
            [{"house_no": str(n), "x": "AB"[n % 2], "street": "MILL LANE"} for n in range(9, 39)],
            "x holds letters of house numbers that they lack",
        ),
        (
            [{"house_no": str(n), "x": "A" * (n % 5 == 0), "street": "MILL LANE"} for n in range(9, 39)],
            "x holds letters of house numbers that they lack",
        ),
        (
            [{"number": str(n % 7), "premises": f"{n}A", "street": "MILL LANE"} for n in range(9, 39)],
            "premises, of them, holds numbers that go into none",
        ),
        (
            [{"house": str(n), "street no": "7", "street": "MILL LANE"} for n in range(9, 39)],
            "many rows of them would say two numbers",
        ),
        (
            [
                {"address": f"{n} MILL LANE", "postcode": "ZE1 4QT", "property postcode": "ZE2 9AX"}
                for n in range(30)
            ],
            "property postcode holds other postcodes of the premises",
        ),
        (
            [{"address": "1 CIVIC SQUARE", "holder_address": f"{n} MILL LANE"} for n in range(30)],
            "holder_address holds another address",
        ),
        (
            [{"full_address": "0", "postcode": f"ZE1 {n % 9}QT"} for n in range(30)],
            "say the same but for their postcode",
        ),
        (
            [
                {"ref": "" if n % 2 else str(n), "address": "MARLOW ZE1 4QT" if n % 2 else f"{n} MILL LANE"}
                for n in range(30)
            ],
            "goes on over several rows",
        ),
        (
            [
                {
                    "house_no": str(n) if n % 4 else "",
                    "called": "" if n % 4 else "OAST HOUSE",
                    "road": "MILL LANE",
                }
                for n in range(30)
            ],
            "called is filled where they say no number",
        ),
        (
            [{"premises": f"{n} MILL LANE", "holder": "x", "address": f"{n} THE ROW"} for n in range(30)],
            "premises holds another address",
        ),
        (
            [{"property": f"{n} MILL LANE", "client_address": f"{n} THE ROW"} for n in range(30)],
            "property holds another address",
        ),
        (
            [
                {"old_address": f"{n} THE ROW", "old_town": "OTLEY", "new_address": f"{n} MILL LANE"}
                for n in range(30)
            ],
            "new_address holds another address",
        ),
        (
            [
                {"house_no": str(n), "town": "OTLEY", "where": f"{'ABC'[n % 3]} MILL LANE"}
                for n in range(1, 31)
            ],
            "where holds roads that they lack",
        ),
        (
            [{"address": f"{n} {'PQRSTUVWXYZ'[n % 11]} MILLER LANE, OTLEY"[:14]} for n in range(10, 50)],
            "address is cut off at one length",
        ),
        (
            [
                {"organisation": "Otley Council", "house_no": str(n), "street": "MILL LANE"}
                for n in range(9, 39)
            ],
            "nearly all of the first rows name one organisation",
        ),
        (
            [
                {"house_no": str(n * 7 % 31), "street": f"{'ABC'[n % 3] * 5} LANE", "town": "OTLEY"}
                for n in range(1, 31)
            ],
            "their number counts the rows",
        ),
        (
            [{"house_no": str(40000 + n * 3), "street": "MILL LANE", "town": "OTLEY"} for n in range(30)],
            "longer than those of houses",
        ),
        (
            [{"address": "THE ROW, OTLEY ZE1 4QT", "where": f"{n} MILL LANE, OTLEY"} for n in range(30)],
            "where holds another address",
        ),
        (
            [
                {
                    "caller address": f"{n} High Street",
                    "caller town": "Otley",
                    "where": f"{n} Mill Lane, Otley",
                }
                for n in range(30)
            ],
            "where holds another address",
        ),
    ],
)
def test_rows_that_say_something_else_than_the_names_of_their_columns_are_refused(
    rows: Sequence[Mapping[str, str]], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        list(refuse_unclear_premises(*of_rows(*rows)))


@pytest.mark.parametrize(
    "rows",
    [
        [{"number": str(n), "street": "MILL LANE"} for n in range(1, 31)],
        [{"house_no": str(n * 7), "street": f"{'ABC'[n % 3] * 5} LANE"} for n in range(1, 31)],
        [{"flat": str(n % 3), "house_no": str(n), "street": "MILL LANE"} for n in range(9, 39)],
        [{"house_no": str(n) if n % 4 else "", "owner": "A B", "road": "MILL LANE"} for n in range(30)],
        [{"flat": f"FLAT {n}", "house_no": "12", "street": "MILL LANE"} for n in range(30)],
        [{"address": f"FLAT {n}, 12 MILL LANE", "what": f"FLAT {n}"} for n in range(30)],
        [{"address": f"{n} MILL LANE", "owner_address": f"FLAT {n}"} for n in range(30)],
        [{"address": f"{'ABCDE'[n % 5]} HOUSE, MILL LANE", "beds": str(n % 5)} for n in range(40)],
        [{"address": f"{'ABCDE'[n % 5]} HOUSE, MILL LANE", "ref": str(n)} for n in range(40)],
        [{"full_address": "12 MILL LANE", "postcode": "ZE1 4QT"}] * 30,
        [
            {"address": f"{n} MILL LANE", "postcode": "ZE1 4QT", "owner postcode": "ZE2 9AX"}
            for n in range(30)
        ],
        [{"notes": "x" if n == 5 else "", "address": f"{n} MILL LANE, ZE1 4QT"} for n in range(30)],
        [{"address": f"{n} MILL LANE", "correspondence_address": f"{n} THE ROW"} for n in range(30)],
        [{"site_address": f"{n} MILL LANE", "property": f"{n} THE ROW"} for n in range(30)],
        [{"address": f"{n} MILL LANE, OTLEY", "location": f"{n} MILL LANE"} for n in range(30)],
        [{"address": f"{n} MILL LANE", "premises": "SHOP AND PREMISES"} for n in range(30)],
    ],
)
def test_rows_that_only_look_so_are_passed_on(rows: Sequence[Mapping[str, str]]) -> None:
    assert len(list(refuse_unclear_premises(*of_rows(*rows)))) == 1


def test_a_number_without_a_road_may_count_anything_but_that_of_a_house() -> None:
    with pytest.raises(UsageError, match="only num, town, pc would be matched"):
        find_address(["num", "town", "pc"])
    assert find_address(["house_number", "postcode"]).columns == (0, 1)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ({"street": "12 MILL LANE"}, 20),
        ({"street": "MILL LANE"}, 19),
        ({"house_name": "ROSE COTTAGE", "street": "MILL LANE"}, 20),
        ({"flat": "FLAT 2", "street": "12 MILL LANE"}, 20),
        ({"number": "12", "street": "12 MILL LANE"}, 20),
        ({"number": "12", "street": "1ST AVENUE"}, 20),
        ({"address": "MILL LANE, MARLOW"}, 20),
    ],
)
def test_rows_that_say_which_premises_they_are_about_are_passed_on_and_so_are_few(
    row: Mapping[str, str], count: int
) -> None:
    assert len(list(refuse_unclear_premises(*rows_of(row, count)))) == 1


@pytest.mark.parametrize("named", [None, ["address"]])
def test_two_columns_of_one_name_are_not_chosen_from(named: list[str] | None) -> None:
    with pytest.raises(UsageError, match="2 columns 'address': rename all but"):
        find_address(["id", "address", "Address"], named)
