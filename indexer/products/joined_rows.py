"""The texts of a product as rows of a table, whichever product it is."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from address_match.drafts import draft_folder
from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.column_mapping import ColumnMapping
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.formats.parquet import ParquetRows
from address_match.indexer.sources.table_batch import RowError, TableBatch
from address_match.indexer.storage.joins import no_room

_FIELDS = (
    "text_kind",
    "language",
    "valid_from",
    "valid_to",
    "parent_uprn",
    "classification",
    "country",
    "status",
    "latitude",
    "longitude",
    "easting",
    "northing",
    "custodian",
    "premises_from",
    "premises_to",
    "premises_updated",
)
_COMPONENTS = ("organisation_name", "building_name", "street_name", "locality", "town_name")
_NUMBERS = frozenset({"latitude", "longitude", "easting", "northing"})
JOINED_SCHEMA = pa.schema(
    [
        (name, pa.float64() if name in _NUMBERS else pa.string())
        for name in ("uprn", "address", "postcode", *_FIELDS, *_COMPONENTS)
    ]
)
"""What every product is joined to: a row per text, in an order that the records alone determine."""
TEXT_COLUMNS = ColumnMapping(
    uprn=0,
    address=AddressComposition.of_columns((1,), postcode=2),
    fields={name: JOINED_SCHEMA.get_field_index(name) for name in _FIELDS},
    components={name: JOINED_SCHEMA.get_field_index(name) for name in _COMPONENTS},
    named=frozenset(JOINED_SCHEMA.names),
)


@dataclass(frozen=True, slots=True)
class ReplacedTexts:
    """What changes take the place of: all that is held of some premises."""

    premises: pa.StringArray
    """Their UPRNs."""
    texts: pa.Table
    """The texts that they had, columns of `JOINED_SCHEMA`."""


@dataclass(frozen=True, slots=True)
class JoinedTexts:
    """What the joins of a product came to."""

    file: Path
    """Parquet with the columns of `JOINED_SCHEMA`."""
    errors: Sequence[RowError]
    """Of records that were left out, mended, or name what is not there."""
    records: Path | None = None
    """Folder of the records, for a later update; None of a product that has none."""
    replaced: ReplacedTexts | None = None
    """What the texts of the file replace; None where they are all that there is."""


class Product(Protocol):
    """A delivery that was recognised."""

    @property
    def name(self) -> str:
        """How people call the product."""
        ...

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column, where the product is a file with a header; else nothing."""
        ...

    def join(self, folder: Path) -> JoinedTexts:
        """Join the records in an empty folder, which is removed when the texts were read."""
        ...


class JoinedRows:
    """Reads a product when its first rows are asked for, in a temporary folder."""

    schema = JOINED_SCHEMA

    def __init__(self, product: Product) -> None:
        self._product = product
        self.columns_taken = product.columns_taken
        self.keep_records_at: Path | None = None
        """Where the records are put once the texts were read, for a later update; nowhere unless it is named."""
        self.replaced: ReplacedTexts | None = None
        """What the texts replace, known before the first of them is read."""

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the texts in order, and before them what was wrong with records; raises BuildError where the temporary
        folder has no room.
        """
        with draft_folder(Path(tempfile.gettempdir())) as folder:
            try:
                joined = self._product.join(folder)
            except OSError as error:  # damaged files of the product were told as such
                raise no_room(folder, error) from error
            self.replaced = joined.replaced
            yield TableBatch(1, pa.RecordBatch.from_pylist([], schema=JOINED_SCHEMA), tuple(joined.errors))
            with joined.file.open("rb") as stream:
                yield from ParquetRows(stream).batches(rows)
            if self.keep_records_at is not None and joined.records is not None:
                shutil.move(joined.records, self.keep_records_at)

    def close(self) -> None:
        """Do nothing: what was opened is closed when the rows were read."""
