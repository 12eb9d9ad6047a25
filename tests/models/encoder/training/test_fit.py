"""What a training does, with a learner of one number instead of an encoder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from address_match.models.encoder.training.checkpoint import CheckpointFile, State
from address_match.models.encoder.training.fit import Progress, fit
from address_match.models.encoder.training.schedule import Schedule, TrainingHistory
from address_match.models.errors import TrainingDataError
from tests.models.encoder.training.factories import some_pairs


class KilledError(Exception):
    """Stands for a signal."""


class Sum:
    """Adds up the positions of the pairs that it was shown; its vectors find everything until `good_until`."""

    dimensions = 1

    def __init__(self, good_until: float = float("inf")) -> None:
        self.total = np.zeros(1)
        self.steps = np.zeros(1)
        self._good_until = good_until

    def step(self, pairs: NDArray[np.int64], learning_rate: float) -> float:
        self.steps += 1
        self.total += pairs.sum() * learning_rate
        return float(self.total[0])

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.eye(len(texts), dtype=np.float32)
        if self.steps[0] > self._good_until:
            vectors[1] = vectors[0]
        return vectors

    def weights(self) -> State:
        return {"total": self.total.copy()}

    def load_weights(self, weights: State) -> None:
        self.total = weights["total"].astype(np.float64)

    def memory(self) -> State:
        return {"steps": self.steps.copy()}

    def load_memory(self, memory: State) -> None:
        self.steps = memory["steps"].astype(np.float64)


SCHEDULE = Schedule(steps=40, batch_size=8, learning_rate=1.0, checks=8)


def run(
    learner: Sum, file: CheckpointFile | None = None, *, killed_at: int = -1, resume: bool = False
) -> TrainingHistory:
    def tell(progress: Progress) -> None:
        if progress.step == killed_at:
            raise KilledError

    return fit(
        learner,
        some_pairs(),
        some_pairs(),
        SCHEDULE,
        np.random.default_rng(3),
        checkpoints=file,
        resume=resume,
        tell=tell,
    )


@pytest.mark.parametrize("killed_at", [1, 5, 17, 40])
def test_a_killed_training_ends_as_one_that_was_not(tmp_path: Path, killed_at: int) -> None:
    whole, killed, resumed = Sum(), Sum(), Sum()
    history = run(whole)
    file = CheckpointFile(tmp_path / "state.safetensors", {"seed": 3})
    with pytest.raises(KilledError):
        run(killed, file, killed_at=killed_at)
    assert run(resumed, file, resume=True) == history
    assert resumed.total == whole.total


def test_without_resume_a_checkpoint_is_passed_over(tmp_path: Path) -> None:
    file = CheckpointFile(tmp_path / "state.safetensors", {"seed": 3})
    with pytest.raises(KilledError):
        run(Sum(), file, killed_at=20)
    assert run(Sum(), file).steps == 40


def test_learning_stops_when_held_out_streets_only_lose_and_keeps_the_best_weights() -> None:
    stopped, until_then = Sum(good_until=10), Sum()
    history = run(stopped)
    assert (history.steps, history.best_step) == (25, 10)
    with pytest.raises(KilledError):
        run(until_then, killed_at=10)
    assert stopped.total == until_then.total


def test_a_checkpoint_of_another_training_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.safetensors"
    with pytest.raises(KilledError):
        run(Sum(), CheckpointFile(path, {"seed": 3}), killed_at=20)
    with pytest.raises(TrainingDataError, match="belongs to a training with other settings"):
        run(Sum(), CheckpointFile(path, {"seed": 4}), resume=True)


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.safetensors"
    path.write_bytes(b"half")
    with pytest.raises(TrainingDataError, match="cannot be read"):
        run(Sum(), CheckpointFile(path, {}), resume=True)
