import numpy as np
import pyarrow as pa
import pytest

from address_match.indexer.texts.candidate_texts import CandidateTexts, StoredColumns
from address_match.parser.parsed_fields import ParsedFields
from tests.service.matching.factories import Held, texts_table

TOWNS = ["LEEDS", "YORK", "LEEDS", "", "OTLEY"]
NUMBERS = [4, -1, 7, 12, 2]


def stored(*sizes: int, is_coded: bool = True) -> StoredColumns:
    """Keep five texts in batches of some sizes."""
    ends = np.cumsum(sizes).tolist()
    return StoredColumns(
        [
            _batch(TOWNS[end - size : end], NUMBERS[end - size : end], is_coded=is_coded)
            for size, end in zip(sizes, ends, strict=True)
        ]
    )


def _batch(towns: list[str], numbers: list[int], *, is_coded: bool) -> pa.RecordBatch:
    names = pa.array(towns, pa.string())
    columns = [names.dictionary_encode() if is_coded else names, pa.array(numbers, pa.int32())]
    return pa.RecordBatch.from_arrays(columns, names=["town", "number"])


@pytest.mark.parametrize("sizes", [(5,), (2, 3), (1, 0, 4)])
@pytest.mark.parametrize("is_coded", [True, False])
@pytest.mark.parametrize("rows", [[0, 2], [1, 2, 3, 4], [3], []])
def test_a_column_is_that_of_its_rows_however_it_is_kept(
    sizes: tuple[int, ...], rows: list[int], *, is_coded: bool
) -> None:
    columns, chosen = stored(*sizes, is_coded=is_coded), np.array(rows, dtype=np.int64)
    towns = columns.strings("town", chosen)
    assert towns.rows() == [TOWNS[row] for row in rows]
    assert len(set(towns.values)) == len(towns.values)
    assert columns.numbers("number", chosen).tolist() == [NUMBERS[row] for row in rows]


@pytest.mark.parametrize("sizes", [(5,), (2, 3), (1, 0, 4)])
@pytest.mark.parametrize("is_coded", [True, False])
@pytest.mark.parametrize("ranges", [[(0, 5)], [(0, 1), (1, 3), (4, 5)], [(2, 3)], []])
def test_ranges_of_a_column_are_read_however_it_is_kept(
    sizes: tuple[int, ...], ranges: list[tuple[int, int]], *, is_coded: bool
) -> None:
    columns, rows = stored(*sizes, is_coded=is_coded), [row for each in ranges for row in range(*each)]
    assert columns.values("town", ranges) == [TOWNS[row] for row in rows]
    assert columns.values("number", ranges) == [NUMBERS[row] for row in rows]


def test_a_number_that_is_not_held_is_none() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array([51.5, None, 51.7])], names=["latitude"])
    assert StoredColumns([batch]).values("latitude", [(0, 2), (2, 3)]) == [51.5, None, 51.7]


@pytest.mark.parametrize("texts", [3, 400, 20_000])
def test_values_in_a_range_are_read_alike_of_few_texts_and_of_many(texts: int) -> None:
    names = [f"STREET {number % 18_000}" for number in range(texts)]
    batch = pa.RecordBatch.from_arrays([pa.array(names).dictionary_encode()], names=["street"])
    assert StoredColumns([batch]).values("street", [(0, texts)]) == names


@pytest.mark.parametrize("texts", [3, 400])
def test_values_are_read_alike_of_few_texts_and_of_many(texts: int) -> None:
    names = [f"STREET {number % 300}" for number in range(texts)]
    batch = pa.RecordBatch.from_arrays([pa.array(names).dictionary_encode()], names=["street"])
    assert StoredColumns([batch]).strings("street", np.arange(texts)).rows() == names


def test_some_texts_of_a_table_keep_their_rows_and_words() -> None:
    held = [
        Held("4 ELM ROAD", ParsedFields(number=4, street="ELM ROAD")),
        Held("OAK HOUSE", ParsedFields(building="OAK HOUSE")),
    ]
    table = texts_table(held)
    second = CandidateTexts.of_table(table).take(np.array([1]))
    ids, bounds = second.terms()
    assert second.rows.tolist() == [1]
    assert ids.tolist() == table.column("term_ids")[1].as_py()
    assert bounds.tolist() == [0, 2]
    assert second.listed(np.array([0]), ["building", "number"]) == [{"building": "OAK HOUSE", "number": -1}]


def test_of_no_texts_there_is_nothing() -> None:
    none = CandidateTexts.of_table(texts_table([]))
    assert len(none) == 0
    assert none.strings("town").rows() == []
