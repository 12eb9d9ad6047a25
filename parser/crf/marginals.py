"""Exact probabilities in a linear-chain CRF, for many texts at once: of labels, of runs of one label, of whole
labellings.

The forward-backward algorithm, scaled at each token so that long texts neither over- nor underflow (Rabiner, 1989).
Both ways are gone at once, which takes half as many array operations.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from address_match.parser.crf.viterbi import FloatArray, IntArray

_SMALLEST = 1e-300
"""Stands for a probability of zero, which has no logarithm."""
_MOST_LOG_CHANGE = 300.0
"""Of a message between two scalings; the product of two of them is still far from the limits of floats, e to 709."""


class Runs(NamedTuple):
    """Runs of neighbouring tokens with one label, in order of text and place, (runs,)."""

    text: IntArray
    start: IntArray
    """First token."""
    end: IntArray
    """Last token, inclusive."""
    probability: FloatArray
    """That exactly these tokens, and none beside them, have that label; in [0, 1]."""


class PathBeliefs(NamedTuple):
    """How probable the parts of a labelling of each text are."""

    labels: FloatArray
    """(texts, longest): each label at its token, in [0, 1]."""
    runs: Runs

    def in_order(self, order: IntArray, labels: IntArray, lengths: IntArray) -> "PathBeliefs":
        """Return those of the same tokens in another order, in which they have these labels, (texts, longest).

        `order` is the place of each of them in this one. A run of tokens that are of several here is as probable as the
        least probable of those.
        """
        inside = np.arange(labels.shape[1]) < lengths[:, None]
        of_token = np.ones(labels.shape)
        of_token[inside] = np.repeat(self.runs.probability, self.runs.end - self.runs.start + 1)
        of_token = np.take_along_axis(of_token, order, axis=1)
        text, start, end = _runs(labels, lengths)
        sizes = end - start + 1
        probability = np.minimum.reduceat(of_token[inside], np.cumsum(sizes) - sizes)
        return PathBeliefs(
            np.take_along_axis(self.labels, order, axis=1), Runs(text, start, end, probability)
        )


@dataclass(frozen=True, slots=True)
class Messages:
    """What the tokens before and behind a place tell of its label, (texts, longest, labels), without gaps."""

    lengths: IntArray
    moves: FloatArray
    """(labels, labels): exponentials of the transitions, scaled."""
    pulls: FloatArray
    """Exponentials of the emissions, scaled so that a step from label to label multiplies `moves` and `pulls`."""
    forward: FloatArray
    backward: FloatArray
    """Times `forward` it is the probability of each label at each token, which sums to one over the labels."""
    log_total: FloatArray
    """(texts,): logarithm of the sum over all labellings."""

    def along(self, labels: IntArray) -> PathBeliefs:
        """Return the probabilities of a labelling of each text, (texts, longest), and of its runs of one label."""
        texts, longest, size = self.forward.shape
        every = np.arange(0, texts * longest * size, size).reshape(texts, longest) + labels
        forward, backward, pulls = (
            values.reshape(-1) for values in (self.forward, self.backward, self.pulls)
        )
        stays = self.moves.diagonal()[labels]
        staying = stays * pulls[every]
        text, start, end = _runs(labels, self.lengths)
        first, last = every[text, start], every[text, end]
        entering, leaving = forward[first], backward[last]
        # Less the ways that had the label one token earlier already, or keep it for one token more.
        later = start.nonzero()[0]
        entering[later] -= forward[first[later] - size] * staying[text[later], start[later]]
        sooner = (end + 1 < self.lengths[text]).nonzero()[0]
        behind = last[sooner] + size
        leaving[sooner] -= stays[text[sooner], end[sooner]] * pulls[behind] * backward[behind]
        within = np.log(np.maximum(staying, _SMALLEST)).cumsum(axis=1)
        probability = entering * np.exp(within[text, end] - within[text, start]) * leaving
        runs = Runs(text, start, end, np.minimum(np.maximum(probability, 0.0), 1.0))
        return PathBeliefs(np.minimum(forward[every] * backward[every], 1.0), runs)


def _runs(labels: IntArray, lengths: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the text, the first and the last token of each run, (runs,)."""
    inside = np.arange(labels.shape[1] + 1) < lengths[:, None]
    begins = ~inside
    begins[:, 0] = True
    begins[:, 1:-1] |= labels[:, 1:] != labels[:, :-1]
    text, start = (begins[:, :-1] & inside[:, :-1]).nonzero()
    return text, start, (begins[:, 1:] & inside[:, :-1]).nonzero()[1]


def messages(emissions: FloatArray, transitions: FloatArray, lengths: IntArray) -> Messages:
    """Run the forward-backward algorithm; every text has at least one token."""
    texts, longest, size = emissions.shape
    top = emissions.max(axis=2)
    pulls = np.exp(emissions - top[:, :, None])
    highest = transitions.max()
    moves = np.exp(transitions - highest)
    # (place from either end, text, way, label): a message from the right holds the pull of its own place.
    pulling = np.empty((longest, texts, 2, size))
    pulling[:, :, 0] = pulls.transpose(1, 0, 2)
    pulling[:, :, 1] = pulling[::-1, :, 0]
    # Both ways in one product of matrices.
    moving = np.zeros((2 * size, 2 * size))
    moving[:size, :size] = moves
    moving[size:, size:] = moves.T
    scales = np.ones((longest, texts, 2, 1))
    uneven = longest - int(lengths.min())
    unscaled = _steps_unscaled(moves)
    # Each place's pulls become its messages.
    passed = pulling
    for step in range(1, longest):
        message = (passed[step - 1].reshape(texts, -1) @ moving).reshape(texts, 2, size)
        if step <= uneven:
            # From the right, a text that is shorter than the longest begins later.
            message[:, 1] = np.where((lengths > longest - step)[:, None], message[:, 1], 1.0)
        passed[step] *= message
        if step % unscaled == 0:
            np.add.reduce(passed[step], axis=2, keepdims=True, out=scales[step])
            passed[step] /= scales[step]
    inside = np.arange(longest) < lengths[:, None]
    forward = np.ascontiguousarray(passed[:, :, 0].transpose(1, 0, 2))
    backward = np.ones_like(forward)
    backward[:, :-1] = (passed[-2::-1, :, 1] @ moves.T).transpose(1, 0, 2)
    if uneven:
        backward[:, :-1][~inside[:, 1:]] = 1.0
    totals = (forward * backward).sum(axis=2, keepdims=True)
    backward /= totals
    grown = scales[:, :, 0].transpose(1, 0, 2)
    log_scales = np.where(inside, np.log(grown[:, :, 0]) + top, 0.0).sum(axis=1)
    ends = totals[np.arange(texts), lengths - 1, 0]
    log_total = log_scales + np.log(ends) + highest * (lengths - 1)
    return Messages(lengths, moves, pulls / grown, forward, backward, log_total)


def _steps_unscaled(moves: FloatArray) -> int:
    """Return how many steps a message may go before it is scaled.

    Some label has a pull of one and none a larger one, so that a step leaves at least the least of the moves of what a
    message sums to, and at most makes it larger by the number of labels.
    """
    least = max(float(moves.min()), _SMALLEST)
    return max(1, int(_MOST_LOG_CHANGE / max(-np.log(least), np.log(len(moves)), 1.0)))
