"""What an index says of the supply that it was built of."""

from pathlib import Path

from address_match.indexer.products.stored_supply import StoredSupply, supply_day, write_note


def test_the_day_of_a_supply_is_told_and_that_of_rows_is_not(tmp_path: Path) -> None:
    assert supply_day(tmp_path) == ""
    (tmp_path / "records").mkdir()
    write_note(tmp_path / "records", StoredSupply("2026-02-16", ("a.csv",), 12))
    assert supply_day(tmp_path) == "2026-02-16"
