from collections import Counter
from pathlib import Path

import pytest

from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.sources.columns.identifiers import mend_identifier
from tests.indexer.references import write_csv


@pytest.mark.parametrize(
    "written", ["200001000001.0", "200,001,000,001", "'200001000001", '="200001000001"', "2.00001000001E+11"]
)
def test_an_identifier_that_a_spreadsheet_rewrote_is_mended(written: str) -> None:
    assert mend_identifier(written) == "200001000001"


@pytest.mark.parametrize("written", ["007", "AB,123", "12E4", "1.5", "12,34", "X-1.0"])
def test_an_identifier_of_its_own_form_stays_as_it_is(written: str) -> None:
    assert mend_identifier(written) == written


def test_a_row_whose_identifier_lost_digits_is_left_out_and_a_mended_one_is_said(tmp_path: Path) -> None:
    rows = [("2.00001E+11", "1 High St"), ("12.0", "2 High St"), ("13", "3 High St")]
    source = open_reference(write_csv(tmp_path / "a.csv", rows))
    kept = [row["uprn"] for batch in source.batches(10) for row in batch.to_pylist()]
    assert (kept, source.problems.counts) == (
        ["12", "13"],
        Counter(["uprn lost digits in a spreadsheet", "uprn mended"]),
    )
