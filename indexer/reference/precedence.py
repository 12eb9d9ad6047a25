"""Facts of premises that several references hold: those of the reference that is believed first.

The texts of all references stay, except for those that one before it has as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.texts.dictionary_columns import written_out

_DATES = "dates"
_COORDINATES = "coordinates"
_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("postcode", ("postcode",)),
    ("parent_uprn", ("parent_uprn",)),
    ("classification", ("classification",)),
    ("country", ("country",)),
    ("status", ("status",)),
    (_COORDINATES, ("latitude", "longitude")),
    (_COORDINATES, ("easting", "northing")),
    ("custodian", ("custodian",)),
    (_DATES, ("premises_from", "premises_to", "premises_updated")),
)
"""What is said of a premises, and in which columns: those of one fact are of one reference."""
_SAME_PLACE = {"latitude": 1e-4, "longitude": 2e-4, "easting": 10.0, "northing": 10.0}
"""Ten metres or so: references round coordinates, and measure at the door or the middle of a building."""
OVERRULED = "overruled.parquet"
"""The file that holds it, where there is any."""
OVERRULED_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string(), nullable=False)
        for name in ("uprn", "field", "believed", "believed_of", "found", "found_of")
    ]
)
"""A premises, a fact of it, its value and the reference that it is of; another value and its reference."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Texts of several references whose premises have one set of facts."""

    texts: pa.Table
    """Columns and order of those that came in; of several references, with their values written out."""
    kept: NDArray[np.bool_]
    """Shape (texts,): false of a text that a reference before has of the same premises."""
    reports: tuple[RowError, ...]
    """The rows of those that are not kept, and those whose facts are not believed."""
    overruled: pa.Table
    """Columns of `OVERRULED_SCHEMA`, by premises; dates of premises are not compared, as each reference has its own."""


def settle(texts: pa.Table, precedence: Sequence[str]) -> Settled:
    """Give the texts of each premises the facts of the first reference of `precedence` that states them.

    Its current texts go before its historical ones. The texts of that reference stay as they are. `texts` has the
    columns of `REFERENCE_SCHEMA` and others.
    """
    everything = np.ones(texts.num_rows, dtype=np.bool_)
    if len(precedence) < 2:  # one reference cannot disagree with another
        return Settled(texts, everything, (), OVERRULED_SCHEMA.empty_table())
    texts = pa.table({name: written_out(texts.column(name)) for name in texts.column_names})
    rank = pc.index_in(texts.column("source"), pa.array(precedence, pa.string())).to_numpy()
    premises = _codes(texts.column("uprn"))
    former = pc.equal(texts.column("text_kind"), "historical").to_numpy()
    order = np.lexsort((former, rank, premises))
    overruled: list[pa.Table] = []
    reports: list[RowError] = []
    settled = texts
    for fact, columns in _FACTS:
        stated = _stated(texts, columns)
        believed = _first_stated(premises, order, stated)
        taken = np.flatnonzero((believed >= 0) & (rank != rank[believed]))
        if fact != _DATES:
            differing = taken[stated[taken] & _differ(texts, columns, taken, believed[taken])]
            reports.extend(_reports(texts, differing, f"{fact} taken of a reference before it"))
            overruled.append(_overruled(texts, fact, columns, differing, believed[differing]))
        places = np.arange(texts.num_rows)
        places[taken] = believed[taken]
        for name in columns:
            position = settled.column_names.index(name)
            column = texts.column(name).take(pa.array(places))
            settled = settled.set_column(position, settled.schema.field(position), column)
    kept = _first_of_each(premises, texts, rank)
    reports.extend(_reports(texts, np.flatnonzero(~kept), "text that a reference before it has"))
    found = pa.concat_tables(overruled).group_by(OVERRULED_SCHEMA.names).aggregate([])
    return Settled(settled, kept, tuple(reports), found.sort_by("uprn"))


