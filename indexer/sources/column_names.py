"""The names in the component columns of a reference, counted by what they name while its rows are read."""

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.sources.table_batch import TableBatch
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.gazetteer.build import NameCounts
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import tokenise

_FIELDS = {
    "street_name": (NameField.STREET, Label.STREET),
    "locality": (NameField.LOCALITY, Label.LOCALITY),
    "town_name": (NameField.TOWN, Label.TOWN),
    "building_name": (NameField.BUILDING, Label.BUILDING),
    "organisation_name": (NameField.ORGANISATION, Label.ORGANISATION),
}
"""Of `address_match.indexer.record.COMPONENT_COLUMNS`, those that hold names, what they name and how their words are labelled."""


class ColumnNames:
    """Counts what stands in columns as it is written, and reads each distinct value once, at the end."""

    def __init__(self, components: Mapping[str, int]) -> None:
        """`components` gives the position in the table of each component column that it has."""
        self._columns = {name: components[name] for name in _FIELDS if name in components}
        self._written: dict[str, Counter[str]] = {name: Counter() for name in self._columns}

    def add(self, batch: TableBatch, rows: pa.Array) -> None:
        """Count the values of some rows of a batch."""
        for name, position in self._columns.items():
            counted = pc.value_counts(batch.strings(position).take(rows))
            values, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
            self._written[name].update(dict(zip(values, counts, strict=True)))

    def counted(self) -> NameCounts:
        """Return, by field, each name as a parser would write it and in how many texts it stands.

        A field that no column names, or that is empty in every row, is left out.
        """
        reader = FieldReader(shipped_lexicon())
        found: dict[NameField, Counter[str]] = {}
        for column, written in self._written.items():
            field, label = _FIELDS[column]
            names: Counter[str] = Counter()
            for value, count in written.items():
                names[_name(reader, label, value)] += count
            del names[""]
            if names:
                found[field] = names
        return found


def _name(reader: FieldReader, label: Label, value: str) -> str:
    """Write a value as the parser would, without the numbers and flats that columns of buildings hold."""
    tokens = tokenise(value)
    if not tokens:
        return ""
    written, part = reader.component(
        label, tuple(token.text for token in tokens), [token.after_break for token in tokens]
    )
    return written if part is None else part.building
