"""The premises of a reference by postcode and street, in the order in which an index keeps its texts."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.texts.dictionary_columns import coded, coded_in_order, filled
from address_match.indexer.texts.distinct_numbers import distinct, places_among_distinct


@dataclass(frozen=True, slots=True)
class Streets:
    """Each row is a street by the name of one place. Places that share a postcode of the street are one by several
    names.
    """

    name: pa.StringArray
    """Empty for the premises of a place whose texts name no street."""
    place: pa.StringArray
    """The town, or the outcode of texts that name none; empty where neither is known."""
    street: NDArray[np.int32]
    """Row by which the street is known: that of the name of its place that most texts have."""
    premises: NDArray[np.int32]
    """Of the street, in the row by which it is known; 0 in the others."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Each row is a stretch: the premises of a street that share a postcode. They ascend by postcode."""

    postcode: pa.StringArray
    """Without a space, empty where none is known."""
    street: NDArray[np.int32]
    """Row by which the street is known."""
    premises: NDArray[np.int32]
    rows: NDArray[np.int64]
    """Shape (stretches, 2): first and last row of its texts; where no postcode is known, other streets may stand among
    them.
    """


@dataclass(frozen=True, slots=True)
class NamesOnStreets:
    """Each row is a locality, building or business on a street that has a name."""

    name: pa.StringArray
    street: NDArray[np.int64]
    """Row by which the street is known."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a reference stands."""

    streets: Streets
    stretches: Stretches
    names: NamesOnStreets


def laid_out(texts: pa.Table, postcodes: pa.Array) -> Layout:
    """Lay out texts that ascend by postcode and street, the streets with most premises first.

    `texts` has the columns uprn, street, town, locality, building and organisation; `postcodes` are without spaces.
    """
    name_code, names = coded_in_order(texts.column("street"))
    post_code, postcode_names = coded_in_order(postcodes)
    place_code, places = _places(texts, post_code, postcode_names)
    uprn, _ = coded(texts.column("uprn"))
    width = max(1, len(places))
    keys, row = places_among_distinct(name_code * width + place_code)
    has_postcode = filled(postcode_names)[post_code]
    chief = _chief(row, name_code * (len(postcode_names) + 1) + post_code, has_postcode, len(keys))
    street = chief[row]
    premises = _distinct(street, uprn, len(keys))
    order = np.lexsort((np.arange(len(keys)), -premises))
    renumbered = np.empty(len(keys), dtype=np.int64)
    renumbered[order] = np.arange(len(keys))
    streets = Streets(
        names.take(pa.array(keys[order] // width)),
        places.take(pa.array(keys[order] % width)),
        renumbered[chief[order]].astype(np.int32),
        premises[order].astype(np.int32),
    )
    return Layout(
        streets,
        _stretches(post_code, postcode_names, renumbered[street], uprn),
        _names_on(texts, renumbered[street], filled(names)[name_code]),
    )


def _places(
    texts: pa.Table, postcode: NDArray[np.int64], postcodes: pa.StringArray
) -> tuple[NDArray[np.int64], pa.StringArray]:
    """Return the number of each text's place among these, ascending: its town, or its outcode where it names none."""
    town, towns = coded(texts.column("town"))
    outcodes = pc.utf8_slice_codeunits(postcodes, 0, -3)
    places = pc.unique(pa.concat_arrays([towns, outcodes])).sort()
    of_town, of_outcode = (pc.index_in(names, value_set=places).to_numpy() for names in (towns, outcodes))
    place = np.where(filled(towns)[town], of_town[town], of_outcode[postcode])
    return place.astype(np.int64), places


def _names_on(texts: pa.Table, street: NDArray[np.int64], has_name: NDArray[np.bool_]) -> NamesOnStreets:
    """Return what stands on the streets of texts that have a name."""
    found, streets = [pa.array([], pa.string())], [np.empty(0, dtype=np.int64)]
    for column in ("locality", "building", "organisation"):
        code, names = coded_in_order(texts.column(column))
        width = max(1, len(names))
        on_street = has_name & filled(names)[code]
        at, name = np.divmod(distinct(street[on_street] * width + code[on_street]), width)
        found.append(names.take(pa.array(name)))
        streets.append(at)
    return NamesOnStreets(pa.concat_arrays(found), np.concatenate(streets))


def _chief(
    row: NDArray[np.int64], same_street: NDArray[np.int64], is_told: NDArray[np.bool_], rows: int
) -> NDArray[np.int64]:
    """Return for each row of the streets the one by which it is known; texts with an equal `same_street` that is told
    are of one.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    _, group = places_among_distinct(same_street[is_told])
    size = rows + int(group.max(initial=-1)) + 1
    ends = (row[is_told], group + rows)
    links = coo_array((np.ones(len(group), dtype=bool), ends), shape=(size, size))
    component = connected_components(links, directed=False)[1][:rows]
    texts = np.bincount(row, minlength=rows)
    most_first = np.lexsort((np.arange(rows), -texts, component))
    _, first, position = np.unique(component[most_first], return_index=True, return_inverse=True)
    chief = np.empty(rows, dtype=np.int64)
    chief[most_first] = most_first[first[position]]
    return chief


def _stretches(
    postcode: NDArray[np.int64], names: pa.StringArray, street: NDArray[np.int64], uprn: NDArray[np.int64]
) -> Stretches:
    width = int(street.max(initial=0)) + 1
    keys, stretch = places_among_distinct(postcode * width + street)
    order = np.argsort(stretch, kind="stable")
    ends = np.cumsum(np.bincount(stretch, minlength=len(keys)))
    starts = np.append(0, ends)[: len(keys)]
    return Stretches(
        names.take(pa.array(keys // width)),
        (keys % width).astype(np.int32),
        _distinct(stretch, uprn, len(keys)).astype(np.int32),
        np.stack([order[starts], order[ends - 1]], axis=1).astype(np.int64),
    )


def _distinct(groups: NDArray[np.int64], uprn: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Count the distinct premises of each group."""
    width = int(uprn.max(initial=0)) + 1
    return np.bincount(distinct(groups * width + uprn) // width, minlength=count)


def save_columns(file: Path, **columns: pa.Array | NDArray[np.int32]) -> None:
    """Write columns of one length."""
    table = pa.table(columns)
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def read_columns(file: Path) -> pa.Table:
    """Read the columns of `save_columns` into memory."""
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all().combine_chunks()