def write_overruled(folder: Path, overruled: pa.Table) -> None:
    """Write what was not believed, columns of `OVERRULED_SCHEMA`, unless there is nothing."""
    if overruled.num_rows:
        pq.write_table(overruled, folder / OVERRULED, compression="zstd")


def read_overruled(folder: Path) -> pa.Table:
    """Return what `write_overruled` wrote into a folder, columns of `OVERRULED_SCHEMA`."""
    file = folder / OVERRULED
    return pq.read_table(file) if file.exists() else OVERRULED_SCHEMA.empty_table()


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Number the distinct values of a column."""
    codes: NDArray[np.int64] = column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes


def _stated(texts: pa.Table, columns: Sequence[str]) -> NDArray[np.bool_]:
    """Return which texts state a fact in any of its columns."""
    found = np.zeros(texts.num_rows, dtype=np.bool_)
    for name in columns:
        column = texts.column(name)
        filled = pc.not_equal(column, "") if pa.types.is_string(column.type) else pc.is_valid(column)
        found |= filled.to_numpy()
    return found


def _first_stated(
    premises: NDArray[np.int64], order: NDArray[np.int64], stated: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each text the first row, in an order, that states something of its premises; -1 where none does."""
    rows = order[stated[order]]
    of_premises = np.full(premises.max(initial=-1) + 1, -1, dtype=np.int64)
    held, first = np.unique(premises[rows], return_index=True)
    of_premises[held] = rows[first]
    believed: NDArray[np.int64] = of_premises[premises]
    return believed


def _differ(
    texts: pa.Table, columns: Sequence[str], rows: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return whether two rows say otherwise in any of some columns, shape (rows,)."""
    found = np.zeros(len(rows), dtype=np.bool_)
    for name in columns:
        one, other = (texts.column(name).take(pa.array(places)) for places in (rows, others))
        if name in _SAME_PLACE:
            distance = np.abs(one.to_numpy() - other.to_numpy())
            found |= distance > _SAME_PLACE[name]
        else:
            found |= pc.not_equal(_plain(one), _plain(other)).to_numpy()
    return found


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write values without blanks and case, by which postcodes differ and say the same."""
    return pc.replace_substring(pc.utf8_upper(values), " ", "")


def _overruled(
    texts: pa.Table,
    fact: str,
    columns: Sequence[str],
    rows: NDArray[np.int64],
    believed: NDArray[np.int64],
) -> pa.Table:
    found = {
        "uprn": texts.column("uprn").take(pa.array(rows)),
        "field": pa.repeat(fact, len(rows)),
        "believed": _written(texts, columns, believed),
        "believed_of": texts.column("source").take(pa.array(believed)),
        "found": _written(texts, columns, rows),
        "found_of": texts.column("source").take(pa.array(rows)),
    }
    return pa.table(found).cast(OVERRULED_SCHEMA)


def _written(texts: pa.Table, columns: Sequence[str], rows: NDArray[np.int64]) -> pa.ChunkedArray:
    values = [texts.column(name).take(pa.array(rows)).cast(pa.string()) for name in columns]
    return pc.binary_join_element_wise(*values, " ", null_handling="skip")


def _first_of_each(
    premises: NDArray[np.int64], texts: pa.Table, rank: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which texts no reference before has of the same premises, letter by letter."""
    address = _codes(texts.column("address"))
    key = premises * (address.max(initial=0) + 1) + address
    _, code = np.unique(key, return_inverse=True)
    first = np.full(code.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, code, rank)
    kept: NDArray[np.bool_] = rank == first[code]
    return kept


def _reports(texts: pa.Table, rows: NDArray[np.int64], what: str) -> Iterator[RowError]:
    named = (texts.column(name).take(pa.array(rows)).to_pylist() for name in ("line", "uprn", "source"))
    return (RowError(line, what, uprn, source) for line, uprn, source in zip(*named, strict=True))
