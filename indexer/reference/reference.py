"""What a build asks of a reference, whatever it was read from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from address_match.indexer.products.joined_rows import ReplacedTexts
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.problems import Problems
from address_match.parser.gazetteer.build import NameCounts


class Reference(Protocol):
    """Rows that an index is built from, read once: of one file or product, or of several references joined.

    What is said "as far as it was read" is whole when the last of `batches` was taken.
    """

    @property
    def path(self) -> Path:
        """Where it is from, for messages and the manifest."""
        ...

    @property
    def problems(self) -> Problems:
        """Rows that were left out or mended, as far as it was read; whoever builds adds what is found later."""
        ...

    @property
    def precedence(self) -> tuple[str, ...]:
        """Names of the references that it is joined of, the one that is believed first; empty of a single one."""
        ...

    @property
    def samples(self) -> list[str]:
        """The first addresses as they were composed, as far as it was read."""
        ...

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column."""
        ...

    @property
    def named(self) -> frozenset[str]:
        """Fields whose columns were named rather than found."""
        ...

    @property
    def rows_total(self) -> int | None:
        """Number of rows where the format says it beforehand."""
        ...

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the usable rows once, in order, columns of `REFERENCE_SCHEMA`, from so many rows at once.

        Raises SourceError when it breaks off.
        """
        ...

    def column_names(self) -> NameCounts:
        """Return what component columns name in the usable rows, as far as it was read."""
        ...

    @property
    def names_read(self) -> pa.Table:
        """How values of component columns were read for their names, columns of `NAMES_READ_SCHEMA`."""
        ...

    @property
    def replaced(self) -> ReplacedTexts | None:
        """What the texts replace, once the first was read; None where they are all that there is."""
        ...

    def keep_records_at(self, folder: Path) -> None:
        """Have what a later update needs put in a new folder while the rows are read; some keep nothing."""
        ...

    def close(self) -> None:
        """Close what was opened, which reading to the end does too."""
        ...
