"""Tests of the joins of a product that is too large to be joined at once."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from address_match.indexer.products.members import members_of
from address_match.indexer.products.premium.record_store import store_supply
from address_match.indexer.products.premium.record_types import RECORD_TYPES
from address_match.indexer.products.premium.volumes import volumes_of
from address_match.indexer.products.text_joins import join_texts
from address_match.indexer.storage.joins import opened_joins, statements
from tests.indexer.products.premium_supply import STREET, house, lpi, record, volume, write_supply

_PREMISES = [100, 3, 20, 41, 7, 65]


@pytest.mark.parametrize("at_once", [1, 2, 6])
def test_texts_joined_in_turns_are_those_of_all_at_once(tmp_path: Path, at_once: int) -> None:
    houses = [line for uprn in _PREMISES for line in (house(uprn), lpi(uprn, pao_start_number=uprn))]
    posted = [
        record("delivery_point", uprn=uprn, building_number=9, thoroughfare="HILL") for uprn in (8, 200)
    ]
    supply = write_supply(
        tmp_path / "supply", volume([record("street_descriptor", **STREET), *houses, *posted])
    )
    records = tmp_path / "records"
    store_supply(volumes_of(members_of([supply])), records)
    with opened_joins(tmp_path, 0) as joins:
        for kind in RECORD_TYPES:
            joins.view(kind.name, records / f"{kind.name}.parquet")
        joins.run("create view registered as select uprn, parent_uprn, position from blpu")
        gazetteer = statements("address_match.indexer.products.premium", "gazetteer.sql")
        join_texts(joins, gazetteer, tmp_path / "texts.parquet", premises_at_once=at_once)
    texts = pq.read_table(tmp_path / "texts.parquet")
    assert texts.column("uprn").to_pylist() == ["3", "7", "8", "20", "41", "65", "100", "200"]
