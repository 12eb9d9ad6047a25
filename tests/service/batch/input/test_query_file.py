from pathlib import Path

import pytest

from address_match.service.batch.input.query_file import read_query_file
from tests.indexer.sources.formats.workbooks import workbook


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook whose second sheet holds the queries."""
    path = tmp_path / "truth.xlsx"
    rows = [["address", "uprn"], ["1 mill lane", "0100"], ["2 nowhere", ""]]
    path.write_bytes(workbook({"Notes": [["drawn by"], ["A B"]], "Truth": rows}))
    return path


@pytest.mark.parametrize("sheet", ["Truth", "2"])
def test_queries_are_read_from_the_sheet_that_is_named(book: Path, sheet: str) -> None:
    found = read_query_file(book, sheet=sheet)
    assert [query.address for query in found] == ["1 mill lane", "2 nowhere"]
    assert [query.accepted for query in found] == [{"0100"}, set()]


def test_without_a_name_the_first_sheet_with_addresses_is_read(book: Path) -> None:
    assert [query.address for query in read_query_file(book)] == ["1 mill lane", "2 nowhere"]
