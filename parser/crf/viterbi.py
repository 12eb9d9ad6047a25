"""The best labellings in a linear-chain CRF, exact and for many texts at once; scores are (texts, longest, labels)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

BoolArray = npt.NDArray[np.bool_]

_NEVER = -1e30
"""Score of a path that does not exist."""
_LOWEST_POSSIBLE = -1e20
"""A path that scores less than this is none."""


@dataclass(frozen=True, slots=True)
class BestPaths:
    """The best labellings of each text, the best first."""

    labels: IntArray
    """(texts, paths, longest)"""
    scores: FloatArray
    """(texts, paths); very low where a text has fewer labellings."""

    def exist(self) -> BoolArray:
        """Return (texts, paths): false where a text has fewer labellings."""
        return self.scores > _LOWEST_POSSIBLE

    def probabilities(self, log_totals: FloatArray) -> FloatArray:
        """Return the probability of each whole labelling, (texts, paths), given the logarithms of the sums over all,
        (texts,).
        """
        return np.exp(np.minimum(self.scores - log_totals[:, None], 0.0))


def best_paths(emissions: FloatArray, transitions: FloatArray, lengths: IntArray, *, count: int) -> BestPaths:
    """Find the `count` best labellings of each text, which has at least one token."""
    if count == 1:
        return _best_path(emissions, transitions, lengths)
    return _several_paths(emissions, transitions, lengths, count)


def _best_path(emissions: FloatArray, transitions: FloatArray, lengths: IntArray) -> BestPaths:
    """Run Viterbi's algorithm.

    The way on which a label was reached is looked up behind the last step, for the labels of the best path alone.
    """
    texts, longest, size = emissions.shape
    shortest = int(lengths.min())
    # The texts stand together in memory, so that a step is a few long operations.
    of_places = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    scores = np.empty((longest, size, texts))
    scores[0] = of_places[0]
    moves = transitions[:, :, None]
    # (label before, label, text)
    ways = np.empty((size, size, texts))
    for step in range(1, longest):
        reached = scores[step]
        np.add(scores[step - 1][:, None], moves, out=ways)
        np.maximum.reduce(ways, axis=0, out=reached)
        reached += of_places[step]
        if step >= shortest:
            np.copyto(reached, scores[step - 1], where=lengths <= step)
    labels = np.empty((texts, 1, longest), dtype=np.int64)
    at = scores[-1].argmax(axis=0)
    best = scores[-1][at, np.arange(texts)][:, None]
    for step in range(longest - 1, 0, -1):
        labels[:, 0, step] = at
        came = (scores[step - 1] + transitions[:, at]).argmax(axis=0)
        at = came if step < shortest else np.where(lengths > step, came, at)
    labels[:, 0, 0] = at
    return BestPaths(labels, best)


def _several_paths(
    emissions: FloatArray, transitions: FloatArray, lengths: IntArray, count: int
) -> BestPaths:
    """Run Viterbi's algorithm with that many paths a label."""
    texts, longest, size = emissions.shape
    kept = min(count, size ** min(longest, 4))
    shortest = int(lengths.min())
    scores = np.full((texts, size, kept), _NEVER)
    scores[:, :, 0] = emissions[:, 0]
    flat = size * kept
    back = np.empty((longest, texts, size, kept), dtype=np.int32)
    unmoved = np.arange(flat).reshape(size, kept)
    back[0] = unmoved
    # (label, label before × path): every way to reach a label stands together in memory, as in the search for one path
    before = np.repeat(transitions.T, kept, axis=1)
    ways = np.empty((texts, size, flat))
    every_way = ways.reshape(-1)
    first_way = np.arange(0, texts * size * flat, flat).reshape(texts, size)
    reached = np.empty((texts, size, kept))
    for step in range(1, longest):
        np.add(scores.reshape(texts, 1, flat), before, out=ways)
        # A few searches for the best of those that are left cost less than sorting them all, and find equals in the
        # same order.
        for path in range(kept):
            chosen = ways.argmax(axis=2)
            back[step, :, :, path] = chosen
            chosen += first_way
            reached[:, :, path] = every_way[chosen]
            every_way[chosen] = -np.inf
        reached += emissions[:, step, :, None]
        if step >= shortest:
            # A text that has ended keeps its scores, and points back at the same path.
            going = (lengths > step)[:, None, None]
            back[step] = np.where(going, back[step], unmoved)
            scores = np.where(going, reached, scores)
        else:
            scores, reached = reached, scores
    ends = scores.reshape(texts, flat)
    order = np.argsort(-ends, axis=1, kind="stable")[:, :kept]
    passed = np.empty((longest, texts, kept), dtype=np.int64)
    at = order
    rows = np.arange(texts)[:, None]
    for step in range(longest - 1, -1, -1):
        passed[step] = at
        at = back[step].reshape(texts, flat)[rows, at]
    labels = (passed // kept).transpose(1, 2, 0)
    return BestPaths(labels, np.take_along_axis(ends, order, axis=1))
