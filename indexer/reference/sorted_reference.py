"""The whole reference in the order in which an index keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT, normal_postcode, term_id
from address_match.indexer.manifest import FORMAT_VERSION, BundleIdentity, IndexManifest
from address_match.indexer.reference.enrichment import EnrichedBatch
from address_match.indexer.reference.place_names import place_names
from address_match.indexer.reference.precedence import settle
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.checksums import FileChecksum
from address_match.indexer.texts.dictionary_columns import (
    as_numbered,
    coded,
    coded_in_order,
    filled,
    numbered,
)
from address_match.indexer.texts.distinct_numbers import distinct, places_among_distinct
from address_match.indexer.texts.schemas import RECURRING, STORED_SCHEMA
from address_match.parser.gazetteer.build import NameCounts
from address_match.ragged import bounds_of, places_in_rows
from address_match.timestamp import timestamp

_OF_ALL = ("street_premises", "place_names")
OF_TEXTS_ALONE = tuple(name for name in STORED_SCHEMA.names if name not in _OF_ALL)
"""Columns that a text has whatever other texts there are."""
_OF_THE_PREMISES = ("parent_uprn", "classification", "country")
"""What all texts of a premises should agree on; its first text is believed."""


@dataclass(frozen=True, slots=True)
class SortedReference:
    """All texts, ascending by postcode, street and number, with their vectors and words."""

    texts: pa.Table
    """Columns of `STORED_SCHEMA`, those of `RECURRING` coded (`address_match.indexer.texts.dictionary_columns`)."""
    lines: NDArray[np.int64]
    """Shape (texts,): row of the reference that each text stands in; empty where an update does not know it."""
    postcodes: pa.DictionaryArray
    """Of each text, without spaces, ascending; empty where none is known."""
    vectors: NDArray[np.int8]
    """Shape (texts, dimensions): unit vectors times 127, rounded."""
    words: list[str]
    """The vocabulary, ascending by term id."""
    term_ids: NDArray[np.int64]
    """Shape (words,), ascending: `term_id` of each."""
    text_terms: NDArray[np.int32]
    """The words of each text, one text after the other, as positions in the vocabulary."""
    lengths: NDArray[np.int64]
    """Shape (texts,): number of words of each text."""
    premises: int
    """Number of distinct identifiers."""
    conflicts: tuple[RowError, ...]
    """Rows that contradict an earlier row of the same premises, by their line."""
    overruled: pa.Table
    """What references say of a premises that one before them says otherwise, columns of `OVERRULED_SCHEMA`."""
    column_names: NameCounts
    """What component columns of the reference name; a field that none names is left out."""


class ReferenceCollector:
    """Collects enriched batches and sorts them."""

    def __init__(self) -> None:
        self._tables: list[pa.RecordBatch] = []
        self._vectors: list[NDArray[np.int8]] = []
        self._terms: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._numbers: dict[str, int] = {}

    @property
    def texts(self) -> int:
        """Number of texts so far."""
        return sum(batch.num_rows for batch in self._tables)

    def add(self, batch: EnrichedBatch) -> None:
        """Take a batch in."""
        enrichment = batch.enrichment
        names = [*batch.reference.schema.names, *enrichment.fields.schema.names]
        columns = zip(names, [*batch.reference.columns, *enrichment.fields.columns], strict=True)
        # What recurs is numbered as it comes: written out, it takes a third of what is collected.
        kept = [column.dictionary_encode() if name in RECURRING else column for name, column in columns]
        self._tables.append(pa.RecordBatch.from_arrays(kept, names=names))
        self._vectors.append(enrichment.vectors)
        self._lengths.append(enrichment.lengths)
        numbers = self._numbers
        names = [numbers.setdefault(word, len(numbers)) for word in enrichment.terms.dictionary.to_pylist()]
        self._terms.append(np.array(names, dtype=np.int32)[enrichment.terms.indices.to_numpy()])

    def sorted(self, column_names: NameCounts, precedence: Sequence[str] = ()) -> SortedReference:
        """Sort all texts; what was collected is given up to save memory, the names of columns are passed on.

        Of several references, `precedence` names all, the one that is believed first.
        """
        collected = pa.Table.from_batches(self._tables).unify_dictionaries().combine_chunks()
        settled = settle(collected, precedence)
        self._tables.clear()
        table, kept, overruled = settled.texts, settled.kept, settled.overruled
        codes = _effective_postcodes(table)
        order = _order(table, codes)
        order = order[kept[order]]
        place = pa.array(order)
        conflicts = (*_conflicts(table), *settled.reports)
        del settled, collected
        lines = table.column("line").to_numpy()[order]
        codes = codes.take(place)
        columns = {name: table.column(name) for name in OF_TEXTS_ALONE}
        del table
        in_order = pa.table({name: _in_order(columns.pop(name), place) for name in OF_TEXTS_ALONE})
        texts, premises = counted_over_all(in_order, codes)
        del in_order
        words, term_ids, renumbered = _vocabulary(list(self._numbers))
        lengths = _joined(self._lengths, np.int32).astype(np.int64)
        flat = renumbered[_joined(self._terms, np.int32)]
        places, _ = places_in_rows(bounds_of(lengths), order)
        return SortedReference(
            texts=numbered(texts),
            lines=lines,
            postcodes=codes,
            vectors=self._vectors_in(order),
            words=words,
            term_ids=term_ids,
            text_terms=flat[places],
            lengths=lengths[order],
            premises=premises,
            conflicts=conflicts,
            overruled=overruled,
            column_names=column_names,
        )

    def _vectors_in(self, order: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the vectors of rows in an order; each batch is given up when it was put in its place."""
        places = np.full(sum(map(len, self._vectors)), -1)
        places[order] = np.arange(len(order))
        vectors = np.empty((len(order), self._vectors[0].shape[1]), dtype=np.int8)
        start = len(places)
        while self._vectors:
            batch = self._vectors.pop()
            start -= len(batch)
            of_batch = places[start : start + len(batch)]
            vectors[of_batch[of_batch >= 0]] = batch[of_batch >= 0]
        return vectors


