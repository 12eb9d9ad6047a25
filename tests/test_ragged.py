import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from address_match.ragged import bounds_of, places_in_ranges, places_in_rows

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=8)


@given(ROWS, st.data())
def test_chosen_rows_are_those_of_a_list_of_lists(rows: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=12)) if rows else []
    flat = np.array([value for row in rows for value in row], dtype=np.int64)
    bounds = bounds_of(np.array([len(row) for row in rows], dtype=np.int32))
    places, chosen_bounds = places_in_rows(bounds, np.array(chosen, dtype=np.int64))
    found = np.split(flat[places], chosen_bounds[1:-1]) if chosen else []
    assert [row.tolist() for row in found] == [rows[row] for row in chosen]
    assert chosen_bounds[-1] == len(places)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_ranges_are_those_of_python(ranges: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in ranges], dtype=np.int64)
    lengths = np.array([length for _, length in ranges], dtype=np.int64)
    places, bounds = places_in_ranges(starts, starts + lengths)
    assert places.tolist() == [place for start, length in ranges for place in range(start, start + length)]
    assert bounds.tolist() == bounds_of(lengths).tolist()
