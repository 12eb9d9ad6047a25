"""Objects of JSON: one a line, or those of an array, which may stand within one object."""

import itertools
import json
from collections.abc import Iterator
from typing import BinaryIO, TextIO

import pyarrow as pa

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.formats.json_array import (
    array_elements,
    begins_array,
    begins_document,
    rows_within,
)
from address_match.indexer.sources.table_batch import (
    BROKEN_UTF8,
    LONG_RECORD,
    NOT_JSON,
    RAGGED_ROW,
    RowError,
    TableBatch,
    schema_of_texts,
)
from address_match.indexer.sources.text_stream import LONGEST_RECORD, bounded_lines, mended, open_text

_LINES_FOR_COLUMNS = 1_000
_DEEPEST = 5
"""Objects within objects; what is deeper comes as JSON."""


class JsonRows:
    """Objects as rows; the keys of the first thousand are the columns, and values come as texts.

    What an object holds within an object is a column of both keys, joined by a dot; a list comes as JSON.
    """

    def __init__(
        self, stream: BinaryIO, *, name: str, encoding: str | None, longest: int = LONGEST_RECORD
    ) -> None:
        text, beginning = open_text(stream, name=name, encoding=encoding)
        self._longest = longest
        lines = _objects(text, beginning, longest, name)
        first = list(itertools.islice(lines, _LINES_FOR_COLUMNS))
        keys = _keys(_object(line)[0] for line in first if line is not None)
        if not keys:
            raise SourceError(
                f"{name} holds no JSON object in its first lines; one object a line is needed, or an array of objects"
            )
        self._columns = tuple(keys)
        self.schema = schema_of_texts(self._columns)
        """Keys in the order in which they first stand."""
        self._lines = itertools.chain(first, lines)

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order; a line or an element that is no object is a row of blanks and reported."""
        first = 1
        while taken := list(itertools.islice(self._lines, rows)):
            yield self._batch(first, taken)
            first += len(taken)

    def _batch(self, first: int, lines: list[str | None]) -> TableBatch:
        errors: list[RowError] = []
        known = set(self._columns)
        columns: dict[str, list[str]] = {name: [] for name in self._columns}
        for row, found in enumerate(lines, first):
            if found is None:
                errors.append(RowError(row, LONG_RECORD, f"more than {self._longest:,} characters"))
            line = "{}" if found is None else found
            whole = mended(line) if not line.isascii() else line
            if whole != line:
                errors.append(RowError(row, BROKEN_UTF8, "read as Windows-1252"))
            values, problem = _object(whole)
            if not all(map(str.isascii, values)):
                values = {mended(key): value for key, value in values.items()}
            if problem:
                errors.append(RowError(row, NOT_JSON, problem))
            if unknown := {key for key in values.keys() - known if values[key] is not None}:
                errors.append(RowError(row, RAGGED_ROW, f"unknown key {min(unknown)!r} left out"))
            for name, column in columns.items():
                column.append(_text(values.get(name)))
        arrays = [pa.array(column, pa.string()) for column in columns.values()]
        return TableBatch(first, pa.RecordBatch.from_arrays(arrays, schema=self.schema), tuple(errors))


def _objects(text: TextIO, beginning: str, longest: int, name: str) -> Iterator[str | None]:
    """Yield the objects of a text as they are written, None for one that is too long."""
    if begins_array(beginning):
        return array_elements(text, longest)
    if begins_document(beginning):
        if rows_within(beginning) is not None:
            begun = text.read(len(beginning))
            return array_elements(text, longest, begun[rows_within(begun) or 0 :])
        if beginning.split(maxsplit=1)[:1] == ["{"] and "\n" in beginning.partition("{")[2].partition('"')[0]:
            raise SourceError(
                f"{name} holds an object over several lines; one object a line is needed, or an array of objects"
            )
    return (line for line in bounded_lines(text, longest) if line is None or line.strip())


def _keys(objects: Iterator[dict[str, object]]) -> list[str]:
    """Return the keys of objects in the order in which they first stand, without those that stand for an object that is
    missing.
    """
    filled: dict[str, bool] = {}
    for values in objects:
        for key, value in values.items():
            filled[mended(key)] = filled.get(mended(key), False) or value is not None
    within = {key[:place] for key in filled for place, sign in enumerate(key) if sign == "."}
    return [key for key, has_value in filled.items() if has_value or key not in within]


def _object(line: str) -> tuple[dict[str, object], str]:
    """Return the object of a line, or an empty one and what is wrong; numbers keep the digits they are written with,
    but in lists.
    """
    try:
        value = json.loads(line, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        return {}, str(error)
    if not isinstance(value, dict):
        return {}, f"a {type(value).__name__} where an object is needed"
    if any(isinstance(each, dict | list) for each in value.values()):
        value = dict(_flattened(value, json.loads(line), ""))
    return value, ""


def _flattened(
    value: dict[str, object], numbered: dict[str, object], within: str, depth: int = 1
) -> Iterator[tuple[str, object]]:
    """Yield what an object holds, by the keys that lead there; `numbered` is the same object with numbers in its lists."""
    for key, each in value.items():
        same = numbered[key]
        if each == {}:
            yield f"{within}{key}", None
        elif isinstance(each, dict) and isinstance(same, dict) and depth < _DEEPEST:
            yield from _flattened(each, same, f"{within}{key}.", depth + 1)
        else:
            yield f"{within}{key}", same if isinstance(each, dict | list) else each


def _text(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return mended(text) if not text.isascii() else text
