"""The inverted index over words: which texts hold the rare words of a query.

An address query is short and every word stands in a text at most once, so BM25 comes down to the sum of the
rarities of the shared words times one factor of the text's length. The rarest words of the query propose the
texts; all its words order them.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.local.layout import POSTING_OFFSETS, POSTINGS, TERM_COUNTS, TERM_IDS, map_array, save_array
from indexer.local.texts import TextStore

_MOST_DRIVING_WORDS = 24
_FEWEST_DRIVING_WORDS = 2
_POSTINGS_TO_READ = 40_000
"""Reading one posting costs about 10 ns; the words beyond this only order what the rarer ones proposed."""
_ORDERED = 300
_TIES_ORDERED = 3_000
_K1 = 1.2
_B = 0.5
"""Long texts are long because they name a flat, a building and a locality; half of the usual penalty serves."""


@dataclass(frozen=True, slots=True)
class WeightedWords:
    """Words of a query as positions in the vocabulary."""

    words: NDArray[np.int64]
    """Distinct."""
    weights: NDArray[np.float32]
    """Rarity, less for a word that is only similar to the one that was asked for."""
    naming: NDArray[np.bool_]
    """Whether the word names something; false for a number."""


def write_words(
    folder: Path, term_ids: NDArray[np.int64], text_terms: NDArray[np.int32], lengths: NDArray[np.int64]
) -> None:
    """Write the vocabulary, how many texts hold each word, and which; `term_ids` ascend."""
    counts = np.bincount(text_terms, minlength=len(term_ids)).astype(np.int64)
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    order = np.argsort(text_terms, kind="stable")
    save_array(folder, TERM_IDS, term_ids)
    save_array(folder, TERM_COUNTS, counts)
    save_array(folder, POSTING_OFFSETS, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
    save_array(folder, POSTINGS, rows[order])


class Vocabulary:
    """The words of the reference and how many texts hold each; satisfies `TermStatistics`."""

    def __init__(self, folder: Path, texts: int) -> None:
        self._ids: NDArray[np.int64] = map_array(folder, TERM_IDS)
        self._counts: NDArray[np.int64] = map_array(folder, TERM_COUNTS)
        self._texts = texts
        self.rarity: NDArray[np.float32] = np.log1p(
            (texts - self._counts + 0.5) / (self._counts + 0.5)
        ).astype(np.float32)
        """BM25's inverse document frequency of each word."""

    @property
    def texts(self) -> int:
        """Number of texts in the reference."""
        return self._texts

    def __len__(self) -> int:
        return len(self._ids)

    def positions(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the position of each word, -1 for one that the reference does not know."""
        if not len(self._ids):
            return np.full(len(term_ids), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self._ids, term_ids), len(self._ids) - 1)
        return np.where(self._ids[found] == term_ids, found, -1)

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each word the number of texts that hold it."""
        found = self.positions(term_ids)
        if not len(self._ids):
            return np.zeros(len(term_ids), dtype=np.int64)
        return np.where(found >= 0, self._counts[found], 0)

    def pooled_rarity(self, positions: NDArray[np.int64]) -> float:
        """Return the inverse document frequency that several words would have as one."""
        held = min(int(self._counts[positions].sum()), self._texts)
        return float(np.log1p((self._texts - held + 0.5) / (held + 0.5)))

    def count(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of texts that hold the words at the positions."""
        counts: NDArray[np.int64] = self._counts[positions]
        return counts


class WordSearch:
    """Finds the texts that share the rarest words with a query."""

    def __init__(self, folder: Path, texts: TextStore, vocabulary: Vocabulary) -> None:
        self._texts = texts
        self._vocabulary = vocabulary
        self._offsets: NDArray[np.int64] = map_array(folder, POSTING_OFFSETS)
        self._postings: NDArray[np.int32] = map_array(folder, POSTINGS)
        lengths = texts.lengths.astype(np.float32)
        average = float(lengths.mean()) if len(lengths) else 1.0
        self._length_factor = ((_K1 + 1) / (1 + _K1 * (1 - _B + _B * lengths / average))).astype(np.float32)
        self._scratch = threading.local()

    def search(self, asked: WeightedWords, limit: int) -> NDArray[np.int64]:
        """Return the rows of the best texts, at most `limit`, best first, ties by row."""
        driving = self._driving(asked)
        if not len(driving) or limit <= 0:
            return np.empty(0, dtype=np.int64)
        proposed, sums = self._gather(asked, driving)
        scores = sums * self._length_factor[proposed]
        wanted = max(_ORDERED, 4 * limit)
        if len(proposed) > wanted:
            threshold = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
            proposed = proposed[scores >= threshold]
            if len(proposed) > _TIES_ORDERED:
                proposed = np.sort(proposed)[:_TIES_ORDERED]
        rows = proposed.astype(np.int64)
        final = self.shared_rarity(asked, rows) * self._length_factor[rows]
        best: NDArray[np.int64] = rows[np.lexsort((rows, -final))[:limit]]
        return best

    def shared_rarity(self, asked: WeightedWords, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each row the sum of the weights of the words that it shares with the query."""
        weights = self._table("weights", len(self._vocabulary))
        weights[asked.words] = asked.weights
        words, starts = self._texts.terms_of(rows)
        # Sums of few numbers in double precision: the same in whatever company they are added up.
        running = np.concatenate([[0.0], np.cumsum(np.rint(weights[words] * 65536.0))])
        weights[asked.words] = 0
        sums: NDArray[np.float32] = ((running[starts[1:]] - running[starts[:-1]]) / 65536.0).astype(
            np.float32
        )
        return sums

    def _driving(self, asked: WeightedWords) -> NDArray[np.int64]:
        """Choose the words that propose texts: the rarest, among them one that is no number."""
        if not len(asked.words):
            return np.empty(0, dtype=np.int64)
        counts = self._vocabulary.count(asked.words)
        order = np.lexsort((asked.words, counts))
        read = np.cumsum(counts[order])
        within = int(np.searchsorted(read, _POSTINGS_TO_READ, side="right"))
        chosen = order[: min(max(within, _FEWEST_DRIVING_WORDS), _MOST_DRIVING_WORDS)]
        if not asked.naming[chosen].any() and asked.naming.any():
            chosen = np.append(chosen, order[asked.naming[order]][0])
        return chosen

    def _gather(
        self, asked: WeightedWords, driving: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        sums = self._table("sums", self._texts.rows)
        found: list[NDArray[np.int32]] = []
        for position in driving:
            word = asked.words[position]
            rows = self._postings[self._offsets[word] : self._offsets[word + 1]]
            before = sums[rows]
            found.append(rows[before == 0])
            sums[rows] = before + asked.weights[position]
        distinct = np.concatenate(found)
        totals = sums[distinct]
        sums[distinct] = 0
        return distinct, totals

    def _table(self, name: str, size: int) -> NDArray[np.float32]:
        """A table of zeros of this thread; whoever writes to it puts the zeros back."""
        table: NDArray[np.float32] | None = getattr(self._scratch, name, None)
        if table is None:
            table = np.zeros(size, dtype=np.float32)
            setattr(self._scratch, name, table)
        return table
