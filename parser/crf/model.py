from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parser.crf.decoding import BestPaths, Marginals, best_paths, marginals
from parser.crf.emissions import ContextTable, FloatArray
from parser.crf.weights import read_weights
from parser.features.batch import IntArray
from parser.features.encoding import encode
from parser.features.token_table import TokenTable
from parser.gazetteer.gazetteer import Gazetteer
from parser.lexicon.lexicon import Lexicon

if TYPE_CHECKING:
    from parser.labels import Label

Words = Sequence[tuple[str, int, int, bool]]
"""The words of a text as `parser.tokens.words_of` gives them."""


@dataclass(frozen=True, slots=True)
class Emissions:
    """The scores of every label at every token of some texts, none of which is empty."""

    scores: FloatArray
    """(texts, longest, labels)"""
    lengths: IntArray


class CrfModel:
    """A trained CRF that labels many texts at once, with the scores that CRFsuite itself would give."""

    def __init__(self, path: Path, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> None:
        weights = read_weights(path)
        self.labels: tuple[Label, ...] = weights.labels
        self._transitions = weights.transitions
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._table = TokenTable(weights, lexicon, gazetteer)
        self._contexts = ContextTable(weights)

    def emissions(self, texts: Sequence[Words]) -> Emissions:
        """Score every label at every token; each text has at least one word."""
        tokens = [word[0] for words in texts for word in words]
        breaks = [word[3] for words in texts for word in words]
        flat, rows = self._table.look_up(tokens)
        encoded = encode(
            tokens, breaks, [len(words) for words in texts], flat, rows, self._lexicon, self._gazetteer
        )
        scores = rows.weights[encoded.ids, 0]
        scores[:, 1:] += rows.weights[encoded.ids[:, :-1], 1]
        scores[:, :-1] += rows.weights[encoded.ids[:, 1:], 2]
        self._contexts.add_to(scores, encoded.batch)
        return Emissions(scores, encoded.batch.lengths)

    def best(self, emissions: Emissions, *, count: int = 1) -> BestPaths:
        """Return the best labellings of each text, the best first."""
        return best_paths(emissions.scores, self._transitions, emissions.lengths, count=count)

    def marginals(self, emissions: Emissions) -> Marginals:
        """Return the probability of every label at every token."""
        return marginals(emissions.scores, self._transitions, emissions.lengths)


def batches_by_length(sizes: Sequence[int], *, cells: int) -> list[IntArray]:
    """Group texts of like length, so that little of a batch is padding; texts without words are left out.

    `cells` bounds texts × longest of a batch, except that one text is always let through.
    """
    order = np.argsort(np.asarray(sizes, dtype=np.int64), kind="stable")
    groups: list[IntArray] = []
    start = int(np.searchsorted(np.asarray(sizes)[order], 1)) if len(order) else 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end + 1 - start) * sizes[int(order[end])] <= cells:
            end += 1
        groups.append(order[start:end])
        start = end
    return groups
