"""Exact inference in a linear-chain CRF for many texts at once; scores are (texts, longest, labels)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_NEVER = -1e30
"""Score of a path that does not exist."""


@dataclass(frozen=True, slots=True)
class BestPaths:
    """The best labellings of each text, the best first."""

    labels: IntArray
    """(texts, paths, longest)"""
    scores: FloatArray
    """(texts, paths); very low where a text has fewer labellings."""


def best_paths(emissions: FloatArray, transitions: FloatArray, lengths: IntArray, *, count: int) -> BestPaths:
    """Find the `count` best labellings of each text by Viterbi's algorithm with that many paths a label.

    Every text has at least one token.
    """
    texts, longest, size = emissions.shape
    kept = min(count, size ** min(longest, 4))
    scores = np.full((texts, size, kept), _NEVER)
    scores[:, :, 0] = emissions[:, 0]
    back = np.zeros((longest, texts, size, kept), dtype=np.int32)
    flat = size * kept
    for step in range(1, longest):
        # (texts, label, label before × path): every way to reach a label
        ways = (scores[:, :, :, None] + transitions[None, :, None, :]).reshape(texts, flat, size)
        if kept == 1:
            chosen = ways.argmax(axis=1)[:, None, :]
        else:
            chosen = np.argsort(-ways, axis=1, kind="stable")[:, :kept, :]
        reached = np.take_along_axis(ways, chosen, axis=1).transpose(0, 2, 1) + emissions[:, step, :, None]
        going = (lengths > step)[:, None, None]
        # A text that has ended keeps its scores, and points back at the same path.
        back[step] = np.where(going, chosen.transpose(0, 2, 1), np.arange(flat).reshape(size, kept))
        scores = np.where(going, reached, scores)
    ends = scores.reshape(texts, flat)
    order = np.argsort(-ends, axis=1, kind="stable")[:, :kept]
    labels = np.zeros((texts, kept, longest), dtype=np.int64)
    at = order
    rows = np.arange(texts)[:, None]
    for step in range(longest - 1, -1, -1):
        labels[:, :, step] = at // kept
        at = back[step].reshape(texts, flat)[rows, at]
    return BestPaths(labels, np.take_along_axis(ends, order, axis=1))


@dataclass(frozen=True, slots=True)
class Marginals:
    """The probability of each label at each token, and the logarithm of the sum over all labellings."""

    probabilities: FloatArray
    """(texts, longest, labels)"""
    log_total: FloatArray
    """(texts,)"""


def marginals(emissions: FloatArray, transitions: FloatArray, lengths: IntArray) -> Marginals:
    """Run the forward-backward algorithm, scaled at each token so that long texts neither over- nor underflow."""
    texts, longest, size = emissions.shape
    top = emissions.max(axis=2)
    likely = np.exp(emissions - top[:, :, None])
    highest = transitions.max()
    moves = np.exp(transitions - highest)
    forward = np.empty_like(emissions)
    scales = np.ones((texts, longest))
    message = likely[:, 0]
    for step in range(longest):
        if step:
            message = (forward[:, step - 1] @ moves) * likely[:, step]
        scales[:, step] = message.sum(axis=1)
        forward[:, step] = message / scales[:, step, None]
    inside = np.arange(longest)[None, :] < lengths[:, None]
    log_total = np.where(inside, np.log(scales) + top, 0.0).sum(axis=1) + highest * (lengths - 1)
    backward = np.ones((texts, size))
    probabilities = np.empty_like(emissions)
    for step in range(longest - 1, -1, -1):
        # Beyond its end a text's message stays all ones.
        probabilities[:, step] = forward[:, step] * backward
        if step:
            earlier = (likely[:, step] * backward) @ moves.T / scales[:, step, None]
            backward = np.where((lengths > step)[:, None], earlier, 1.0)
    probabilities /= probabilities.sum(axis=2, keepdims=True)
    return Marginals(probabilities, log_total)
