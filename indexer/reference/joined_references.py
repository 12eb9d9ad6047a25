"""Several references as one: the texts of all, each with the name of the reference that it is of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from address_match.indexer.errors import SourceError
from address_match.indexer.products.delivery import product_in
from address_match.indexer.reference.reference import Reference
from address_match.indexer.reference.reference_source import SAMPLES, ReferenceSource, open_reference
from address_match.indexer.sources.columns.column_names import NAMES_READ_SCHEMA
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.problems import Problems
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA
from address_match.parser.gazetteer.build import NameCounts

if TYPE_CHECKING:
    from address_match.parser.gazetteer.name_field import NameField

_SOURCE = REFERENCE_SCHEMA.get_field_index("source")


class JoinedReferences:
    """References that are read one after the other; premises of one identifier are one premises, whichever has it.

    It keeps no records, so an index of it is built anew rather than updated.
    """

    def __init__(self, references: Mapping[str, ReferenceSource], precedence: Sequence[str]) -> None:
        """`precedence` holds the names of all references, the one that is believed first."""
        self._references = references
        self.precedence = tuple(precedence)
        self.path = Path(", ".join(references))
        self.problems = Problems()
        """Rows that were left out or mended in the references that were read, by the reference they stand in."""

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column, with the name of its reference."""
        taken = {name: source.columns_taken for name, source in self._references.items()}
        fields = {f"{name}: {f}": c for name, one in taken.items() for f, c in one.fields.items()}
        unused = [f"{name}: {column}" for name, one in taken.items() for column in one.unused]
        layouts = ", ".join(filter(None, (one.layout for one in taken.values())))
        sheets = ", ".join(f"{one.sheet} of {name}" for name, one in taken.items() if one.sheet)
        return ColumnsTaken(fields, unused, layouts, sheets)

    @property
    def named(self) -> frozenset[str]:
        """Fields whose columns were named in every reference."""
        return frozenset.intersection(*(source.named for source in self._references.values()))

    @property
    def rows_total(self) -> int | None:
        """Number of rows where all formats say it beforehand."""
        totals = [source.rows_total for source in self._references.values()]
        return None if None in totals else sum(total or 0 for total in totals)

    @property
    def samples(self) -> list[str]:
        """The first addresses of each as they were composed."""
        return [sample for source in self._references.values() for sample in source.samples[:SAMPLES]]

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the usable rows once, reference by reference, columns of `REFERENCE_SCHEMA`."""
        with closing(self):
            for name, source in self._references.items():
                for batch in source.batches(rows):
                    named = pa.repeat(name, batch.num_rows)
                    yield batch.set_column(_SOURCE, REFERENCE_SCHEMA.field(_SOURCE), named)
                self._take_over(source.problems, name)

    def _take_over(self, problems: Problems, name: str) -> None:
        self.problems.counts.update(problems.counts)
        self.problems.first.extend(
            RowError(error.row, error.what, error.detail, error.file or name) for error in problems.first
        )

    def column_names(self) -> NameCounts:
        """Return what component columns name in the usable rows of all."""
        counted: dict[NameField, Counter[str]] = {}
        for source in self._references.values():
            for field, names in source.column_names().items():
                counted.setdefault(field, Counter()).update(names)
        return counted

    @property
    def names_read(self) -> pa.Table:
        """Nothing: no records are kept that it could stand beside."""
        return NAMES_READ_SCHEMA.empty_table()

    replaced = None
    """Nothing: these are all texts that there are."""

    def keep_records_at(self, folder: Path) -> None:
        """Keep none."""

    def close(self) -> None:
        """Close what was opened."""
        for source in self._references.values():
            source.close()


def open_references(
    paths: Sequence[Path], mapping: Path | Mapping[str, Any] | None = None, precedence: Sequence[str] = ()
) -> Reference:
    """Open what paths hold: one reference, or several joined by identifier.

    The volumes of a supply are one reference, as are the files of OS NGD Address; every other file is one of its own.
    References are named after their files; those that `precedence` names are believed first, in its order, then the
    others in that of the paths.

    Raises the errors of `open_reference`, and SourceError for two references of one name, a precedence that names none
    of them, and a mapping where several are files of rows.
    """
    groups = [list(paths)] if len(paths) == 1 else _references_of(paths)
    if len(groups) == 1:
        if precedence:
            raise SourceError("A precedence is of several references, and there is one")
        return open_reference(groups[0], mapping=mapping)
    names = [group[0].name if len(group) == 1 else group[0].parent.name for group in groups]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise SourceError(
            f"Two references are named {twice[0]}, so texts could not be told by it; rename one"
        )
    if unknown := [name for name in precedence if name not in names]:
        raise SourceError(
            f"There is no reference {unknown[0]!r} to go before others; there are {', '.join(names)}"
        )
    of_rows = [group for group in groups if _holds_rows(group)]
    if mapping is not None and len(of_rows) != 1:
        raise SourceError(
            f"A mapping is of one file of rows, and there are {len(of_rows)}; name their columns uprn, address, postcode …"
        )
    with ExitStack() as opened:
        sources: dict[str, ReferenceSource] = {}
        for name, group in zip(names, groups, strict=True):
            sources[name] = open_reference(group, mapping=mapping if group in of_rows else None)
            opened.callback(sources[name].close)
        opened.pop_all()
    return JoinedReferences(sources, [*precedence, *(name for name in names if name not in precedence)])


def _references_of(paths: Sequence[Path]) -> list[list[Path]]:
    """Return which paths are of one reference, in the order of the first of each."""
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(product_in(path) or str(path), []).append(path)
    return list(groups.values())


def _holds_rows(group: Sequence[Path]) -> bool:
    return len(group) == 1 and group[0].is_file() and not product_in(group[0])
