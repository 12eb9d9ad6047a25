import pytest

from address_match.service.batch.input_addresses import find_address, refuse_match_columns
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


@pytest.mark.parametrize("named", [None, ["address"]])
def test_two_columns_of_one_name_are_not_chosen_from(named: list[str] | None) -> None:
    with pytest.raises(UsageError, match="2 columns 'address': rename all but"):
        find_address(["id", "address", "Address"], named)
