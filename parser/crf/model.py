"""The CRF as it serves: from the features of tokens to the best labellings and their exact probabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from address_match.parser.crf.context_table import ContextTable, FloatArray
from address_match.parser.crf.marginals import Runs, messages
from address_match.parser.crf.second_look import DOUBTED_BELOW, MOST_WORDS, SecondLook
from address_match.parser.crf.token_table import TokenTable
from address_match.parser.crf.towns_of_the_area import TownsOfTheArea
from address_match.parser.crf.usual_order import in_order, usual_order
from address_match.parser.crf.viterbi import BestPaths, best_paths
from address_match.parser.crf.weights import CrfWeights, read_weights
from address_match.parser.features.encoded_texts import encode
from address_match.parser.features.token_batch import BoolArray, IntArray
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.tokens import Words


@dataclass(frozen=True, slots=True)
class Emissions:
    """The scores of every label at every token of some texts, none of which is empty."""

    scores: FloatArray
    """(texts, longest, labels): in the order in which the tokens are read."""
    lengths: IntArray
    order: IntArray
    """(texts, longest): the place at which each token of a text is read."""
    doubts: FloatArray
    """(texts,): logarithm of how many times less probable a labelling is since the text is read otherwise than written."""

    def of(self, rows: IntArray) -> "Emissions":
        """Return those of some of the texts, without what is beyond the longest of them."""
        lengths = self.lengths[rows]
        longest = lengths.max()
        return Emissions(self.scores[rows, :longest], lengths, self.order[rows, :longest], self.doubts[rows])

    def are_reordered(self) -> bool:
        """Return whether any text is read in another order than its own."""
        return bool((self.order != np.arange(self.order.shape[1])).any())


@dataclass(frozen=True, slots=True)
class Decoding:
    """The scores of some texts, their best labellings and what tells how probable those are."""

    emissions: Emissions
    best: BestPaths
    """Of the tokens as they stand in the texts."""
    log_totals: FloatArray
    """(texts,): logarithm of the sum over all labellings."""

    @property
    def probabilities(self) -> FloatArray:
        """Return the probability of the best labelling of each text, (texts,)."""
        return self.best.probabilities(self.log_totals)[:, 0]

    def put(self, rows: IntArray, other: "Decoding", others: IntArray) -> None:
        """Write some texts of another decoding, as long as these, over these."""
        longest = other.emissions.scores.shape[1]
        self.emissions.scores[rows, :longest] = other.emissions.scores[others]
        self.emissions.order[rows, :longest] = other.emissions.order[others]
        self.emissions.doubts[rows] = other.emissions.doubts[others]
        self.best.labels[rows, :, :longest] = other.best.labels[others]
        self.best.scores[rows] = other.best.scores[others]
        self.log_totals[rows] = other.log_totals[others]


@dataclass(frozen=True, slots=True)
class Labellings:
    """The best labellings of some texts and their exact probabilities under the CRF."""

    labels: IntArray
    """(texts, paths, longest)"""
    probabilities: FloatArray
    """(texts, paths): of the whole labelling."""
    exist: BoolArray
    """(texts, paths): false where a text has fewer labellings."""
    certainties: FloatArray
    """(texts, longest): of each label of the best one."""
    runs: Runs
    """Of the best labellings."""
    log_totals: FloatArray
    """(texts,): logarithm of the sum over all labellings."""


class CrfModel:
    """A trained CRF that labels many texts at once, with the scores that CRFsuite itself would give."""

    def __init__(
        self, weights: CrfWeights, contexts: ContextTable, lexicon: Lexicon, gazetteer: Gazetteer | None
    ) -> None:
        """`contexts` are those of the weights."""
        self.labels: tuple[Label, ...] = weights.labels
        self._weights = weights
        self._transitions = weights.transitions
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._table = TokenTable(weights, lexicon, gazetteer)
        self._contexts = contexts
        self._towns = TownsOfTheArea(lexicon, gazetteer)
        self._second_look = SecondLook(lexicon, gazetteer, self._towns)

    @classmethod
    def load(cls, path: Path, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> "CrfModel":
        """Read a model file in CRFsuite's own format; raises ModelFileError when it is none."""
        weights = read_weights(path)
        return cls(weights, ContextTable(weights), lexicon, gazetteer)

    def knowing(self, gazetteer: Gazetteer | None) -> "CrfModel":
        """Return the same model with the names of another reference; they share the weights."""
        return CrfModel(self._weights, self._contexts, self._lexicon, gazetteer)

    def decode(self, texts: Sequence[Words]) -> Decoding:
        """Find the best labelling of each text; one that is doubted may be scored by the words that it was meant to
        hold, by the towns of its postcode's area, or in the usual order.

        Each text has at least one word.
        """
        decoding = self._decoding(self.emissions(texts))
        words = list(texts)
        for change, margin in self._second_look.proposals():
            changed = {row: change(words[row]) for row in _doubted(decoding, words, margin)}
            changed = {row: other for row, other in changed.items() if other != words[row]}
            for row in self._keep_surer(decoding, changed, {}, margin):
                words[row] = changed[row]
        self._weigh_towns(decoding, words)
        orders = {row: self._usual_order(decoding, words, row) for row in _doubted(decoding, words)}
        orders = {row: order for row, order in orders.items() if order != sorted(order)}
        self._keep_surer(
            decoding, {row: in_order(words[row], order) for row, order in orders.items()}, orders
        )
        return decoding

    def _weigh_towns(self, decoding: Decoding, words: Sequence[Words]) -> None:
        """Label doubted texts again with what the area of their postcode tells of the towns in them."""
        if Label.TOWN not in self.labels:
            return
        town = self.labels.index(Label.TOWN)
        weighed = []
        for row in _doubted(decoding, words):
            towns = (decoding.best.labels[row, 0, : len(words[row].texts)] == town).tolist()
            added = self._towns.evidence(words[row], towns)
            if added:
                decoding.emissions.scores[row, list(added), town] += list(added.values())
                weighed.append(row)
        if weighed:
            rows = np.array(weighed, dtype=np.int64)
            decoding.put(rows, self._decoding(decoding.emissions.of(rows)), np.arange(len(rows)))

    def _usual_order(self, decoding: Decoding, words: Sequence[Words], row: int) -> list[int]:
        texts, breaks = words[row]
        return usual_order(
            [self.labels[number] for number in decoding.best.labels[row, 0, : len(texts)].tolist()], breaks
        )

    def _keep_surer(
        self,
        decoding: Decoding,
        changed: Mapping[int, Words],
        orders: Mapping[int, Sequence[int]],
        margin: float = 1.0,
    ) -> list[int]:
        """Put the changed texts in the place of those that are less sure by a margin, and return which these are.

        `orders` holds, where it is another, the order in which the words of a text stand in the changed one.
        """
        if not changed:
            return []
        emissions = self.emissions(list(changed.values()))
        for place, row in enumerate(changed):
            if row in orders:
                emissions.order[place, : len(orders[row])] = np.argsort(orders[row])
        again = self._decoding(emissions)
        rows = np.array(list(changed), dtype=np.int64)
        before = decoding.probabilities[rows]
        surer = np.flatnonzero(again.probabilities > margin * before)
        # Either way to read the text is as likely as it is sure.
        doubts = np.log1p(before / again.probabilities)
        emissions.doubts[:] = doubts
        again.log_totals[:] += doubts
        decoding.put(rows[surer], again, surer)
        return [int(row) for row in rows[surer]]

    def _decoding(self, emissions: Emissions) -> Decoding:
        totals = messages(emissions.scores, self._transitions, emissions.lengths).log_total
        return Decoding(emissions, self.best(emissions), totals + emissions.doubts)

    def emissions(self, texts: Sequence[Words]) -> Emissions:
        """Score every label at every token as it is written; each text has at least one word."""
        tokens = [word for words in texts for word in words.texts]
        breaks = [after_break for words in texts for after_break in words.breaks]
        flat, rows = self._table.look_up(tokens)
        encoded = encode(
            tokens, breaks, [len(words.texts) for words in texts], flat, rows, self._lexicon, self._gazetteer
        )
        weights = rows.weights[encoded.ids]
        scores = weights[:, :, 0].copy()
        scores[:, 1:] += weights[:, :-1, 1]
        scores[:, :-1] += weights[:, 1:, 2]
        self._contexts.add_to(scores, encoded.batch)
        order = np.tile(np.arange(scores.shape[1]), (len(scores), 1))
        return Emissions(scores, encoded.batch.lengths, order, np.zeros(len(scores)))

    def best(self, emissions: Emissions, *, count: int = 1) -> BestPaths:
        """Return the best labellings of each text, the best first."""
        return _as_written(self._best_as_read(emissions, count), emissions)

    def _best_as_read(self, emissions: Emissions, count: int) -> BestPaths:
        return best_paths(emissions.scores, self._transitions, emissions.lengths, count=count)

    def label(self, texts: Sequence[Words], *, count: int = 1) -> Labellings:
        """Label texts, each of at least one word, in the `count` best ways, with exact probabilities."""
        return self.labellings(self.decode(texts).emissions, count=count)

    def labellings(self, emissions: Emissions, *, count: int = 1) -> Labellings:
        """Return the `count` best labellings of each text, with exact probabilities."""
        read = self._best_as_read(emissions, count)
        beliefs = messages(emissions.scores, self._transitions, emissions.lengths)
        along = beliefs.along(read.labels[:, 0])
        paths = _as_written(read, emissions)
        log_totals = beliefs.log_total + emissions.doubts
        if emissions.are_reordered():
            along = along.in_order(emissions.order, paths.labels[:, 0], emissions.lengths)
        return Labellings(
            labels=paths.labels,
            probabilities=paths.probabilities(log_totals),
            exist=paths.exist(),
            certainties=along.labels,
            runs=along.runs,
            log_totals=log_totals,
        )


def _doubted(decoding: Decoding, words: Sequence[Words], margin: float = 1.0) -> list[int]:
    """Return the texts that are looked at again; none is as many times as probable as one that is nearly sure."""
    below = min(DOUBTED_BELOW, 1 / margin)
    doubted = np.flatnonzero(decoding.probabilities < below).tolist()
    return [row for row in doubted if len(words[row].texts) <= MOST_WORDS]


def _as_written(paths: BestPaths, emissions: Emissions) -> BestPaths:
    """Return labellings of the tokens as they are read as those of the tokens as they stand in the texts."""
    if not emissions.are_reordered():
        return paths
    labels = np.take_along_axis(paths.labels, emissions.order[:, None], axis=2)
    return BestPaths(labels, paths.scores)


def batches_by_length(sizes: Sequence[int], *, cells: int) -> list[IntArray]:
    """Group texts of like length, so that little of a batch is padding; texts without words are left out.

    `cells` bounds texts × longest of a batch, except that one text is always let through.
    """
    if len(sizes) == 1:
        return [np.zeros(1, dtype=np.int64)] if sizes[0] else []
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
