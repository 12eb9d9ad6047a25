"""Trains the static encoder from scratch, on pairs of texts that name one premises."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.encoder.static.features import FEATURE_VERSION, FeatureReader
from models.encoder.static.hashing import TABLE_ROWS
from models.errors import MissingTrainingExtraError, TrainingDataError
from models.training.rounding import measure_rounding
from models.training.sampling import BatchSampler

if TYPE_CHECKING:
    from models.encoder.static.sentence_module import StaticAddressModule

log = logging.getLogger(__name__)

MATRYOSHKA = (256, 128, 64)
"""Leading dimensions that are trained to serve alone."""
BATCH_SIZE = 512
LEARNING_RATE = 0.02
TEMPERATURE_SCALE = 20.0
"""Cosines are multiplied by it before the softmax over the batch."""
STEPS = 1200
WARM_UP_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class StaticTrainingReport:
    """What was trained, on how much, and how long it took."""

    family: str
    feature_version: int
    pairs: int
    groups: int
    steps: int
    batch_size: int
    learning_rate: float
    dimensions: int
    seed: int
    first_loss: float
    """Mean loss of the first twentieth of the steps."""
    last_loss: float
    """Mean loss of the last twentieth of the steps."""
    recall_in_full: float
    """Share of a sample of the training pairs that find each other with the weights as trained."""
    recall_rounded: float
    """The same with the weights as saved."""
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class _Side:
    """Features of one text of every pair, flattened."""

    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]

    def take(
        self, pairs: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Gather the features of some pairs, in their order."""
        lengths = self.starts[pairs + 1] - self.starts[pairs]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        chosen = np.repeat(self.starts[pairs] - starts[:-1], lengths) + np.arange(starts[-1])
        return self.rows[chosen].astype(np.int64), self.weights[chosen], starts


