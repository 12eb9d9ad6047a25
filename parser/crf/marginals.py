"""Exact probabilities in a linear-chain CRF, for many texts at once: of labels, of runs of one label, of whole labellings.

The forward-backward algorithm, scaled at each token so that long texts neither over- nor underflow (Rabiner, 1989).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from parser.crf.decoding import FloatArray, IntArray

_SMALLEST = 1e-300
"""Stands for a probability of zero, which has no logarithm."""


class Runs(NamedTuple):
    """Runs of neighbouring tokens with one label, in order of text and place, (runs,)."""

    text: IntArray
    start: IntArray
    """First token."""
    end: IntArray
    """Last token, inclusive."""
    probability: FloatArray
    """That exactly these tokens, and none beside them, have that label; in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Messages:
    """What the tokens before and behind a place tell of its label, (texts, longest, labels)."""

    lengths: IntArray
    moves: FloatArray
    """(labels, labels): exponentials of the transitions, scaled."""
    pulls: FloatArray
    """Exponentials of the emissions, scaled so that a step from label to label multiplies `moves` and `pulls`."""
    forward: FloatArray
    """Sums to one over the labels."""
    backward: FloatArray
    """Times `forward` it sums to one over the labels."""
    log_total: FloatArray
    """(texts,): logarithm of the sum over all labellings."""

    def of_path(self, labels: IntArray) -> FloatArray:
        """Return the probability of the label that each token has in a labelling, (texts, longest), in [0, 1]."""
        at = labels[:, :, None]
        found = np.take_along_axis(self.forward, at, axis=2) * np.take_along_axis(self.backward, at, axis=2)
        return np.minimum(found[:, :, 0], 1.0)

    def of_labels(self) -> FloatArray:
        """Return the probability of each label at each token, (texts, longest, labels)."""
        found = self.forward * self.backward
        found /= found.sum(axis=2, keepdims=True)
        return found

    def of_runs(self, labels: IntArray) -> Runs:
        """Return the runs of one label in a labelling of each text, (texts, longest), with their probabilities."""
        longest = labels.shape[1]
        inside = np.arange(longest) < self.lengths[:, None]
        changes = labels[:, 1:] != labels[:, :-1]
        starts, ends = inside.copy(), inside.copy()
        starts[:, 1:] &= changes
        ends[:, :-1] &= changes | ~inside[:, 1:]
        text, start = np.nonzero(starts)
        end = np.nonzero(ends)[1]
        label = labels[text, start]
        stays = self.moves[label, label]
        entering = self.forward[text, start, label]
        # Less the ways that had the label one token earlier already, or keep it for one token more.
        entering -= np.where(
            start > 0, self.forward[text, start - 1, label] * stays * self.pulls[text, start, label], 0.0
        )
        behind = np.minimum(end + 1, longest - 1)
        leaving = self.backward[text, end, label]
        leaving -= np.where(
            end + 1 < self.lengths[text],
            stays * self.pulls[text, behind, label] * self.backward[text, behind, label],
            0.0,
        )
        within = self._logarithms_within(labels)
        log_kept = within[text, end] - within[text, start]
        return Runs(text, start, end, np.clip(entering * np.exp(log_kept) * leaving, 0.0, 1.0))

    def _logarithms_within(self, labels: IntArray) -> FloatArray:
        """Return running sums, (texts, longest), of the logarithms of staying with the label that each token has."""
        pulled = np.take_along_axis(self.pulls, labels[:, :, None], axis=2)[:, :, 0]
        return np.cumsum(np.log(np.maximum(pulled * self.moves[labels, labels], _SMALLEST)), axis=1)


def messages(emissions: FloatArray, transitions: FloatArray, lengths: IntArray) -> Messages:
    """Run the forward-backward algorithm; every text has at least one token."""
    longest = emissions.shape[1]
    shortest = int(lengths.min())
    top = emissions.max(axis=2)
    pulls = np.exp(emissions - top[:, :, None])
    highest = transitions.max()
    moves = np.exp(transitions - highest)
    forward = np.empty_like(emissions)
    scales = np.empty((emissions.shape[0], longest, 1))
    message = pulls[:, 0]
    for step in range(longest):
        if step:
            message = forward[:, step - 1] @ moves
            message *= pulls[:, step]
        scale = np.add.reduce(message, axis=1, keepdims=True, out=scales[:, step])
        np.divide(message, scale, out=forward[:, step])
    pulls /= scales
    backward = np.ones_like(emissions)
    towards = moves.T
    for step in range(longest - 1, 0, -1):
        # Beyond its end a text's message stays all ones.
        earlier = (pulls[:, step] * backward[:, step]) @ towards
        backward[:, step - 1] = (
            earlier if step < shortest else np.where((lengths > step)[:, None], earlier, 1.0)
        )
    inside = np.arange(longest) < lengths[:, None]
    log_total = np.where(inside, np.log(scales[:, :, 0]) + top, 0.0).sum(axis=1) + highest * (lengths - 1)
    return Messages(lengths, moves, pulls, forward, backward, log_total)
