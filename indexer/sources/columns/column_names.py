"""The names in the component columns of a reference, counted by what they name while its rows are read.

How they were read is kept beside the records of an index, so that an update reads only names that are new.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.indexer.sources.table_batch import TableBatch
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.gazetteer.build import NameCounts
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import words_of

_FIELDS = {
    "street_name": (NameField.STREET, Label.STREET),
    "locality": (NameField.LOCALITY, Label.LOCALITY),
    "town_name": (NameField.TOWN, Label.TOWN),
    "building_name": (NameField.BUILDING, Label.BUILDING),
    "organisation_name": (NameField.ORGANISATION, Label.ORGANISATION),
}
"""Of `address_match.indexer.texts.schemas.COMPONENT_COLUMNS`, those that hold names, what they name and how their words are
labelled.
"""
_FILE = "names_read.parquet"
NAMES_READ_SCHEMA = pa.schema(
    [*((name, pa.string()) for name in ("column", "written", "name")), ("texts", pa.int64())]
)
"""A value of a component column, the name that it was read as, empty where it is none, and how many texts have it."""


class ColumnNames:
    """Counts what stands in columns as it is written, and reads each distinct value once, at the end."""

    def __init__(self, components: Mapping[str, int]) -> None:
        """`components` gives the position in the table of each component column that it has."""
        self._columns = {name: components[name] for name in _FIELDS if name in components}
        self.written: dict[str, Counter[str]] = {name: Counter() for name in self._columns}
        """In how many texts each value stands, by column."""
        self._known = NAMES_READ_SCHEMA.empty_table()
        self.read = NAMES_READ_SCHEMA.empty_table()
        """How the values were read when they were counted, in the order of column and value."""

    def add(self, batch: TableBatch, rows: pa.Array) -> None:
        """Count the values of some rows of a batch."""
        for name, position in self._columns.items():
            counted = pc.value_counts(batch.strings(position).take(rows))
            values, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
            self.written[name].update(dict(zip(values, counts, strict=True)))

    def add_to(self, known: pa.Table) -> None:
        """Count on from what the same rules have read before, columns of `NAMES_READ_SCHEMA`; its values are not read
        again.
        """
        self._known = known
        for name, written in self.written.items():
            values = known.filter(pc.equal(known.column("column"), name))
            texts = zip(values.column("written").to_pylist(), values.column("texts").to_pylist(), strict=True)
            written.update(dict(texts))

    def take_away(self, others: "ColumnNames") -> None:
        """Leave out what others count; a value that no text has any more is gone."""
        for name, written in others.written.items():
            self.written[name] -= written

    def counted(self) -> NameCounts:
        """Return, by field, each name as a parser would write it and in how many texts it stands.

        A field that no column names, or that is empty in every row, is left out.
        """
        reader = FieldReader(shipped_lexicon())
        found: dict[NameField, Counter[str]] = {}
        read = []
        for column, written in self.written.items():
            field, label = _FIELDS[column]
            values = pa.array(list(written), pa.string())
            as_names = self._as_names(reader, column, label, values)
            names: Counter[str] = Counter()
            for name, count in zip(as_names, written.values(), strict=True):
                names[name] += count
            del names[""]
            if names:
                found[field] = names
            read.append(
                pa.table(
                    [pa.repeat(column, len(values)), values, as_names, list(written.values())],
                    schema=NAMES_READ_SCHEMA,
                )
            )
        if read:
            order = [("column", "ascending"), ("written", "ascending")]
            self.read = pa.concat_tables(read).sort_by(order)
        return found

    def _as_names(self, reader: FieldReader, column: str, label: Label, values: pa.StringArray) -> list[str]:
        """Return the name that each value of a column says, of those that are known without reading them again."""
        known = self._known.filter(pc.equal(self._known.column("column"), column)).combine_chunks()
        places = pc.index_in(values, value_set=known.column("written"))
        names: list[str | None] = known.column("name").take(places).to_pylist()
        return [
            _name(reader, label, value) if name is None else name
            for name, value in zip(names, values.to_pylist(), strict=True)
        ]


def write_names_read(folder: Path, read: pa.Table) -> None:
    """Write how values were read, columns of `NAMES_READ_SCHEMA`, beside the records of an index."""
    pq.write_table(read, folder / _FILE, compression="zstd")


def names_read(folder: Path) -> pa.Table | None:
    """Return what `write_names_read` wrote beside records; None where an earlier release did not, or without counts."""
    file = folder / _FILE
    read = pq.read_table(file) if file.exists() else None
    return read if read is not None and read.schema.names == NAMES_READ_SCHEMA.names else None


def _name(reader: FieldReader, label: Label, value: str) -> str:
    """Write a value as the parser would, without the numbers and flats that columns of buildings hold."""
    words = words_of(value)
    if not words.texts:
        return ""
    written, part = reader.component(label, tuple(words.texts), words.breaks)
    return written if part is None else part.building
