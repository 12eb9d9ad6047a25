"""Trains the static encoder from scratch, on pairs of texts that name one premises."""

from pathlib import Path
from typing import TYPE_CHECKING

from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.static.features import FEATURE_VERSION
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.recall import QuantisationLoss, measure_quantisation_loss
from address_match.models.encoder.training.run_training import TrainingReport, TrainingRun, run_training
from address_match.models.encoder.training.schedule import Schedule
from address_match.models.errors import EncoderError
from address_match.models.training_extra import training_extra_for

if TYPE_CHECKING:
    from address_match.models.encoder.training.static_learner import StaticLearner

SCHEDULE = Schedule(steps=1_200, batch_size=512, learning_rate=0.02)
DIMENSIONS = 256


def train_static(
    pairs: TrainingPairs,
    out: Path,
    run: TrainingRun,
    *,
    dimensions: int = DIMENSIONS,
) -> TrainingReport:
    """Train an encoder and save it into the directory `out`, in the layout of sentence-transformers.

    The same arguments give the same weights, also where a training was killed and taken up from its checkpoint.
    Raises `MissingTrainingExtraError` without torch, `TrainingDataError` when the checkpoint is of another training,
    and `EncoderError` when rounding the weights costs recall.
    """
    with training_extra_for():
        import torch

        from address_match.models.encoder.training.static_learner import StaticLearner
    torch.set_num_threads(1)
    return run_training(
        lambda learned, rng: StaticLearner(learned, dimensions=dimensions, rng=rng),
        lambda learner, held_out: _save(learner, out, held_out),
        pairs,
        run,
        family="static",
        base="",
        settings={"features": FEATURE_VERSION, "dimensions": dimensions},
    )


def _save(learner: "StaticLearner", out: Path, held_out: TrainingPairs) -> QuantisationLoss:
    """Save the table in eight bits, unless that costs recall."""
    rounded = StaticEncoder(learner.module.table())
    loss = measure_quantisation_loss(learner.vectors, rounded.encode, held_out)
    if not loss.is_affordable:
        raise EncoderError(f"{loss}: train again with a lower learning rate.")
    out.mkdir(parents=True, exist_ok=True)
    learner.model.save(str(out), create_model_card=False)
    return loss
