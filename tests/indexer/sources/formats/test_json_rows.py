import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.formats.json_array import array_elements, rows_within
from address_match.indexer.sources.table import open_table
from address_match.indexer.sources.table_batch import TableBatch

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def read(text: str, longest: int = 1_000) -> TableBatch:
    with open_table(io.BytesIO(text.encode()), format="json", longest=longest) as table:
        (batch,) = table.rows(100)
    return batch


@pytest.mark.parametrize("between", [",", ",\n  ", " , "])
def test_an_array_of_objects_is_a_table(between: str) -> None:
    rows = ['{"id": 1.50, "address": "1 [Mill] Lane, \\"A\\\\"}', '{"id": "2", "address": null}']
    found = read(f"[\n{between.join(rows)}\n]\n").data.to_pylist()
    assert found == [{"id": "1.50", "address": '1 [Mill] Lane, "A\\'}, {"id": "2", "address": ""}]


def test_an_object_within_an_object_is_columns_of_both_keys() -> None:
    text = '{"id": 7, "address": {"number": 12, "road": {"name": "Mill Lane"}, "tags": [1, "a"]}}\n'
    assert read(text).data.to_pylist() == [
        {"id": "7", "address.number": "12", "address.road.name": "Mill Lane", "address.tags": '[1, "a"]'}
    ]


def test_an_object_that_is_missing_is_no_column_of_its_own() -> None:
    batch = read('{"address": null}\n{"address": {"line_1": "12 Mill Lane"}}\n{"address": {}}\n')
    assert batch.data.to_pylist() == [
        {"address.line_1": ""},
        {"address.line_1": "12 Mill Lane"},
        {"address.line_1": ""},
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_rows_that_stand_within_an_object_are_the_longest_array_of_objects_in_it(indent: int | None) -> None:
    rows = [{"attributes": {"UPRN": 1}}, {"attributes": {"UPRN": 2}}]
    document = {"fields": [{"name": "UPRN"}], "features": rows * 3, "more": {"page": [1, 2]}}
    batch = read(json.dumps(document, indent=indent))
    assert batch.data.to_pylist() == [{"attributes.UPRN": "1"}, {"attributes.UPRN": "2"}] * 3
    assert not batch.errors


def test_an_array_within_an_object_that_breaks_off_says_so() -> None:
    batch = read('{"results": [{"id": 1}, {"id": 2}, {"id"')
    assert [(error.row, error.what) for error in batch.errors] == [(3, "not JSON")]


def test_a_list_within_the_only_row_is_no_table() -> None:
    text = '{"id": 7, "history": [{"year": 2001}]}\n'
    assert read(text).data.to_pylist() == [{"id": "7", "history": '[{"year": 2001}]'}]


def test_objects_of_great_depth_come_as_json() -> None:
    assert read('{"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}').data.to_pylist() == [{"a.a.a.a.a": '{"a": 1}'}]


def test_elements_that_are_no_objects_are_reported() -> None:
    batch = read('[{"id": 1}, 2, {"id": 3}, , {"id": 5}]')
    assert batch.data.column(0).to_pylist() == ["1", "", "3", "", "5"]
    assert [(error.row, error.what) for error in batch.errors] == [(2, "not JSON"), (4, "not JSON")]


@pytest.mark.parametrize("end", ["", ",", ', {"id"', ', "x', ', {"id": 2}] more', "]]"])
def test_an_array_that_is_cut_off_or_goes_on_behind_its_end_says_so(end: str) -> None:
    assert [error.what for error in read('[{"id": 1}' + end).errors] == ["not JSON"]


def test_an_element_that_is_too_long_is_a_row_of_blanks() -> None:
    batch = read('[{"id": 1}, {"id": "' + "x" * 2_000 + '"}, {"id": 3}]', longest=100)
    assert batch.data.column(0).to_pylist() == ["1", "", "3"]
    assert [(error.row, error.what) for error in batch.errors] == [(2, "record too long")]


def test_one_object_over_several_lines_is_refused() -> None:
    with pytest.raises(
        SourceError, match="an object over several lines; one object a line is needed, or an array of objects"
    ):
        read('{\n  "results": [\n {"id": 1}\n]\n}\n')


@given(st.lists(st.dictionaries(st.text(max_size=3), _VALUES, max_size=3), max_size=5), st.booleans())
def test_the_elements_of_any_array_are_found(values: list[object], wide: bool) -> None:  # noqa: FBT001
    text = json.dumps(values, ensure_ascii=False, indent=2 if wide else None)
    found = list(array_elements(io.StringIO(text), 10_000))
    assert [json.loads(element or "") for element in found] == values


@pytest.mark.parametrize("begun", ['{"a":', "[", '[{"a":', '{"a":['])
def test_brackets_that_never_end_are_looked_at_once(begun: str) -> None:
    started = time.process_time()
    assert rows_within('{"a":' + begun * 100_000) is None
    assert time.process_time() - started < 5