def _joined(parts: list[NDArray[np.int32]], kind: type[np.int32]) -> NDArray[np.int32]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


def _in_order(column: pa.ChunkedArray, place: pa.Array) -> pa.Array | pa.ChunkedArray:
    """Return the values of some rows; those of a coded column are numbered as they first occur there."""
    if not pa.types.is_dictionary(column.type):
        return column.take(place)
    numbers, values = coded(column)
    return as_numbered(numbers[place.to_numpy()], values)


def _effective_postcodes(table: pa.Table) -> pa.DictionaryArray:
    """Return the postcode of the reference, else the one parsed from the text; full ones only, without spaces."""
    given, values = coded(table.column("postcode"))
    parsed, parsed_values = coded(table.column("reading_postcode"))
    width = max(1, len(parsed_values))
    pairs, pair_of_each = np.unique(given * width + parsed, return_inverse=True)
    both = zip(
        values.take(pa.array(pairs // width)).to_pylist(),
        parsed_values.take(pa.array(pairs % width)).to_pylist(),
        strict=True,
    )
    known = pa.array([normal_postcode(one) or normal_postcode(other) for one, other in both], pa.string())
    numbers, codes = coded(known)
    return pa.DictionaryArray.from_arrays(pa.array(numbers[pair_of_each].astype(np.int32)), codes)


def _order(table: pa.Table, codes: pa.DictionaryArray) -> NDArray[np.int64]:
    in_turn = (codes, *(table.column(key) for key in ("street", "number", "suffix", "unit", "uprn", "line")))
    sorted_by = pa.table(
        {
            str(turn): coded_in_order(column)[0] if pa.types.is_dictionary(column.type) else column
            for turn, column in enumerate(in_turn)
        }
    )
    indices = pc.sort_indices(sorted_by, sort_keys=[(name, "ascending") for name in sorted_by.column_names])
    order: NDArray[np.int64] = indices.to_numpy().astype(np.int64)
    return order


def counted_over_all(texts: pa.Table, codes: pa.Array) -> tuple[pa.Table, int]:
    """Add to columns of `OF_TEXTS_ALONE` what is counted over all texts, and count the premises; `codes` are postcodes
    without spaces.
    """
    premises, street_size = _street_sizes(texts, codes)
    texts = texts.append_column("street_premises", pa.array(street_size, pa.int32()))
    texts = texts.append_column("place_names", place_names(texts, codes))
    return texts.select(STORED_SCHEMA.names), premises


def _street_sizes(texts: pa.Table, codes: pa.Array) -> tuple[int, NDArray[np.int32]]:
    """Count the premises, and for each text those on its street of its town (of its outcode where there is no town)."""
    uprn, _ = coded(texts.column("uprn"))
    postcode, postcodes = coded(codes)
    outcode = coded(pc.utf8_slice_codeunits(postcodes, 0, -3))[0][postcode]
    town, towns = coded(texts.column("town"))
    street, names = coded(texts.column("street"))
    has_town, has_street = filled(towns), filled(names)
    place = np.where(has_town[town], town, len(towns) + outcode)
    _, streets = places_among_distinct(street * (int(place.max(initial=0)) + 1) + place)
    pairs = distinct(streets.astype(np.int64) * (uprn.max(initial=0) + 1) + uprn)
    counts = np.bincount(pairs // (uprn.max(initial=0) + 1), minlength=streets.max(initial=0) + 1)
    street_size = counts[streets].astype(np.int32)
    street_size[~has_street[street]] = 0
    return int(uprn.max(initial=-1)) + 1, street_size


def _conflicts(table: pa.Table) -> tuple[RowError, ...]:
    uprn, _ = coded(table.column("uprn"))
    found: list[RowError] = []
    for name in _OF_THE_PREMISES:
        numbers, values = coded(table.column(name))
        rows = np.flatnonzero(filled(values)[numbers])
        value = numbers[rows]
        _, first = np.unique(uprn[rows], return_index=True)
        expected = np.full(uprn.max(initial=0) + 1, -1)
        expected[uprn[rows[first]]] = value[first]
        for row in rows[value != expected[uprn[rows]]].tolist():
            uprn_of_row, said, line, file = (
                table.column(column)[row].as_py() for column in ("uprn", name, "line", "source")
            )
            found.append(RowError(line, f"conflicting {name}", f"{uprn_of_row}: {said}", file))
    return tuple(found)


def _vocabulary(words: list[str]) -> tuple[list[str], NDArray[np.int64], NDArray[np.int32]]:
    """Return the words ascending by term id, their ids, and the new position of each word that came in."""
    ids = np.array([term_id.__wrapped__(word) for word in words], dtype=np.int64)
    distinct, first, positions = np.unique(ids, return_index=True, return_inverse=True)
    return [words[place] for place in first], distinct, positions.astype(np.int32)


def manifest_of(
    sorted_reference: SortedReference,
    *,
    generation: str,
    reference: str,
    bundle: BundleIdentity,
    problems: dict[str, int],
    files: dict[str, FileChecksum],
    columns: ColumnsTaken,
) -> IndexManifest:
    """Describe an index of a reference, as it is made now by a bundle; `files` are its files and their checksums,
    `columns` those of the reference.
    """
    return IndexManifest(
        format_version=FORMAT_VERSION,
        generation=generation,
        created=timestamp(),
        texts=sorted_reference.texts.num_rows,
        premises=sorted_reference.premises,
        terms=len(sorted_reference.term_ids),
        dimensions=int(sorted_reference.vectors.shape[1]),
        analysis_fingerprint=ANALYSIS_FINGERPRINT,
        bundle=bundle,
        reference=reference,
        problems=problems,
        files=files,
        columns={name: list(taken) for name, taken in columns.fields.items()},
        unused_columns=list(columns.unused),
        layout=columns.layout,
        sheet=columns.sheet,
        sources=_texts_by_reference(sorted_reference.texts.column("source")),
    )


def _texts_by_reference(source: pa.ChunkedArray) -> dict[str, int]:
    """Count the texts of each of several references; nothing of a single one."""
    counted = pc.value_counts(source).to_pylist()
    return {one["values"]: one["counts"] for one in counted if one["values"]}
