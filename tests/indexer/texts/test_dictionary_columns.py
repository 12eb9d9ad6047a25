import pyarrow as pa
import pytest

from address_match.indexer.texts.dictionary_columns import rows_of, values_of, written_out

STREETS = ["MILL LANE", "KING STREET", "MILL LANE"]


def table(*batches: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches(batches)


def batch(streets: pa.Array) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([streets, pa.array([12, 1, -1])], names=["street", "number"])


WRITTEN_OUT = table(batch(pa.array(STREETS)))
CODED = table(batch(pa.array(STREETS).dictionary_encode()))
IN_PARTS = table(*(CODED.to_batches()[0].slice(start, 1) for start in range(3)))


@pytest.mark.parametrize("texts", [WRITTEN_OUT, CODED, IN_PARTS])
def test_a_column_is_read_alike_however_it_is_kept(texts: pa.Table) -> None:
    assert values_of(texts, "street", "number") == [STREETS, [12, 1, -1]]
    assert written_out(texts.column("street")).type == pa.string()
    assert written_out(texts.column("street")).to_pylist() == STREETS


@pytest.mark.parametrize("texts", [WRITTEN_OUT, CODED, IN_PARTS])
@pytest.mark.parametrize("rows", [[], [2], [2, 0, 1]])
def test_rows_come_in_the_order_in_which_they_are_named(texts: pa.Table, rows: list[int]) -> None:
    assert values_of(rows_of(texts, rows), "street") == [[STREETS[row] for row in rows]]


def test_values_of_a_slice_are_those_of_its_rows() -> None:
    assert values_of(CODED.slice(1, 1), "street") == [["KING STREET"]]
