import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from address_match.indexer.elastic.stored.records import pack_record, read_records, unpack_record
from address_match.indexer.texts.schemas import SINCE_FORMAT_5, STORED_SCHEMA

EMPTY = {f.name: "" if pa.types.is_string(f.type) else None for f in STORED_SCHEMA} | {
    f.name: -1 for f in STORED_SCHEMA if pa.types.is_integer(f.type)
}
VECTOR = np.array([127, -127, 0, 10, 31], dtype=np.int8)
any_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


def stored(**values: object) -> dict[str, object]:
    return EMPTY | {"uprn": "1"} | values


def test_a_text_comes_back_as_it_was_packed() -> None:
    row, content = unpack_record(
        pack_record(7, np.array([5, -3]), VECTOR, stored(address="1 MILL LANE", number=1))
    )
    records = read_records([content], len(VECTOR))
    assert (row, records.rows.tolist()) == (7, [7])
    assert records.texts.column("address").to_pylist() == ["1 MILL LANE"]
    assert records.texts.column("term_ids").to_pylist() == [[5, -3]]
    assert records.vectors.tolist() == [[127, -127, 0, 10, 31]]


@given(st.lists(st.tuples(any_text, any_text, st.none() | st.floats(-180, 180)), min_size=1, max_size=5))
def test_whatever_stands_in_a_text_survives(texts: list[tuple[str, str, float | None]]) -> None:
    contents = [
        unpack_record(
            pack_record(
                row, np.array([row]), VECTOR, stored(address=address, status=status, latitude=latitude)
            )
        )[1]
        for row, (address, status, latitude) in enumerate(texts)
    ]
    found = read_records(contents, len(VECTOR)).texts
    columns = (found.column(name).to_pylist() for name in ("address", "status", "latitude"))
    assert list(zip(*columns, strict=True)) == texts


def test_nothing_read_has_the_columns_of_a_text() -> None:
    assert read_records([], 256).texts.num_rows == 0


def test_columns_that_an_earlier_format_lacks_are_empty() -> None:
    held = {
        name: value for name, value in stored(address="1 MILL LANE").items() if name not in SINCE_FORMAT_5
    }
    _, content = unpack_record(pack_record(7, np.array([5]), VECTOR, held))
    (found,) = read_records([content], len(VECTOR), SINCE_FORMAT_5).texts.to_pylist()
    assert (found["address"], found["place_names"]) == ("1 MILL LANE", "")
    assert [found[name] for name in SINCE_FORMAT_5] == [""] * len(SINCE_FORMAT_5)
