"""Trains the static encoder from scratch, on pairs of texts that name one premises."""

import json
import logging
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.static.features import FEATURE_VERSION
from address_match.models.encoder.training.checkpoint import CheckpointFile
from address_match.models.encoder.training.fit import Tell, fit
from address_match.models.encoder.training.pairs import TrainingPairs, hold_out
from address_match.models.encoder.training.quantisation_loss import measure_quantisation_loss
from address_match.models.encoder.training.report import TrainingReport
from address_match.models.encoder.training.schedule import Schedule
from address_match.models.errors import EncoderError, MissingTrainingExtraError

log = logging.getLogger(__name__)

SCHEDULE = Schedule(steps=1_200, batch_size=512, learning_rate=0.02)
DIMENSIONS = 256


def train_static(
    pairs: TrainingPairs,
    out: Path,
    *,
    seed: int,
    schedule: Schedule = SCHEDULE,
    dimensions: int = DIMENSIONS,
    checkpoint: Path | None = None,
    resume: bool = False,
    tell: Tell | None = None,
) -> TrainingReport:
    """Train an encoder and save it into the directory `out`, in the layout of sentence-transformers.

    The same arguments give the same weights, also where a training was killed and taken up from its checkpoint.
    Raises `MissingTrainingExtraError` without torch, `TrainingDataError` when the checkpoint is of another training,
    and `EncoderError` when rounding the weights costs recall.
    """
    try:
        import torch

        from address_match.models.encoder.training.static_learner import StaticLearner
    except ImportError as error:
        raise MissingTrainingExtraError(
            "Training an encoder needs torch and sentence-transformers: pip install 'address-match[train]'"
        ) from error
    started = time.process_time()
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    learned, held_out = hold_out(pairs, rng)
    learner = StaticLearner(learned, dimensions=dimensions, rng=rng)
    settings = {
        "family": "static",
        "features": FEATURE_VERSION,
        "dimensions": dimensions,
        "seed": seed,
        "schedule": asdict(schedule),
        "pairs": pairs.fingerprint(),
    }
    checkpoints = CheckpointFile(checkpoint, settings) if checkpoint else None
    history = fit(
        learner, learned, held_out, schedule, rng, checkpoints=checkpoints, resume=resume, tell=tell
    )
    rounded = StaticEncoder(learner.module.table())
    rounding = measure_quantisation_loss(learner.vectors, rounded.encode, held_out)
    if not rounding.is_affordable:
        raise EncoderError(f"{rounding}: train again with a lower learning rate.")
    out.mkdir(parents=True, exist_ok=True)
    learner.model.save(str(out), create_model_card=False)
    if checkpoints is not None:
        checkpoints.remove()
    report = TrainingReport.of(
        history,
        rounding,
        learned=learned,
        held_out=held_out,
        schedule=schedule,
        family="static",
        base="",
        dimensions=dimensions,
        seed=seed,
        cpu_seconds=time.process_time() - started,
    )
    log.info("trained the static encoder: %s", json.dumps(asdict(report)))
    return report
