"""The course of every training: batches, the falling rate, checks on held-out streets, checkpoints, the early stop."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from address_match.models.encoder.training.batch_sampler import BatchSampler
from address_match.models.encoder.training.checkpoint import Checkpoint, CheckpointFile
from address_match.models.encoder.training.history import TrainingHistory
from address_match.models.encoder.training.learner import Learner, State
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.recall import pair_recall
from address_match.models.encoder.training.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told after each step."""

    step: int
    steps: int
    loss: float
    recall: float | None
    """On the held-out streets, after a check."""


Tell = Callable[[Progress], None]


def fit(
    learner: Learner,
    pairs: TrainingPairs,
    held_out: TrainingPairs,
    schedule: Schedule,
    rng: np.random.Generator,
    *,
    checkpoints: CheckpointFile | None = None,
    resume: bool = False,
    tell: Tell | None = None,
) -> TrainingHistory:
    """Train until the schedule ends or the held-out streets only lose, and leave the weights of the best check.

    With one thread a training that was killed and taken up again gives the weights of one that was not.
    Raises `TrainingDataError` when the checkpoint belongs to another training.
    """
    sampler = BatchSampler(
        pairs.streets, along_street=pairs.along_street, batch_size=schedule.batch_size, rng=rng
    )
    history, best = TrainingHistory(), learner.weights()
    if resume and checkpoints is not None and (found := checkpoints.read()) is not None:
        learner.load_weights(found.weights)
        learner.load_memory(found.memory)
        rng.bit_generator.state = found.draws
        history, best = found.history, found.best
    while history.steps < schedule.steps and history.checks_since < schedule.patience:
        step = history.steps
        loss = learner.step(sampler.batch(), schedule.rate(step))
        history, recall = history.after_step(loss), None
        if schedule.is_check(step):
            recall = _recall(learner, held_out)
            history = history.after_check(recall)
            best = learner.weights() if history.checks_since == 0 else best
            if checkpoints is not None:
                checkpoints.write(_checkpoint(learner, history, best, rng))
        if tell is not None:
            tell(Progress(step + 1, schedule.steps, loss, recall))
    learner.load_weights(best)
    return history


def _checkpoint(
    learner: Learner, history: TrainingHistory, best: State, rng: np.random.Generator
) -> Checkpoint:
    return Checkpoint(history, dict(rng.bit_generator.state), learner.weights(), learner.memory(), best)


def _recall(learner: Learner, held_out: TrainingPairs) -> float:
    everything = range(len(held_out))
    return pair_recall(
        learner.vectors(held_out.side(0, everything)), learner.vectors(held_out.side(1, everything))
    )