def train_static(
    pairs: Sequence[tuple[str, str]],
    groups: Sequence[int],
    out: Path,
    *,
    seed: int,
    steps: int = STEPS,
    batch_size: int = BATCH_SIZE,
    learning_rate: float = LEARNING_RATE,
    dimensions: int = 256,
    threads: int = 1,
    progress: Callable[[int, int, float], None] | None = None,
) -> StaticTrainingReport:
    """Train an encoder and save it into the directory `out`, in the layout of sentence-transformers.

    Both texts of a pair name one premises; `groups` gives each pair's street, whose other pairs become its hard
    negatives: give one pair for each premises, else its other pairs are taken for negatives. With one thread the
    same arguments give the same weights. `progress` is called after each step with the steps done, all steps, and
    the loss. Raises `MissingTrainingExtraError` without torch, `TrainingDataError` when there are too few pairs or
    not as many groups, and `EncoderError` when rounding the weights costs recall.
    """
    _refuse_too_few(pairs, groups)
    try:
        import torch
        from sentence_transformers import SentenceTransformer

        from models.encoder.static.sentence_module import StaticAddressModule
    except ImportError as error:
        raise MissingTrainingExtraError(
            "Training an encoder needs torch and sentence-transformers: pip install 'address-match[train]'"
        ) from error
    started = time.process_time()
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    left, right = _read_sides(pairs)
    module = StaticAddressModule(_first_rows((left, right), dimensions, rng))
    model = SentenceTransformer(modules=[module], device="cpu")
    sampler = BatchSampler(groups, batch_size=batch_size, rng=rng)
    losses = _fit(model, module, sampler, (left, right), steps, learning_rate, progress)
    rounding = measure_rounding(module, pairs, rng)
    out.mkdir(parents=True, exist_ok=True)
    model.save(str(out), create_model_card=False)
    edge = max(1, len(losses) // 20)
    report = StaticTrainingReport(
        family="static",
        feature_version=FEATURE_VERSION,
        pairs=len(pairs),
        groups=len(set(groups)),
        steps=steps,
        batch_size=batch_size,
        learning_rate=learning_rate,
        dimensions=dimensions,
        seed=seed,
        first_loss=float(np.mean(losses[:edge])),
        last_loss=float(np.mean(losses[-edge:])),
        recall_in_full=rounding.recall_in_full,
        recall_rounded=rounding.recall_rounded,
        cpu_seconds=time.process_time() - started,
    )
    log.info("trained the static encoder: %s", json.dumps(asdict(report)))
    return report


def _refuse_too_few(pairs: Sequence[tuple[str, str]], groups: Sequence[int]) -> None:
    if len(pairs) != len(groups):
        raise TrainingDataError(f"{len(pairs)} pairs but {len(groups)} groups: give one group for each pair.")
    if len(pairs) < 2:
        raise TrainingDataError(
            f"{len(pairs)} pairs are too few to train on: give at least 2, better 100,000."
        )


def _read_sides(pairs: Sequence[tuple[str, str]]) -> tuple[_Side, _Side]:
    from models.encoder.static.sentence_module import expanded_features

    reader = FeatureReader()
    sides: list[_Side] = []
    for side in (0, 1):
        parts = []
        for start in range(0, len(pairs), 4096):
            rows, weights, starts = expanded_features(
                reader, [pair[side] for pair in pairs[start : start + 4096]]
            )
            parts.append((rows.astype(np.int32), weights, np.diff(starts)))
        lengths = np.concatenate([part[2] for part in parts])
        sides.append(
            _Side(
                np.concatenate([part[0] for part in parts]),
                np.concatenate([part[1] for part in parts]),
                np.concatenate([[0], np.cumsum(lengths)]),
            )
        )
    return sides[0], sides[1]


def _first_rows(sides: tuple[_Side, _Side], dimensions: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Random directions, the longer the rarer the feature is: without training this is a rarity-weighted overlap."""
    rows = np.concatenate([side.rows for side in sides])
    texts = sum(len(side.starts) - 1 for side in sides)
    frequency = np.bincount(rows, minlength=TABLE_ROWS) / texts
    length = np.log1p(1 / (frequency + 1e-4)) / np.log1p(1e4)
    directions = rng.standard_normal((TABLE_ROWS, dimensions)).astype(np.float32) / np.sqrt(dimensions)
    first: NDArray[np.float32] = (directions * length[:, None]).astype(np.float32)
    return first


def _fit(
    model: Any,
    module: "StaticAddressModule",
    sampler: BatchSampler,
    sides: tuple[_Side, _Side],
    steps: int,
    learning_rate: float,
    progress: Callable[[int, int, float], None] | None,
) -> list[float]:
    import torch
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss

    from models.encoder.static.sentence_module import as_batch
    from models.training.row_optimiser import RowAdagrad

    ranking = MultipleNegativesRankingLoss(model, scale=TEMPERATURE_SCALE)
    cuts = [cut for cut in MATRYOSHKA if cut <= module.get_embedding_dimension()] or [
        module.get_embedding_dimension()
    ]
    loss_of = MatryoshkaLoss(model, ranking, matryoshka_dims=cuts)
    optimiser = RowAdagrad(module.embedding.weight)
    warm_up = max(1, int(steps * WARM_UP_SHARE))
    losses: list[float] = []
    for step, chosen in enumerate(sampler.batches(steps)):
        share = (step + 1) / warm_up if step < warm_up else (steps - step) / max(1, steps - warm_up)
        features = [side.take(chosen) for side in sides]
        touched, positions = _touched(features)
        rows = torch.from_numpy(touched)
        borrowed = optimiser.borrow(rows)
        batches = [
            as_batch(positions[own], weights, starts) | {"table": borrowed}
            for own, weights, starts in features
        ]
        loss = loss_of(batches, torch.zeros(len(chosen)))
        loss.backward()
        optimiser.give_back(rows, borrowed, learning_rate * share)
        losses.append(float(loss.detach()))
        if progress is not None:
            progress(step + 1, steps, losses[-1])
    return losses


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
