from collections.abc import Iterator

import pyarrow as pa
import pytest

from address_match.indexer.sources.address_form import AddressComposition
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input_addresses import (
    find_address,
    refuse_match_columns,
    refuse_roads_alone,
    row_batch,
)
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.writers import format_of
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


def rows_with_streets(street: str, count: int) -> tuple[Iterator[RowBatch], AddressComposition, list[str]]:
    columns = ["nr", "street", "town"]
    data = pa.RecordBatch.from_pydict(
        dict(zip(columns, [["7"] * count, [street] * count, ["MARLOW"] * count], strict=True))
    )
    address = find_address(columns)
    return iter([row_batch(TableBatch(1, data, ()), address)]), address, columns


def test_rows_whose_road_says_no_number_are_refused_with_their_columns() -> None:
    with pytest.raises(UsageError, match=r"only street, town would be matched.*it has nr, street, town"):
        list(refuse_roads_alone(*rows_with_streets("MILL LANE", 20)))


@pytest.mark.parametrize(("street", "count"), [("12 MILL LANE", 20), ("MILL LANE", 19)])
def test_rows_whose_road_says_a_number_are_passed_on_and_so_are_few(street: str, count: int) -> None:
    assert len(list(refuse_roads_alone(*rows_with_streets(street, count)))) == 1


@pytest.mark.parametrize("named", [None, ["address"]])
def test_two_columns_of_one_name_are_not_chosen_from(named: list[str] | None) -> None:
    with pytest.raises(UsageError, match="2 columns 'address': rename all but"):
        find_address(["id", "address", "Address"], named)
