"""The static encoder while it is trained."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.static.features import FeatureReader
from address_match.models.encoder.static.hashing import TABLE_ROWS
from address_match.models.encoder.static.sentence_module import (
    StaticAddressModule,
    as_batch,
    expanded_features,
)
from address_match.models.encoder.training.checkpoint import State
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.ranking_loss import ranking_loss
from address_match.models.training_extra import training_extra_for
from address_match.ragged import bounds_of, places_in_rows

with training_extra_for():
    import torch
    from sentence_transformers import SentenceTransformer
_READ_AT_ONCE = 4_096
"""Texts whose features are read at a time."""
_EPSILON = 1e-10
"""Keeps Adagrad from dividing by 0."""


class StaticLearner:
    """Learns the rows of hashed features; a step touches only the rows that its batch has."""

    def __init__(self, pairs: TrainingPairs, *, dimensions: int, rng: np.random.Generator) -> None:
        self._sides = [_read(pairs.side(side, range(len(pairs)))) for side in (0, 1)]
        self.module = StaticAddressModule(_first_rows(self._sides, dimensions, rng))
        self.model = SentenceTransformer(modules=[self.module], device="cpu")
        self.dimensions = dimensions
        self._loss = ranking_loss(self.model, dimensions)
        self._optimiser = RowAdagrad(self.module.embedding.weight)

    def step(self, pairs: NDArray[np.int64], learning_rate: float) -> float:
        """Learn from a batch of pairs and return the loss."""
        features = [side.take(pairs) for side in self._sides]
        touched, positions = _touched(features)
        rows = torch.from_numpy(touched)
        borrowed = self._optimiser.borrow(rows)
        batches = [
            as_batch(positions[own], weights, starts) | {"table": borrowed}
            for own, weights, starts in features
        ]
        loss = self._loss(batches, torch.zeros(len(pairs)))
        loss.backward()
        self._optimiser.give_back(rows, borrowed, learning_rate)
        return float(loss.detach())

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors by the weights as they are, not rounded, shape (texts, dimensions)."""
        return self.module.vectors(texts)

    def weights(self) -> State:
        """Return a copy of the table."""
        return {"rows": self.module.embedding.weight.detach().numpy().copy()}

    def load_weights(self, weights: State) -> None:
        """Take a table."""
        self.module.embedding.weight.data.copy_(torch.from_numpy(weights["rows"]))

    def memory(self) -> State:
        """Return a copy of the squared gradients."""
        return {"squares": self._optimiser.squares.numpy().copy()}

    def load_memory(self, memory: State) -> None:
        """Take squared gradients."""
        self._optimiser.squares.copy_(torch.from_numpy(memory["squares"]))


class RowAdagrad:
    """Adagrad over the rows of the table that a batch touches: the rest is neither read nor written.

    Each step is scaled by the root of the squared gradients that a weight has seen (Duchi et al., 2011).
    """

    def __init__(self, table: torch.Tensor) -> None:
        self._table = table.detach()
        self.squares = torch.zeros_like(self._table)

    def borrow(self, rows: torch.Tensor) -> torch.Tensor:
        """Return a copy of some rows, shape (rows, dimensions), that collects a gradient."""
        return self._table[rows].requires_grad_()

    def give_back(self, rows: torch.Tensor, borrowed: torch.Tensor, learning_rate: float) -> None:
        """Move the rows against the gradient that the borrowed copy has collected."""
        gradient = borrowed.grad
        if gradient is None:
            return
        squares = self.squares[rows].addcmul_(gradient, gradient)
        self.squares[rows] = squares
        self._table[rows] = borrowed.detach().addcdiv_(
            gradient, squares.sqrt_().add_(_EPSILON), value=-learning_rate
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """Features of one text of every pair, as a ragged array."""

    rows: NDArray[np.int32]
    """Rows of the table."""
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    """Shape (pairs + 1,)."""

    def take(
        self, pairs: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Gather the features of some pairs, in their order."""
        chosen, starts = places_in_rows(self.starts, pairs)
        return self.rows[chosen].astype(np.int64), self.weights[chosen], starts


def _read(texts: Sequence[str]) -> _Side:
    reader = FeatureReader()
    parts = []
    for start in range(0, len(texts), _READ_AT_ONCE):
        rows, weights, starts = expanded_features(reader, texts[start : start + _READ_AT_ONCE])
        parts.append((rows.astype(np.int32), weights, np.diff(starts)))
    lengths = np.concatenate([part[2] for part in parts])
    return _Side(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        bounds_of(lengths),
    )


def _first_rows(sides: Sequence[_Side], dimensions: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return random directions, the longer the rarer the feature is: without training this is a rarity-weighted
    overlap.
    """
    rows = np.concatenate([side.rows for side in sides])
    texts = sum(len(side.starts) - 1 for side in sides)
    frequency = np.bincount(rows, minlength=TABLE_ROWS) / texts
    length = np.log1p(1 / (frequency + 1e-4)) / np.log1p(1e4)
    directions = rng.standard_normal((TABLE_ROWS, dimensions)).astype(np.float32) / np.sqrt(dimensions)
    first: NDArray[np.float32] = (directions * length[:, None]).astype(np.float32)
    return first


def _touched(
    features: Sequence[tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows of a batch, and for each row of the table its place among them."""
    held = np.zeros(TABLE_ROWS, bool)
    for rows, _, _ in features:
        held[rows] = True
    touched = np.flatnonzero(held)
    positions = np.zeros(TABLE_ROWS, np.int64)
    positions[touched] = np.arange(len(touched))
    return touched, positions
