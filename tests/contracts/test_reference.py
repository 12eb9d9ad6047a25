"""What a build may ask of every `Reference`: of a file of rows, of a product, and of several joined."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest

from address_match.indexer.reference.joined_references import open_references
from address_match.indexer.reference.reference import Reference
from address_match.indexer.sources.columns.column_names import NAMES_READ_SCHEMA
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA
from tests.indexer.products.premium_supply import STREET, house, lpi, record, volume, write_supply
from tests.indexer.references import write_csv

Opener = Callable[[Path], Reference]
USABLE = 2
"""Rows of each of the references below, beside one that is not."""


def file_of_rows(folder: Path) -> Path:
    rows = [("100", "9 Mill Lane, Ostwick"), ("200", "11 Mill Lane, Ostwick"), ("300", "")]
    return write_csv(folder / "rows.csv", rows)


def product(folder: Path) -> Path:
    street = record("street_descriptor", **STREET)
    records = [
        *(house(), lpi(lpi_key="L1", pao_start_number=9), house(200)),
        *(lpi(200, lpi_key="L2", pao_start_number=11), house(300)),
    ]
    return write_supply(folder / "premium", volume([street, *records]))


OPENERS: dict[str, Opener] = {
    "rows": lambda folder: open_references([file_of_rows(folder)]),
    "product": lambda folder: open_references([product(folder)]),
    "joined": lambda folder: open_references([product(folder), file_of_rows(folder)]),
}


@pytest.fixture(params=OPENERS)
def reference(request: pytest.FixtureRequest, tmp_path: Path) -> Reference:
    return OPENERS[request.param](tmp_path)


def test_its_usable_rows_have_one_schema_and_the_others_are_reported(reference: Reference) -> None:
    batches = list(reference.batches(2))
    references = max(1, len(reference.precedence))
    assert all(batch.schema == REFERENCE_SCHEMA for batch in batches)
    assert pa.Table.from_batches(batches).num_rows == USABLE * references
    assert len(reference.problems) == references
    assert len(reference.samples) == USABLE * references


def test_it_says_what_was_taken_of_it_and_how_names_were_read(reference: Reference) -> None:
    with closing(reference):
        for _ in reference.batches(2):
            pass
        assert reference.names_read.schema == NAMES_READ_SCHEMA
        assert reference.replaced is None
        assert reference.rows_total is None
        assert isinstance(reference.column_names(), dict)
        assert reference.path.name


def test_it_may_be_closed_before_it_is_read_and_again(reference: Reference) -> None:
    reference.close()
    reference.close()
