"""The embedded engine: one directory, memory-mapped, no server."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from indexer.analysis import term_id
from indexer.errors import EngineUnavailableError
from indexer.local.blocks import Blocks
from indexer.local.postings import Postings
from indexer.local.spellings import Spellings, can_be_guessed
from indexer.local.texts import TextStore
from indexer.local.vectors import VectorStore, quantise
from indexer.local.vocabulary import Vocabulary
from indexer.local.words import WeightedWords, WordSearch
from indexer.manifest import IndexManifest
from indexer.ports import VectorSearch
from indexer.retrieval import Candidates, Channel, Query, QueryBatch, Quotas, TermStatistics

_COSINE_AGAINST_RARITY = 20.0
"""In a crowded postcode a cosine of one weighs as much as sharing two or three rare words."""


class LocalRetriever:
    """Proposes candidates from an index directory; safe to share between threads."""

    def __init__(
        self,
        folder: Path,
        manifest: IndexManifest,
        search_with: Callable[[NDArray[np.int8]], VectorSearch] | None = None,
    ) -> None:
        self.manifest = manifest
        self._texts = TextStore(folder)
        self._vectors = VectorStore(folder)
        self._nearest: VectorSearch = search_with(self._vectors.vectors) if search_with else self._vectors
        self._vocabulary = Vocabulary(folder, self._texts.rows)
        self._words = WordSearch(self._texts, self._vocabulary, Postings(folder))
        self._spellings = Spellings(folder, self._vocabulary)
        self._blocks = Blocks(folder)
        self._open = True

    @property
    def statistics(self) -> TermStatistics:
        """Counts over the whole reference."""
        return self._vocabulary

    def retrieve(self, batch: QueryBatch, quotas: Quotas) -> Candidates:
        """Propose candidates; the answer for a query does not depend on the others of its batch."""
        self.ping()
        found: list[tuple[Channel, int, NDArray[np.int64]]] = []
        vectors = quantise(batch.vectors).astype(np.float32)
        if quotas.block or quotas.lexical:
            known = self._known_words(batch.queries)
            for position, query in enumerate(batch.queries):
                if quotas.block and query.postcodes:
                    rows = self._block(query, known[position], vectors[position], quotas.block)
                    found.append((Channel.BLOCK, position, rows))
                if quotas.lexical:
                    asked = self._with_guesses(query, known[position])
                    found.append((Channel.LEXICAL, position, self._words.search(asked, quotas.lexical)))
        if quotas.dense and len(batch.queries):
            _, nearest = self._nearest.search(batch.vectors, quotas.dense)
            found.extend((Channel.DENSE, position, rows[rows >= 0]) for position, rows in enumerate(nearest))
        return self._assembled(found)

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises, none when it is not held."""
        self.ping()
        texts = self._texts.take(self._blocks.rows_of(uprn))
        return texts.filter(pc.equal(texts.column("uprn"), uprn))

    def ping(self) -> None:
        """Raise EngineUnavailableError once the index is closed."""
        if not self._open:
            raise EngineUnavailableError("This index was closed; open it again")

    def close(self) -> None:
        """Give the memory maps back."""
        if self._open:
            self._open = False
            self._vocabulary.close()
            self._texts.close()

    def _known_words(self, queries: Sequence[Query]) -> list[NDArray[np.int64]]:
        """Return for each query the positions of its terms in the vocabulary, -1 for unknown ones."""
        ids = np.array([term_id(term) for query in queries for term in query.terms], dtype=np.int64)
        positions = self._vocabulary.positions(ids)
        ends = np.cumsum([len(query.terms) for query in queries])
        return np.split(positions, ends[:-1]) if len(queries) else []

    def _weighted(self, query: Query, positions: NDArray[np.int64]) -> WeightedWords:
        known = positions >= 0
        words, first = np.unique(positions[known], return_index=True)
        naming = np.array([not term[:1].isdigit() and len(term) > 1 for term in query.terms], dtype=np.bool_)
        return WeightedWords(words, self._vocabulary.rarity[words], naming[known][first])

    def _with_guesses(self, query: Query, positions: NDArray[np.int64]) -> WeightedWords:
        """Add to the known words of a query those that its unknown words look like."""
        asked = self._weighted(query, positions)
        unknown = [query.terms[p] for p in np.flatnonzero(positions < 0) if can_be_guessed(query.terms[p])]
        for term in unknown:
            words, likeness = self._spellings.guesses(term)
            if not len(words):
                continue
            # A rare name among the guesses tells no more than the others: they are one word that is not known.
            rarity = self._vocabulary.pooled_rarity(words)
            new = ~np.isin(words, asked.words)
            words, likeness = words[new], likeness[new]
            asked = WeightedWords(
                np.concatenate([asked.words, words]),
                np.concatenate([asked.weights, likeness * likeness * np.float32(rarity)]),
                np.concatenate([asked.naming, np.ones(len(words), dtype=np.bool_)]),
            )
        return asked

    def _block(
        self, query: Query, positions: NDArray[np.int64], vector: NDArray[np.float32], quota: int
    ) -> NDArray[np.int64]:
        rows = self._blocks.rows_in(query.postcodes)
        if len(rows) <= quota:
            return rows
        asked = self._weighted(query, positions)
        scores = self._words.shared_rarity(asked, rows)
        scores = scores + _COSINE_AGAINST_RARITY * self._vectors.cosines(vector, rows)
        best: NDArray[np.int64] = rows[np.lexsort((rows, -scores))[:quota]]
        return best

    def _assembled(self, found: list[tuple[Channel, int, NDArray[np.int64]]]) -> Candidates:
        """Merge what the channels found into pairs, and read each text once."""
        sizes = [len(rows) for _, _, rows in found]
        query = np.repeat(np.array([q for _, q, _ in found], dtype=np.int64), sizes)
        flags = np.repeat(np.array([int(channel) for channel, _, _ in found], dtype=np.uint8), sizes)
        rows = np.concatenate([r for _, _, r in found]) if found else np.empty(0, dtype=np.int64)
        key = query * np.int64(max(self._texts.rows, 1)) + rows
        order = np.argsort(key, kind="stable")
        key = key[order]
        first = (
            np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
            if len(key)
            else np.empty(0, np.int64)
        )
        channels = np.bitwise_or.reduceat(flags[order], first) if len(key) else np.empty(0, dtype=np.uint8)
        pairs = order[first]
        distinct, text = np.unique(rows[pairs], return_inverse=True)
        return Candidates(
            query=query[pairs].astype(np.int32),
            text=text.astype(np.int32),
            channels=channels,
            texts=self._texts.take(distinct),
            vectors=np.ascontiguousarray(self._vectors.vectors[distinct]),
        )
