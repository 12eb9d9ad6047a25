"""The rows of a table that an index can be built from: one premises each, a usable text, no text twice."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.sources.columns.column_mapping import KINDS, NUMBERS, ColumnMapping
from address_match.indexer.sources.columns.identifiers import mend_identifier
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.columns.text_kinds import (
    BLPU_STATE,
    LOGICAL_STATUS_WORDS,
    kind_of_status,
    premises_status,
)
from address_match.indexer.sources.problems import Problems
from address_match.indexer.sources.table_batch import UNREADABLE, TableBatch
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA
from address_match.parser.text_length import MAX_TEXT_LENGTH

_MAX_UPRN_LENGTH = 40
_TRAILING_POSTCODE = r"(?i)(?:^|[\s,])(?P<out>[A-Z]{1,2}[0-9][0-9A-Z]?)\s*(?P<in>[0-9][A-Z]{2})\s*$"
_REPEATABLE = ("text_kind", "language", "valid_from", "valid_to")
"""Rows of one identifier and one address that differ in any of these are several texts."""


class UsableRows:
    """Reads batches of one table in their order; what is wrong with rows is added to the problems."""

    def __init__(self, columns: ColumnMapping, passed_over: Collection[int], problems: Problems) -> None:
        """The rows `passed_over`, counted from 1 after the header, are left out without being a problem."""
        self._columns = columns
        self._passed_over = passed_over
        self._problems = problems
        self._seen: set[int] = set()

    def of(self, batch: TableBatch, addresses: Sequence[str]) -> tuple[pa.RecordBatch, pa.Array]:
        """Return the usable rows of a batch, columns of `REFERENCE_SCHEMA`, and their places in it, ascending.

        `addresses` are those of all its rows.
        """
        written = [uprn.strip() for uprn in batch.strings(self._columns.uprn).to_pylist()]
        mended = [mend_identifier(uprn) for uprn in written]
        codes = self._columns.address.postcodes(batch)
        fields = {name: self._field(name, batch) for name in REFERENCE_SCHEMA.names[4:]}
        kept = self._kept(batch, written, mended, addresses, fields)
        address_array = pa.array(addresses, pa.string())
        columns = [
            pa.array(range(batch.first_row, batch.first_row + len(written)), pa.int64()),
            pa.array([uprn or "" for uprn in mended], pa.string()),
            address_array,
            _postcodes(pa.array(codes, pa.string()), address_array),
            *fields.values(),
        ]
        whole = pa.RecordBatch.from_arrays(columns, schema=REFERENCE_SCHEMA)
        rows = pa.array(kept, pa.int64())
        return whole if len(kept) == len(written) else whole.take(rows), rows

    def _kept(
        self,
        batch: TableBatch,
        written: Sequence[str],
        mended: Sequence[str | None],
        addresses: Sequence[str],
        fields: dict[str, pa.Array],
    ) -> list[int]:
        """Return the places of the usable rows, of which the identifiers are `written` so and `mended`."""
        repeatable = zip(*(fields[name].to_pylist() for name in _REPEATABLE), strict=True)
        unread = {error.row for error in batch.errors if error.what in UNREADABLE}
        kept: list[int] = []
        rows = zip(written, mended, addresses, repeatable, strict=True)
        for position, (before, uprn, address, rest) in enumerate(rows):
            if (number := batch.first_row + position) in self._passed_over or number in unread:
                continue
            if uprn is None:
                self._problems.add(number, "uprn lost digits in a spreadsheet", before)
            elif problem := self._problem(uprn, address, rest):
                self._problems.add(number, *problem)
            else:
                kept.append(position)
                if uprn != before:
                    self._problems.add(number, "uprn mended", before)
        return kept

    def _problem(self, uprn: str, address: str, rest: tuple[str, ...]) -> tuple[str, str] | None:
        """Return what is wrong with a row, and of what; None of a usable one, which no later row may repeat."""
        if not uprn:
            return "missing uprn", ""
        if len(uprn) > _MAX_UPRN_LENGTH:
            return (
                "uprn too long",
                f"{uprn[:_MAX_UPRN_LENGTH]}… has {len(uprn)} characters of {_MAX_UPRN_LENGTH}",
            )
        if not address:
            return "blank address", uprn
        if len(address) > MAX_TEXT_LENGTH:
            return "address too long", f"{uprn}: {len(address):,} characters of {MAX_TEXT_LENGTH:,}"
        key = hash((uprn, address, rest))
        if key in self._seen:
            return "duplicate row", uprn
        self._seen.add(key)
        return None

    def _field(self, name: str, batch: TableBatch) -> pa.Array:
        """Return a field of all rows, of the type that `REFERENCE_SCHEMA` gives it; its default where no column has it."""
        position = self._columns.fields.get(name)
        number = name in NUMBERS
        if position is None:
            default = self._columns.defaults.get(name, None if number else KINDS.get(name, ("",))[0])
            kind = REFERENCE_SCHEMA.field(name).type
            value = pa.scalar(None if default is None else (float(default) if number else str(default)), kind)
            return pa.repeat(value, batch.data.num_rows)
        if number and pa.types.is_floating(batch.data.column(position).type):
            return batch.data.column(position).cast(pa.float64())
        texts = pc.utf8_trim_whitespace(batch.strings(position))
        if number:
            return self._numbers(texts, name, batch.first_row)
        column = plain_name(batch.data.schema.names[position])
        if name == "status":
            texts = _in_our_words(texts, partial(premises_status, of_state=column == BLPU_STATE))
        elif column in LOGICAL_STATUS_WORDS:
            texts = _in_our_words(texts, kind_of_status)
        return self._kinds(texts, name, batch.first_row) if name in KINDS else texts

    def _kinds(self, texts: pa.StringArray, name: str, first_row: int) -> pa.Array:
        """Take a word that is none of the field for the usual one, and report it."""
        words = pc.utf8_lower(texts)
        known = pc.is_in(words, value_set=pa.array([*KINDS[name], ""]))
        for row in np.flatnonzero(~known.to_numpy(zero_copy_only=False)).tolist():
            self._problems.add(first_row + row, f"unknown {name}", texts[row].as_py()[:40])
        return pc.if_else(pc.and_(known, pc.not_equal(words, "")), words, KINDS[name][0])

    def _numbers(self, texts: pa.StringArray, name: str, first_row: int) -> pa.Array:
        """Take what is no number for nothing, and report it."""
        try:
            return pc.if_else(pc.equal(texts, ""), None, texts).cast(pa.float64())
        except pa.ArrowInvalid:
            pass
        values: list[float | None] = []
        for row, text in enumerate(texts.to_pylist(), first_row):
            try:
                values.append(float(text) if text else None)
            except ValueError:
                values.append(None)
                self._problems.add(row, f"no number in {name}", text[:40])
        return pa.array(values, pa.float64())


def _in_our_words(texts: pa.StringArray, word_of: Callable[[str], str]) -> pa.StringArray:
    """Return texts in our words; few of them differ."""
    coded = texts.dictionary_encode()
    words = pa.array(map(word_of, coded.dictionary.to_pylist()), pa.string())
    return words.take(coded.indices)


def _postcodes(codes: pa.StringArray, addresses: pa.StringArray) -> pa.StringArray:
    """Return the postcode column where it is filled, else the postcode at the end of the address, with one space."""
    found = pc.extract_regex(pc.if_else(pc.equal(codes, ""), addresses, codes), _TRAILING_POSTCODE)
    joined = pc.binary_join_element_wise(pc.struct_field(found, [0]), pc.struct_field(found, [1]), " ")
    return pc.coalesce(pc.utf8_upper(joined), pc.utf8_upper(pc.utf8_trim_whitespace(codes)))
