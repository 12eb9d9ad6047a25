"""The course of every training: batches, the falling rate, checks on held-out streets, checkpoints, the early stop."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.training.checkpoint import Checkpoint, CheckpointFile
from models.training.course import Course
from models.training.learner import Learner, State
from models.training.pairs import TrainingPairs
from models.training.recall import pair_recall
from models.training.sampling import BatchSampler
from models.training.schedule import Schedule


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
) -> Course:
    """Train until the schedule ends or the held-out streets only lose, and leave the weights of the best check.

    With one thread a training that was killed and taken up again gives the weights of one that was not.
    Raises `TrainingDataError` when the checkpoint belongs to another training.
    """
    sampler = BatchSampler(
        pairs.streets, along_street=pairs.along_street, batch_size=schedule.batch_size, rng=rng
    )
    course, best = Course(), learner.weights()
    if resume and checkpoints is not None and (found := checkpoints.read()) is not None:
        learner.load_weights(found.weights)
        learner.load_memory(found.memory)
        rng.bit_generator.state = found.draws
        course, best = found.course, found.best
    while course.steps < schedule.steps and course.checks_since < schedule.patience:
        step = course.steps
        loss = learner.step(sampler.batch(), schedule.rate(step))
        course, recall = course.after_step(loss), None
        if schedule.is_check(step):
            recall = _recall(learner, held_out)
            course = course.after_check(recall)
            best = learner.weights() if course.checks_since == 0 else best
            if checkpoints is not None:
                checkpoints.write(_checkpoint(learner, course, best, rng))
        if tell is not None:
            tell(Progress(step + 1, schedule.steps, loss, recall))
    learner.load_weights(best)
    return course


def _checkpoint(learner: Learner, course: Course, best: State, rng: np.random.Generator) -> Checkpoint:
    return Checkpoint(course, dict(rng.bit_generator.state), learner.weights(), learner.memory(), best)


def _recall(learner: Learner, held_out: TrainingPairs) -> float:
    everything = range(len(held_out))
    return pair_recall(
        learner.vectors(held_out.side(0, everything)), learner.vectors(held_out.side(1, everything))
    )
