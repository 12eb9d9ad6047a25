"""A reference file as the rows that an index is built from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from address_match.indexer.errors import SourceError
from address_match.indexer.products.delivery import find_product
from address_match.indexer.products.joined_rows import (
    TEXT_COLUMNS,
    JoinedRows,
    Product,
    ReplacedTexts,
)
from address_match.indexer.reference.kept_rows import KeptRows
from address_match.indexer.reference.usable_rows import UsableRows
from address_match.indexer.sources.columns.column_contents import postcodes_left_out
from address_match.indexer.sources.columns.column_mapping import ColumnMapping, map_columns, read_mapping
from address_match.indexer.sources.columns.column_names import ColumnNames
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.columns.header_names import describe_header
from address_match.indexer.sources.columns.unclear_identifiers import unclear_identifiers
from address_match.indexer.sources.columns.unclear_premises import unclear_premises
from address_match.indexer.sources.columns.unused_columns import not_of_another
from address_match.indexer.sources.formats.arrow_rows import ArrowRows
from address_match.indexer.sources.problems import Problems
from address_match.indexer.sources.table import Table, open_table
from address_match.indexer.sources.table_batch import TableBatch
from address_match.parser.gazetteer.build import NameCounts

SAMPLES = 3


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
        self.names = ColumnNames(columns.components)
        """What component columns name, as far as the reference has been read."""
        self._records: Path | None = None
        self._kept: KeptRows | None = None
        self.path = path
        self.problems = Problems()
        """Rows that were left out or mended, as far as the reference has been read."""
        self._rows = UsableRows(columns, passed_over, self.problems)
        self.precedence: tuple[str, ...] = ()
        """Of several references; this is one."""
        self.samples: list[str] = []
        """The first addresses as they were composed."""
        for row in range(1, table.rows_above + 1):
            self.problems.add(row, "line above the header")

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column of the file; of a product, what that says."""
        if self._product:
            return self._product.columns_taken
        taken = self._columns.taken_of(self._table.columns)
        return replace(taken, sheet=self._table.sheet if len(self._table.sheets) > 1 else "")

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
        """Count names on from those of what the texts replace, columns of `NAMES_READ_SCHEMA`."""
        self.names.add_to(read)

    @property
    def replaced(self) -> ReplacedTexts | None:
        """What the texts replace, once the first was read; None where they are all that there is."""
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
        """Return the usable rows of a batch, which are counted, shown and kept as they pass."""
        addresses = self._columns.address.addresses(batch)
        if batch.first_row == 1:
            self._refuse_unclear(batch, addresses)
        usable, rows = self._rows.of(batch, addresses)
        self.names.add(batch, rows)
        if len(self.samples) < SAMPLES:
            self.samples += usable.column("address").slice(0, SAMPLES - len(self.samples)).to_pylist()
        if self._kept is not None:
            self._kept.add(usable, batch, rows)
        return usable

    def _refuse_unclear(self, batch: TableBatch, addresses: list[str]) -> None:
        """Raise SourceError where columns that were found by their names do not say which premises the first rows are about."""
        if self._product is not None or "address" in self.named:
            return
        columns = self._table.columns
        if problem := (
            unclear_premises(batch, addresses, self._columns.address)
            or self._lacking_postcodes(batch, addresses)
            or self._unclear_identifiers(batch, addresses)
        ):
            taken = ", ".join(columns[position] for position in self._columns.address.columns)
            raise SourceError(
                f"Of {self.path} only {taken} would make the addresses, and {problem}; {describe_header(columns)}. "
                "Name all columns of the address in a mapping: [columns] address = [...]"
            )

    def _unclear_identifiers(self, batch: TableBatch, addresses: list[str]) -> str:
        used = {*self._columns.address.columns, *self._columns.fields.values()}
        if "uprn" in self.named:
            return ""
        return unclear_identifiers(batch, self._columns.uprn, addresses, used)

    def _lacking_postcodes(self, batch: TableBatch, addresses: list[str]) -> str:
        """Return which columns that are not read hold the postcodes that the addresses lack; empty where none do."""
        left_out = set(postcodes_left_out(batch, addresses, self._columns.address))
        columns = self._table.columns
        of_premises = (columns[place] for place in not_of_another(columns, self._columns.address.columns))
        found = [name for name in of_premises if name in left_out]
        return f"{', '.join(found)} holds postcodes that they lack" if found else ""


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
