"""The columns that matching adds, in the types of a frame: categories, numbers, lists of structs, and null where there
is nothing.
"""

import json
from collections.abc import Sequence
from enum import StrEnum

import pyarrow as pa

from address_match.service.batch.output.answer_columns import CANDIDATES, NUMERIC_COLUMNS
from address_match.service.matching.answer import Reason, Relation, Status
from address_match.service.wire.answer import Candidate

CANDIDATES_TYPE = pa.list_(
    pa.struct(
        [
            pa.field(name, pa.float64() if name == "probability" else pa.string())
            for name in Candidate.__annotations__
            if name in Candidate.__required_keys__
        ]
    )
)
"""Candidates as they are on the wire where no further fields are asked for."""
_CATEGORIES: dict[str, type[StrEnum]] = {
    "match_status": Status,
    "match_relation": Relation,
    "match_reason": Reason,
}
_CATEGORY = pa.dictionary(pa.int32(), pa.string())


class TypedAnswers:
    """Keeps the answers' columns of all rows, in order; it takes the place of a file's writer."""

    def __init__(self, names: Sequence[str]) -> None:
        self._schema = answers_schema(names)
        self._batches: list[pa.RecordBatch] = []

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:  # noqa: ARG002 - whoever gave the rows has them
        """Append the answers' columns, one list per column."""
        arrays = [_array(name, values) for name, values in zip(self._schema.names, answers, strict=True)]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def table(self) -> pa.Table:
        """Return what was kept, one row per row that was matched."""
        return pa.Table.from_batches(self._batches, schema=self._schema)


def answers_schema(names: Sequence[str]) -> pa.Schema:
    """Return the added columns of these names with their types."""
    return pa.schema([pa.field(name, _type(name)) for name in names])


def _type(name: str) -> pa.DataType:
    if name in _CATEGORIES:
        return _CATEGORY
    if name == CANDIDATES:
        return CANDIDATES_TYPE
    return pa.float64() if name in NUMERIC_COLUMNS else pa.string()


def _array(name: str, values: Sequence[object]) -> pa.Array:
    if name in _CATEGORIES:
        return _categories(_CATEGORIES[name], values)
    if name == CANDIDATES:
        return pa.array([json.loads(str(value)) for value in values], CANDIDATES_TYPE)
    if name in NUMERIC_COLUMNS:
        return pa.array(values, pa.float64())
    return pa.array([value or None for value in values], pa.string())


def _categories(kind: type[StrEnum], values: Sequence[object]) -> pa.DictionaryArray:
    """Code values by all that there may be of them, so that frames of several runs have the same categories."""
    names = [each.value for each in kind if each.value]
    codes = {name: code for code, name in enumerate(names)}
    coded = pa.array([codes.get(str(value)) for value in values], pa.int32())
    return pa.DictionaryArray.from_arrays(coded, pa.array(names))
