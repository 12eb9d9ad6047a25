import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.errors import UnknownReferenceSuffixError
from address_match.models.synthesis.reference import is_left_out, kept, write_country, write_reference


def test_a_reference_has_one_row_a_text(tmp_path: Path) -> None:
    path = tmp_path / "reference.csv"
    rows = write_reference(SyntheticCountry(1, 400).premises(), path)
    with path.open(newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == rows == sum(len(p.texts) for p in SyntheticCountry(1, 400).premises())
    assert list(read[0])[:4] == ["uprn", "address", "postcode", "text_kind"]
    assert all(row["address"].endswith(row["postcode"]) for row in read)


def test_parquet_holds_the_rows_of_csv(tmp_path: Path) -> None:
    write_reference(SyntheticCountry(1, 300).premises(), tmp_path / "reference.csv")
    write_reference(SyntheticCountry(1, 300).premises(), tmp_path / "reference.parquet")
    with (tmp_path / "reference.csv").open(newline="") as file:
        texts = [row["address"] for row in csv.DictReader(file)]
    table = pq.read_table(tmp_path / "reference.parquet")
    assert table["address"].to_pylist() == texts
    assert str(table.schema.field("latitude").type) == "double"


@pytest.mark.parametrize("name", ["reference.csv", "reference.parquet"])
def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, name: str) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        write_country(SyntheticCountry(4, 500), tmp_path / folder / name)
    assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_two_processes_write_the_bytes_of_one(tmp_path: Path) -> None:
    one = write_country(SyntheticCountry(4, 1_500), tmp_path / "one.csv", jobs=1)
    two = write_country(SyntheticCountry(4, 1_500), tmp_path / "two.csv", jobs=2)
    assert one == two
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_country_and_its_stream_write_the_same_csv(tmp_path: Path) -> None:
    write_country(SyntheticCountry(4, 900), tmp_path / "world.csv")
    write_reference(SyntheticCountry(4, 900).premises(), tmp_path / "stream.csv")
    assert (tmp_path / "world.csv").read_bytes() == (tmp_path / "stream.csv").read_bytes()


def test_an_unknown_suffix_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownReferenceSuffixError, match=r"reference\.xlsx.*\.csv or \.parquet"):
        write_reference(iter(()), tmp_path / "reference.xlsx")
    assert not list(tmp_path.iterdir())


def test_about_the_rate_of_premises_is_left_out_and_always_the_same_ones() -> None:
    left_out = {uprn for uprn in map(str, range(20_000)) if is_left_out(uprn, seed=3, rate=0.15)}
    assert 2_700 < len(left_out) < 3_300
    assert left_out == {uprn for uprn in map(str, range(20_000)) if is_left_out(uprn, seed=3, rate=0.15)}


def test_a_higher_rate_leaves_out_more_and_keeps_those_out() -> None:
    few = {uprn for uprn in map(str, range(3_000)) if is_left_out(uprn, seed=3, rate=0.1)}
    more = {uprn for uprn in map(str, range(3_000)) if is_left_out(uprn, seed=3, rate=0.3)}
    assert few < more


def test_rates_of_nought_and_one_keep_all_and_none() -> None:
    premises = list(SyntheticCountry(1, 50).premises())
    assert list(kept(premises, seed=1, rate=0.0)) == premises
    assert list(kept(premises, seed=1, rate=1.0)) == []
