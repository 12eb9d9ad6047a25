"""What columns hold is told from their cells, whatever they are called."""

from collections.abc import Sequence

import pyarrow as pa
import pytest

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.column_contents import columns_like_an_address, postcodes_left_out
from address_match.indexer.sources.table_batch import TableBatch

STREETS = ["1 Mill Lane", "2 Mill Lane", "The Old Forge, Quern Street", "4 Nether Rd", "5 Mill Lane"]
CODES = ["YO17 7AA", "YO177AB", "yo17 7ad", "YO17 7AE", "YO17 7AF"]
REMARKS = ["call back", "see file", "no answer on 3 May", "moved", "lane is closed"]


def rows(**columns: Sequence[str | None]) -> TableBatch:
    return TableBatch(1, pa.RecordBatch.from_pydict(columns), ())


def test_columns_of_streets_and_of_postcodes_look_like_an_address_and_remarks_do_not() -> None:
    found = columns_like_an_address(rows(code=CODES, note=REMARKS, where=STREETS))
    assert found == ("where", "code")


def test_postcodes_alone_are_no_address() -> None:
    assert columns_like_an_address(rows(code=CODES, note=REMARKS)) == ()


def test_a_few_cells_say_nothing() -> None:
    assert columns_like_an_address(rows(where=[*STREETS[:4], None], code=CODES)) == ()


@pytest.mark.parametrize(
    ("texts", "left_out"), [(STREETS, ("code",)), ([f"{s} YO17 7AA" for s in STREETS], ())]
)
def test_postcodes_are_left_out_where_the_addresses_say_none(
    texts: list[str], left_out: tuple[str, ...]
) -> None:
    batch = rows(where=texts, code=CODES, ward=["3", "4", "3", "3", "4"])
    assert postcodes_left_out(batch, texts, AddressComposition.of_columns([0])) == left_out


def test_postcodes_that_are_taken_are_not_left_out() -> None:
    batch = rows(where=STREETS, code=[*CODES[:4], ""])
    assert postcodes_left_out(batch, STREETS, AddressComposition.of_columns([0, 1])) == ()
