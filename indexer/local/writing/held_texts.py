"""The texts of a generation that changes are applied to, with what models made of them: only what is written otherwise
is parsed and encoded.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.local.stored.blocks import Blocks
from address_match.indexer.local.stored.equal_texts import TextsByWriting, writings_of
from address_match.indexer.local.stored.texts import TextStore
from address_match.indexer.local.stored.vectors import mapped_vectors
from address_match.indexer.reference.enrichment import Enrichment
from address_match.indexer.texts.schemas import PARSED_FIELDS_SCHEMA
from address_match.ragged import places_in_ranges, row_of_each


class HeldTexts:
    """Reads a generation by row; whoever opens it closes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = TextStore(folder)
        self.vectors = mapped_vectors(folder)
        self.vocabulary = Vocabulary(folder, self.texts.rows)
        self.blocks = Blocks(folder)
        self._written = TextsByWriting.open(folder)

    def rows_of(self, uprns: pa.StringArray, addresses: pa.StringArray) -> NDArray[np.int64]:
        """Return for each text of a premises a row that holds the same, -1 where none does."""
        starts, ends = self.blocks.ranges_of(uprns)
        places, bounds = places_in_ranges(starts, ends)
        held = self.blocks.rows_at(places)
        asked = row_of_each(bounds)
        in_order = np.argsort(held, kind="stable")
        column = self.texts.column("address").take(pa.array(held[in_order]))
        same = np.empty(len(held), dtype=np.bool_)
        same[in_order] = pc.equal(column, addresses.take(pa.array(asked[in_order]))).to_numpy()
        found = np.full(len(uprns), -1, dtype=np.int64)
        found[asked[same][::-1]] = held[same][::-1]
        return found

    def enrichment(self, rows: NDArray[np.int64]) -> Enrichment:
        """Return what the models made of the texts of some rows."""
        order = np.argsort(rows, kind="stable")
        fields = self.texts.whole(rows[order]).select(PARSED_FIELDS_SCHEMA.names)
        back = np.argsort(order, kind="stable")
        positions, bounds = self.texts.terms_of(rows)
        return Enrichment(
            fields=_one_batch(fields).take(pa.array(back)),
            vectors=self.vectors[rows],
            terms=self.vocabulary.words.take(pa.array(positions)).dictionary_encode(),
            lengths=np.diff(bounds).astype(np.int32),
        )

    def writings(self) -> NDArray[np.uint64]:
        """Return the `writings_of` all texts; found anew where an earlier release did not keep them."""
        kept = None if self._written is None else self._written.code_of_each(self.texts.rows)
        return writings_of(self.texts.column("address")) if kept is None else kept

    def close(self) -> None:
        """Give the memory maps back."""
        self.texts.close()
        self.vocabulary.close()


def _one_batch(fields: pa.Table) -> pa.RecordBatch:
    columns = [column.combine_chunks() for column in fields.columns]
    return pa.RecordBatch.from_arrays(columns, schema=PARSED_FIELDS_SCHEMA)
