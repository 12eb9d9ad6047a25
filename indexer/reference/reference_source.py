"""A reference file as the rows that an index is built from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.errors import SourceError
from address_match.indexer.products.delivery import find_product
from address_match.indexer.products.joined_rows import (
    TEXT_COLUMNS,
    JoinedRows,
    Product,
    ReplacedTexts,
)
from address_match.indexer.record import REFERENCE_SCHEMA
from address_match.indexer.reference.kept_rows import KeptRows
from address_match.indexer.sources.address_columns import describe_header
from address_match.indexer.sources.arrow_rows import ArrowRows
from address_match.indexer.sources.column_mapping import (
    KINDS,
    NUMBERS,
    ColumnMapping,
    map_columns,
    read_mapping,
)
from address_match.indexer.sources.column_names import ColumnNames
from address_match.indexer.sources.columns_taken import ColumnsTaken
from address_match.indexer.sources.identifiers import mend_identifier
from address_match.indexer.sources.problems import Problems
from address_match.indexer.sources.table import Table, open_table
from address_match.indexer.sources.table_batch import UNREADABLE, TableBatch
from address_match.indexer.sources.unclear_premises import unclear_premises
from address_match.parser.gazetteer.build import NameCounts
from address_match.parser.text_length import MAX_TEXT_LENGTH

MAX_UPRN_LENGTH = 40
SAMPLES = 3
_TRAILING_POSTCODE = r"(?i)(?:^|[\s,])(?P<out>[A-Z]{1,2}[0-9][0-9A-Z]?)\s*(?P<in>[0-9][A-Z]{2})\s*$"


class ReferenceSource:
    """A reference: several rows with one UPRN are several texts of one premises."""

    def __init__(
        self,
        table: Table,
        path: Path,
        columns: ColumnMapping,
        passed_over: Collection[int] = (),
        product: JoinedRows | None = None,
    ) -> None:
        """`product` is what the rows of the table are joined from, where they are."""
        self._table = table
        self._product = product
        self._columns = columns
        self._seen: set[int] = set()
        self._passed_over = passed_over
        self.names = ColumnNames(columns.components)
        """What component columns name, as far as the reference has been read."""
        self._records: Path | None = None
        self._kept: KeptRows | None = None
        self.path = path
        self.problems = Problems()
        """Rows that were left out or mended, as far as the reference has been read."""
        self.precedence: tuple[str, ...] = ()
        """Of several references; this is one."""
        self.samples: list[str] = []
        """The first addresses as they were composed."""
        for row in range(1, table.rows_above + 1):
            self.problems.add(row, "line above the header")

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column of the file; of a product, what that says."""
        return self._product.columns_taken if self._product else self._columns.taken_of(self._table.columns)

    @property
    def named(self) -> frozenset[str]:
        """Fields whose columns were named, and not found."""
        return self._columns.named

    @property
    def rows_total(self) -> int | None:
        """Number of rows where the format says it beforehand."""
        return self._table.rows_total

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the usable rows once, in order, columns of `REFERENCE_SCHEMA`; the others stand in `problems`."""
        with ExitStack() as opened:
            opened.enter_context(self._table)
            if self._records is not None:
                self._kept = opened.enter_context(KeptRows(self._records, self._columns.components))
            for batch in self._table.rows(rows):
                for error in batch.errors:
                    self.problems.add(error.row, error.what, error.detail, error.file)
                usable = self._usable(batch)
                if usable.num_rows:
                    yield usable
        if self.replaced is not None:
            former = _text_source(self.replaced.texts, self.path)
            for _ in former.batches(rows):
                pass  # their names are counted as they pass
            self.names.take_away(former.names)

    def column_names(self) -> NameCounts:
        """Return what component columns name in the usable rows, as far as the reference has been read."""
        return self.names.counted()

    @property
    def names_read(self) -> pa.Table:
        """How the values of component columns were read when they were counted, columns of `NAMES_READ_SCHEMA`."""
        return self.names.read

    def add_to_names(self, read: pa.Table) -> None:
        """Count names on from those of what the texts are put in the place of, columns of `NAMES_READ_SCHEMA`."""
        self.names.add_to(read)

    @property
    def replaced(self) -> ReplacedTexts | None:
        """What the texts are put in the place of, once the first was read; None where they are all that there is."""
        return self._product.replaced if self._product else None

    def keep_records_at(self, folder: Path) -> None:
        """Have the usable rows, or the records of a product that can be updated, put in a new folder as they are read."""
        if self._product is None:
            self._records = folder
        else:
            self._product.keep_records_at = folder

    def close(self) -> None:
        """Close the file, which reading to the end does too."""
        self._table.close()

    def _usable(self, batch: TableBatch) -> pa.RecordBatch:
        written = [uprn.strip() for uprn in batch.strings(self._columns.uprn).to_pylist()]
        mended = [mend_identifier(uprn) for uprn in written]
        uprns = [uprn or "" for uprn in mended]
        addresses = self._columns.address.addresses(batch)
        if batch.first_row == 1:
            self._refuse_unclear(batch, addresses)
        codes = self._columns.address.postcodes(batch)
        fields = {name: self._field(name, batch) for name in REFERENCE_SCHEMA.names[4:]}
        repeatable = [
            fields[name].to_pylist() for name in ("text_kind", "language", "valid_from", "valid_to")
        ]
        unread = {error.row for error in batch.errors if error.what in UNREADABLE}
        kept: list[int] = []
        for position, (uprn, address, *rest) in enumerate(zip(uprns, addresses, *repeatable, strict=True)):
            if (number := batch.first_row + position) in self._passed_over or number in unread:
                continue
            if mended[position] is None:
                self.problems.add(number, "uprn lost digits in a spreadsheet", written[position])
            elif problem := self._problem(uprn, address, tuple(rest)):
                self.problems.add(number, *problem)
            else:
                kept.append(position)
                if uprn != written[position]:
                    self.problems.add(number, "uprn mended", written[position])
        rows = pa.array(kept, pa.int64())
        self.names.add(batch, rows)
        address_array = pa.array(addresses, pa.string())
        columns = [
            pa.array(range(batch.first_row, batch.first_row + len(uprns)), pa.int64()),
            pa.array(uprns, pa.string()),
            address_array,
            _postcodes(pa.array(codes, pa.string()), address_array),
            *fields.values(),
        ]
        whole = pa.RecordBatch.from_arrays(columns, schema=REFERENCE_SCHEMA)
        usable = whole if len(kept) == len(uprns) else whole.take(rows)
        if len(self.samples) < SAMPLES:
            self.samples += usable.column("address").slice(0, SAMPLES - len(self.samples)).to_pylist()
        if self._kept is not None:
            self._kept.add(usable, batch, rows)
        return usable

    def _refuse_unclear(self, batch: TableBatch, addresses: list[str]) -> None:
        """Raise SourceError where columns that were found by their names do not say which premises the first rows are about."""
        if self._product is not None or "address" in self.named:
            return
        if problem := unclear_premises(batch, addresses, self._columns.address):
            columns = self._table.columns
            taken = ", ".join(columns[position] for position in self._columns.address.columns)
            raise SourceError(
                f"Of {self.path} only {taken} would make the addresses, and {problem}; {describe_header(columns)}. "
                "Name all columns of the address in a mapping: [columns] address = [...]"
            )

    def _problem(self, uprn: str, address: str, rest: tuple[str, ...]) -> tuple[str, str] | None:
        if not uprn:
            return "missing uprn", ""
        if len(uprn) > MAX_UPRN_LENGTH:
            return (
                "uprn too long",
                f"{uprn[:MAX_UPRN_LENGTH]}… has {len(uprn)} characters of {MAX_UPRN_LENGTH}",
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
        return self._kinds(texts, name, batch.first_row) if name in KINDS else texts

    def _kinds(self, texts: pa.StringArray, name: str, first_row: int) -> pa.Array:
        """Take a word that is none of the field for the usual one, and report it."""
        words = pc.utf8_lower(texts)
        known = pc.is_in(words, value_set=pa.array([*KINDS[name], ""]))
        for row in np.flatnonzero(~known.to_numpy(zero_copy_only=False)).tolist():
            self.problems.add(first_row + row, f"unknown {name}", texts[row].as_py()[:40])
        return pc.if_else(pc.and_(known, pc.not_equal(words, "")), words, KINDS[name][0])

    def _numbers(self, texts: pa.StringArray, name: str, first_row: int) -> pa.Array:
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
                self.problems.add(row, f"no number in {name}", text[:40])
        return pa.array(values, pa.float64())


def open_reference(
    path: Path | Sequence[Path],
    *,
    mapping: Path | Mapping[str, Any] | None = None,
    passed_over: Collection[int] = (),
) -> ReferenceSource:
    """Open a reference: a file of rows, or the files, folders and archives of a product that is known.

    What is not named is detected, and `mapping` says which column is which. The rows `passed_over`, counted from 1
    after the header, are left out without being a problem.

    Raises SourceError when it cannot be read, has no identifier or no address, or is a product of which a part is
    missing.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    place = paths[0] if len(paths) == 1 else paths[0].parent
    if mapping is None and (product := find_product(paths)) is not None:
        return product_source(product, place, passed_over)
    if len(paths) > 1 or place.is_dir():
        raise SourceError(f"A mapping is of one file of rows; {place} is not one")
    content = read_mapping(mapping) if mapping is not None else {}
    table = open_table(place, **content.get("file", {}))
    try:
        columns = map_columns(table.columns, content, str(place))
    except BaseException:
        table.close()
        raise
    return ReferenceSource(table, place, columns, passed_over)


def product_source(product: Product, path: Path, passed_over: Collection[int] = ()) -> ReferenceSource:
    """Return the texts of a product as a reference; its records are read when the first of them are."""
    rows = JoinedRows(product)
    return ReferenceSource(Table(rows, rows, str(path)), path, TEXT_COLUMNS, passed_over, rows)


def _text_source(texts: pa.Table, path: Path) -> ReferenceSource:
    """Return texts, columns of `TEXT_SCHEMA`, as a reference."""
    return ReferenceSource(Table(ArrowRows(texts), ExitStack(), str(path)), path, TEXT_COLUMNS)


def _postcodes(codes: pa.StringArray, addresses: pa.StringArray) -> pa.StringArray:
    """Return the postcode column where it is filled, else the postcode at the end of the address, with one space."""
    found = pc.extract_regex(pc.if_else(pc.equal(codes, ""), addresses, codes), _TRAILING_POSTCODE)
    joined = pc.binary_join_element_wise(pc.struct_field(found, [0]), pc.struct_field(found, [1]), " ")
    return pc.coalesce(pc.utf8_upper(joined), pc.utf8_upper(pc.utf8_trim_whitespace(codes)))
