"""What every training does: batches, the falling rate, checks on held-out streets, checkpoints, the early stop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.training.checkpoint import Checkpoint, CheckpointFile, State
from address_match.models.encoder.training.pairs import BatchSampler, TrainingPairs
from address_match.models.encoder.training.recall import recall_on
from address_match.models.encoder.training.schedule import Schedule, TrainingHistory


class Learner(Protocol):
    """An encoder that is being trained."""

    @property
    def dimensions(self) -> int:
        """Length of its vectors."""
        ...

    def step(self, pairs: NDArray[np.int64], learning_rate: float) -> float:
        """Learn from a batch of pairs, by their positions, and return the loss."""
        ...

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors by the weights as they are now, shape (texts, dimensions)."""
        ...

    def weights(self) -> State:
        """Return copies of the weights."""
        ...

    def load_weights(self, weights: State) -> None:
        """Take weights that `weights` gave."""
        ...

    def memory(self) -> State:
        """Return copies of all else that the next step depends on."""
        ...

    def load_memory(self, memory: State) -> None:
        """Take what `memory` gave."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training has come, after each step."""

    step: int
    steps: int
    loss: float
    recall: float | None
    """On the held-out streets, where a check followed the step."""


Tell = Callable[[Progress], None]
"""Is called after each step."""


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
            recall = recall_on(learner.vectors, held_out)
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
