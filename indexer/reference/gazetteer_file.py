"""The names of the reference by what they name, with which queries are parsed."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from address_match.indexer.manifest import IndexManifest
from address_match.indexer.texts.dictionary_columns import coded
from address_match.parser.gazetteer.build import NameCounts, build_gazetteer
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.gazetteer.storage import open_gazetteer, save_gazetteer
from address_match.parser.lexicon.lexicon import shipped_lexicon

_FOLDER = "names"
_COLUMNS = {
    NameField.STREET: "street",
    NameField.LOCALITY: "locality",
    NameField.TOWN: "town",
    NameField.BUILDING: "building",
    NameField.ORGANISATION: "organisation",
}
"""The column of the parsed fields in which the names of a field stand."""
_LEAST_FILLED = 0.5
"""A column that names fewer than this share of what was parsed from the texts is not filled for all of them."""


def write_gazetteer(
    folder: Path, texts: pa.Table, column_names: NameCounts, before: Path | None = None
) -> None:
    """Write the gazetteer of texts whose parsed fields are columns of the table; `before` is a folder with one of before
    changes.

    What columns of the reference name, in `column_names`, goes before what was parsed, where they are filled.
    The texts themselves were parsed without it; it is for the queries.
    """
    counts = {
        field: _believed(column_names.get(field, {}), _counted(texts.column(column)))
        for field, column in _COLUMNS.items()
    }
    known = None if before is None else read_gazetteer(before)
    save_gazetteer(build_gazetteer(counts, shipped_lexicon(), known), folder / _FOLDER)


def open_index_gazetteer(path: Path, manifest: IndexManifest) -> Gazetteer | None:
    """Open the gazetteer of the generation that a manifest names, None of an index that was built without one."""
    return read_gazetteer(path / manifest.generation)


def read_gazetteer(statistics: Path) -> Gazetteer | None:
    """Open the gazetteer that `write_gazetteer` wrote into a folder, None where it did not."""
    folder = statistics / _FOLDER
    return open_gazetteer(folder) if folder.is_dir() else None


def _believed(of_column: Mapping[str, int], parsed: Mapping[str, int]) -> Mapping[str, int]:
    """Return the names of a column, and with them what was parsed where the column is mostly empty."""
    if sum(of_column.values()) >= _LEAST_FILLED * sum(parsed.values()):
        return of_column
    return Counter(of_column) + Counter(parsed)


def _counted(column: pa.ChunkedArray) -> dict[str, int]:
    numbers, values = coded(column)
    names = zip(values.to_pylist(), np.bincount(numbers, minlength=len(values)).tolist(), strict=True)
    return {name: count for name, count in names if name and count}
