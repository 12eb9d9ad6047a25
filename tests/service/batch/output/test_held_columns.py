"""What the reference holds of the premises that is answered, as columns."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.held_columns import KNOWN_FIELDS, held_column, refuse_unknown_fields
from address_match.service.errors import UsageError
from tests.service.batch.arrangements import csv_rows, match_file

FIELDS = MatchOptions(fields=("postcode", "status", "easting", "northing"))


def test_each_field_is_a_column_behind_the_others_filled_where_a_premises_is_answered(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\nnowhere\n")
    match_file(tmp_path / "in.csv", tmp_path / "out.csv", options=FIELDS)
    held, none = csv_rows(tmp_path / "out.csv")
    names = ["match_postcode", "match_premises_status", "match_easting", "match_northing"]
    assert list(held)[-4:] == names
    assert [held[name] for name in names] == ["YO17 7AA", "", "478000.0", ""]
    assert [none[name] for name in names] == [""] * 4


def test_coordinates_are_numbers_where_the_format_has_them(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("address\n1 mill lane\nnowhere\n")
    for name in ("out.parquet", "out.ndjson"):
        match_file(tmp_path / "in.csv", tmp_path / name, options=FIELDS)
    lines = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    column = pq.read_table(tmp_path / "out.parquet").column("match_easting")
    assert column.to_pylist() == [line["match_easting"] for line in lines] == [478_000.0, None]


def test_no_field_takes_the_name_of_another_column() -> None:
    columns = [held_column(name) for name in KNOWN_FIELDS]
    assert len({*columns, "match_status", "match_uprn", "match_address"}) == len(KNOWN_FIELDS) + 3


@pytest.mark.parametrize(
    ("named", "message"),
    [("uprn postcodes", "there is no field 'uprn'; known are postcode, class"), ("status status", "twice")],
)
def test_fields_that_are_unknown_or_named_twice_are_refused(named: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        refuse_unknown_fields(named.split())
