"""The texts of a generation, with what models made of them: a later build parses and encodes only what is written otherwise."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.local.equal_texts import NOT_HELD, TextsByWriting
from address_match.indexer.local.texts import TextStore
from address_match.indexer.local.vectors import mapped_vectors
from address_match.indexer.record import PARSED_FIELDS_SCHEMA
from address_match.indexer.reference.enrichment import Enrichment


class HeldTexts:
    """Finds texts of a generation by their words; whoever opens it closes it."""

    def __init__(self, folder: Path) -> None:
        self.generation = folder.name
        self._texts = TextStore(folder)
        self._vectors = mapped_vectors(folder)
        self._vocabulary = Vocabulary(folder, self._texts.rows)
        self._addresses = self._texts.column("address")
        codes = _codes(self._addresses)
        self._order = np.argsort(codes, kind="stable")
        self._codes = codes[self._order]
        written = TextsByWriting.open(folder)
        self._writings = None if written is None else written.code_of_each(self._texts.rows)

    def rows_of(self, addresses: pa.StringArray) -> NDArray[np.int64]:
        """Return for each address a row that holds the same, -1 where none does."""
        if not len(self._codes):
            return np.full(len(addresses), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._codes, _codes(addresses)), len(self._codes) - 1)
        rows = self._order[places]
        same = pc.equal(self._addresses.take(pa.array(rows)), addresses).to_numpy()
        return np.where(same, rows, -1)

    def enrichment(self, rows: NDArray[np.int64]) -> Enrichment:
        """Return what the models made of the texts of some rows."""
        order = np.argsort(rows, kind="stable")
        fields = self._texts.whole(rows[order]).select(PARSED_FIELDS_SCHEMA.names)
        back = np.argsort(order, kind="stable")
        positions, bounds = self._texts.terms_of(rows)
        return Enrichment(
            fields=_one_batch(fields).take(pa.array(back)),
            vectors=self._vectors[rows],
            terms=self._vocabulary.words.take(pa.array(positions)).dictionary_encode(),
            lengths=np.diff(bounds).astype(np.int32),
        )

    def writings(self, addresses: pa.StringArray) -> NDArray[np.uint64]:
        """Return the codes of how some addresses are canonically written, `NOT_HELD` of those whose code is not kept."""
        if self._writings is None:
            return np.full(len(addresses), NOT_HELD)
        rows = self.rows_of(addresses)
        return np.where(rows >= 0, self._writings[rows], NOT_HELD)

    def close(self) -> None:
        """Give the memory maps back."""
        self._addresses = pa.chunked_array([], pa.string())
        self._texts.close()
        self._vocabulary.close()


def _one_batch(fields: pa.Table) -> pa.RecordBatch:
    columns = [column.combine_chunks() for column in fields.columns]
    return pa.RecordBatch.from_arrays(columns, schema=PARSED_FIELDS_SCHEMA)


def _codes(addresses: pa.ChunkedArray | pa.StringArray) -> NDArray[np.uint64]:
    codes = (xxhash.xxh3_64_intdigest(address) for address in addresses.cast(pa.binary()).to_pylist())
    return np.fromiter(codes, dtype=np.uint64, count=len(addresses))
