"""Whether eight bits are enough: judged by what is found, not by how near the numbers stay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.errors import EncoderError
from models.training.pairs import TrainingPairs
from models.training.recall import pair_recall

MOST_LOST = 0.005
"""Share of the pairs that eight bits may lose before the encoder is refused."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Rounding:
    """How often the second text of a pair is the nearest to the first, before and after rounding."""

    recall_in_full: float
    recall_rounded: float
    """With both texts in eight bits or with the first alone, whichever finds less: an index may hold vectors in full."""


def measure_rounding(in_full: Encode, rounded: Encode, pairs: TrainingPairs) -> Rounding:
    """Measure what rounding costs on pairs; raise `EncoderError` when it is more than `MOST_LOST`."""
    everything = range(len(pairs))
    first, second = pairs.side(0, everything), pairs.side(1, everything)
    first_rounded, second_in_full = rounded(first), in_full(second)
    rounding = Rounding(
        pair_recall(in_full(first), second_in_full),
        min(pair_recall(first_rounded, rounded(second)), pair_recall(first_rounded, second_in_full)),
    )
    if rounding.recall_in_full - rounding.recall_rounded > MOST_LOST:
        raise EncoderError(
            f"eight bits lower recall from {rounding.recall_in_full:.4f} to {rounding.recall_rounded:.4f} on "
            f"{len(pairs)} pairs: train again with a lower learning rate."
        )
    return rounding
