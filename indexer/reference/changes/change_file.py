"""A file of changes to a reference: premises that are new, that are written otherwise now, or that are gone.

Its columns are those of a reference and `change`: insert, update or delete (I, U, D). All rows of one UPRN together say
which texts the premises has from now on; a row that deletes needs no address.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.reference_source import ReferenceSource, open_reference
from address_match.indexer.sources.columns.column_mapping import map_columns, read_mapping
from address_match.indexer.sources.columns.header_names import describe_header
from address_match.indexer.sources.columns.identifiers import mend_identifier
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.table import open_table

CHANGE = "change"
"""The column that says what becomes of a premises."""
_PUT = frozenset({"insert", "update", "i", "u"})
_DELETE = frozenset({"delete", "d"})
_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of a file."""

    written: ReferenceSource
    """The texts that premises have from now on; what is wrong with rows stands in its problems."""
    writes: bool
    """Whether there is any."""
    deleted: Mapping[str, int]
    """UPRNs that are gone, each with its row."""


def open_changes(path: Path, mapping: Path | Mapping[str, Any] | None = None) -> Changes:
    """Open a file of changes; raises SourceError when it cannot be read or has no column `change`."""
    content = read_mapping(mapping) if mapping is not None else {}
    passed_over: set[int] = set()
    unusable: list[tuple[int, str, str]] = []
    written: set[str] = set()
    deleted: dict[str, int] = {}
    with open_table(path, **content.get("file", {})) as table:
        names = [plain_name(column) for column in table.columns]
        if CHANGE not in names:
            raise SourceError(
                f"{path} has no column change with insert, update or delete; {describe_header(table.columns)}"
            )
        uprn = map_columns(table.columns, content, str(path)).uprn
        for batch in table.rows(_ROWS):
            kinds = batch.strings(names.index(CHANGE)).to_pylist()
            uprns = batch.strings(uprn).to_pylist()
            for row, (kind, held) in enumerate(zip(kinds, uprns, strict=True), batch.first_row):
                identifier = mend_identifier(held)
                if (change := kind.strip().lower()) in _PUT:
                    written.add(identifier or "")
                    continue
                passed_over.add(row)
                if change not in _DELETE:
                    unusable.append((row, "unknown change", kind or "no change is named"))
                elif identifier is None:
                    unusable.append((row, "uprn lost digits in a spreadsheet", held))
                elif identifier:
                    deleted[identifier] = row
                else:
                    unusable.append((row, "missing uprn", ""))
    source = open_reference(path, mapping=mapping, passed_over=passed_over)
    source.problems.most_kept = sys.maxsize
    for row, what, detail in unusable:
        source.problems.add(row, what, detail[:40])
    gone = {uprn: row for uprn, row in deleted.items() if uprn not in written}
    return Changes(source, bool(written), gone)
