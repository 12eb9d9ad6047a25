from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from address_match.indexer.local.stored.blocks import Blocks, premises_ids, write_blocks


def ids(*uprns: str) -> NDArray[np.int64]:
    return premises_ids(pa.array(uprns, pa.string()))


@pytest.fixture
def blocks(tmp_path: Path) -> Blocks:
    """Of five texts in two postcodes, and one without."""
    write_blocks(
        tmp_path, pa.array(["", "AB12CD", "AB12CD", "XY98ZZ", "XY98ZZ"]), ids("7", "1", "2", "3", "4")
    )
    return Blocks(tmp_path)


def test_each_query_gets_the_rows_of_its_postcodes_in_their_order(blocks: Blocks) -> None:
    found = blocks.rows_in_each([("XY98ZZ", "AB12CD"), ("AB12CD",), ()])
    assert [rows.tolist() for rows in found] == [[3, 4, 1, 2], [1, 2], []]


@pytest.mark.parametrize("postcode", ["AA11AA", "ZZ99ZZ", "AB12CDEFG", "É", ""])
def test_a_postcode_that_is_not_held_has_no_rows(blocks: Blocks, postcode: str) -> None:
    assert [rows.tolist() for rows in blocks.rows_in_each([(postcode,), ("AB12CD",)])] == [[], [1, 2]]


def test_an_index_without_texts_has_no_rows(tmp_path: Path) -> None:
    write_blocks(tmp_path, pa.array([], pa.string()), ids())
    assert [rows.tolist() for rows in Blocks(tmp_path).rows_in_each([("AB12CD",)])] == [[]]


def test_every_row_has_its_postcode_and_the_id_of_its_premises(blocks: Blocks) -> None:
    assert blocks.postcode_of_each().to_pylist() == ["", "AB12CD", "AB12CD", "XY98ZZ", "XY98ZZ"]
    assert blocks.id_of_each().tolist() == ids("7", "1", "2", "3", "4").tolist()


def test_a_postcode_that_is_not_held_would_stand_between_the_others(blocks: Blocks) -> None:
    first, behind = blocks.ranges_in(["", "AB12CD", "CD11AA", "ZE11AA"])
    assert (first.tolist(), behind.tolist()) == ([0, 1, 3, 5], [1, 3, 3, 5])
