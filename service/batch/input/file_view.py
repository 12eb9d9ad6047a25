"""How a file of addresses would be read: what is known of it before any row is matched."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from shlex import quote
from typing import Any

from address_match.indexer.sources.columns.column_contents import columns_like_an_address, postcodes_left_out
from address_match.indexer.sources.columns.columns_taken import unused_columns
from address_match.indexer.sources.table import Table
from address_match.service.batch.input.input_addresses import (
    NoAddressError,
    find_address,
    refuse_unclear_premises,
    row_batch,
)
from address_match.service.batch.input.input_lines import lines_about_input, sheet_read
from address_match.service.errors import UsageError
from address_match.service.written_names import written_names

_ROWS_READ = 200
"""Enough to say whether rows name a number at all."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """The columns of a file and what is made of them."""

    columns: tuple[str, ...]
    """In the order of the file."""
    address_columns: tuple[str, ...] = ()
    """Those that make the address; empty where `problem` says why there are none."""
    unused_columns: tuple[str, ...] = ()
    layout: str = ""
    """The layout that the columns are of; empty where none is known, or the columns were named."""
    rows: int | None = None
    """How many there are, by the file itself or by its beginning; None where nothing says."""
    rows_above_header: int = 0
    sample: tuple[str, ...] = ()
    """The first addresses as they are composed."""
    problem: str = ""
    """Why no row would be matched; empty where all is well."""
    sheet: str = ""
    """The sheet of a workbook that is read; empty for other formats."""
    sheets: tuple[str, ...] = ()
    """All sheets of the workbook, in their order."""
    postcodes_left_out: tuple[str, ...] = ()
    """Columns that hold postcodes and make no part of the address, where most addresses say none."""
    columns_like_an_address: tuple[str, ...] = ()
    """Where no address was found by the names of columns: those whose cells look like one."""

    @classmethod
    def of(
        cls,
        table: Table,
        named: Sequence[str] | None = None,
        layout: str | None = None,
        *,
        layout_taken: str = "",
        rows: int | None = None,
    ) -> "FileView":
        """Read the beginning of a table; raises SourceError where that is damaged."""
        known = cls(
            columns=table.columns,
            rows=rows,
            rows_above_header=table.rows_above,
            sheet=table.sheet,
            sheets=table.sheets,
        )
        beginning = next(table.rows(_ROWS_READ), None)
        try:
            address = find_address(table.columns, named, layout)
            batches = iter([] if beginning is None else [row_batch(beginning, address)])
            if named is None:
                batches = refuse_unclear_premises(batches, address, table.columns)
            first = next(batches, None)
        except NoAddressError as error:
            alike = () if beginning is None else columns_like_an_address(beginning)
            return replace(known, problem=error.problem, columns_like_an_address=alike)
        except UsageError as error:
            return replace(known, problem=str(error))
        texts = [] if first is None else [text for text in first.texts if text.strip()]
        left_out = () if beginning is None else postcodes_left_out(beginning, texts, address)
        return replace(
            known,
            address_columns=tuple(table.columns[position] for position in address.columns),
            unused_columns=tuple(unused_columns(table.columns, {*address.columns})),
            layout=layout_taken,
            sample=tuple(texts[:_SAMPLES]),
            postcodes_left_out=left_out,
        )

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "FileView":
        """Read what `as_json` gave."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
        }
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """Give it as a JSON object."""
        return asdict(self)

    def as_text(self) -> str:
        """Give it as a few lines for a person."""
        rows = "" if self.rows is None else f", about {self.rows:,} rows"
        lines = [f"{len(self.columns)} columns{rows}: {', '.join(self.columns)}"]
        lines += lines_about_input(
            self.layout,
            self.rows_above_header,
            self.address_columns,
            self.unused_columns,
            sheet=sheet_read(self.sheet, self.sheets),
            postcodes_left_out=self.postcodes_left_out,
        )
        if self.problem:
            lines.append(f"  {self.problem}")
            lines.append(f"  {self._way_out()}")
        lines.extend(f"  sample: {text}" for text in self.sample)
        return "\n".join(lines)

    def _way_out(self) -> str:
        if not self.columns:
            return f"name one of the sheets {', '.join(self.sheets)}: --sheet NAME"
        alike = written_names(self.columns_like_an_address)
        return f"name the columns that make the address: --columns {quote(alike) if alike else 'a,b,c'}"
