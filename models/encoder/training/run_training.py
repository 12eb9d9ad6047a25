"""A training from its pairs to its report, the same for every family of encoders."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from address_match.models.encoder.training.checkpoint import CheckpointFile
from address_match.models.encoder.training.fit import Learner, Tell, fit
from address_match.models.encoder.training.pairs import TrainingPairs, hold_out
from address_match.models.encoder.training.recall import QuantisationLoss
from address_match.models.encoder.training.schedule import Schedule

_log = logging.getLogger(__name__)

AnyLearner = TypeVar("AnyLearner", bound=Learner)


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """How a training of whichever family is run."""

    seed: int
    schedule: Schedule
    checkpoint: Path | None = None
    """File in which a training is kept until it is done, so that it can be taken up again; none is where it is None."""
    resume: bool = False
    """Whether it is taken up from there, if there is a checkpoint."""
    tell: Tell | None = None


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What was trained, on how much, how well, and how long it took."""

    family: str
    base: str
    """What it began from; empty where it began from nothing."""
    pairs: int
    """Learned from."""
    held_out: int
    """Pairs of streets that were not learned from."""
    streets: int
    steps: int
    """Done; fewer than asked for where the held-out streets only lost."""
    best_step: int
    """After which the weights that were kept stood."""
    batch_size: int
    learning_rate: float
    dimensions: int
    seed: int
    first_loss: float
    """Mean loss of the first twentieth of the steps."""
    last_loss: float
    """Mean loss of the last twentieth of the steps."""
    recall_in_full: float
    """Share of the held-out pairs that find each other among themselves with the weights as trained."""
    recall_rounded: float
    """The same with eight bits: the weights as the static family saves them, or a transformer's export for CPUs."""
    cpu_seconds: float


def run_training(
    make_learner: Callable[[TrainingPairs, np.random.Generator], AnyLearner],
    save: Callable[[AnyLearner, TrainingPairs], QuantisationLoss],
    pairs: TrainingPairs,
    run: TrainingRun,
    *,
    family: str,
    base: str,
    settings: Mapping[str, Any],
) -> TrainingReport:
    """Hold streets out, train, save and report.

    `make_learner` is given the pairs to learn from; `save` writes what was learned and returns what eight bits cost it
    on the held-out pairs. A checkpoint belongs to the family, its `settings`, the seed, the schedule and the pairs; it
    is removed when all is saved. Raises `TrainingDataError` when the checkpoint is of another training.
    """
    started = time.process_time()
    schedule = run.schedule
    rng = np.random.default_rng(run.seed)
    learned, held_out = hold_out(pairs, rng)
    learner = make_learner(learned, rng)
    of_checkpoint = {
        "family": family,
        "seed": run.seed,
        "schedule": asdict(schedule),
        "pairs": pairs.fingerprint(),
        **settings,
    }
    checkpoints = CheckpointFile(run.checkpoint, of_checkpoint) if run.checkpoint else None
    history = fit(
        learner, learned, held_out, schedule, rng, checkpoints=checkpoints, resume=run.resume, tell=run.tell
    )
    loss = save(learner, held_out)
    if checkpoints is not None:
        checkpoints.remove()
    report = TrainingReport(
        family=family,
        base=base,
        pairs=len(learned),
        held_out=len(held_out),
        streets=len(set(learned.streets)),
        steps=history.steps,
        best_step=history.best_step,
        batch_size=schedule.batch_size,
        learning_rate=schedule.learning_rate,
        dimensions=learner.dimensions,
        seed=run.seed,
        first_loss=history.first_loss,
        last_loss=history.last_loss,
        recall_in_full=loss.recall_in_full,
        recall_rounded=loss.recall_rounded,
        cpu_seconds=time.process_time() - started,
    )
    _log.info("trained a %s encoder: %s", family, json.dumps(asdict(report)))
    return report
