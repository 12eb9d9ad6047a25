"""Whether eight bits a weight are enough: judged by what is found, not by how near the numbers stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.encoder.static import StaticEncoder
from models.errors import EncoderError

if TYPE_CHECKING:
    from models.encoder.static.sentence_module import StaticAddressModule

SAMPLE = 2_000
"""Pairs that are searched among each other."""
MOST_LOST = 0.005
"""Share of them that rounding may lose before the encoder is refused."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How often the second text of a pair is the nearest to the first, before and after rounding the weights."""

    recall_in_full: float
    recall_rounded: float


def measure_rounding(
    module: "StaticAddressModule", pairs: Sequence[tuple[str, str]], rng: np.random.Generator
) -> Rounding:
    """Measure what rounding costs on a sample of pairs; raise `EncoderError` when it is more than `MOST_LOST`."""
    chosen = rng.permutation(len(pairs))[:SAMPLE]
    sides = [[pairs[position][side] for position in chosen] for side in (0, 1)]
    rounded = StaticEncoder(module.table())
    rounding = Rounding(
        _recall(*(module.vectors(side) for side in sides)),
        _recall(*(rounded.encode(side) for side in sides)),
    )
    if rounding.recall_in_full - rounding.recall_rounded > MOST_LOST:
        raise EncoderError(
            f"rounding the weights to eight bits lowers recall from {rounding.recall_in_full:.4f} to "
            f"{rounding.recall_rounded:.4f} on {len(chosen)} pairs: train again with a lower learning rate."
        )
    return rounding


def _recall(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    cosines = first @ second.T
    own = cosines.diagonal().copy()
    np.fill_diagonal(cosines, -2.0)
    return float((own > cosines.max(axis=1)).mean())
