from collections.abc import Iterator, Mapping

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
