"""A training on disk, so that it can be taken up again after it was killed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from address_match.models.encoder.training.schedule import TrainingHistory
from address_match.models.errors import TrainingDataError

State = Mapping[str, NDArray[np.generic]]
"""Arrays by name: weights, and what the optimiser remembers of them."""

_PARTS = ("weights", "memory", "best")
_HISTORY = "course"
"""As the file calls it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that the next step depends on."""

    history: TrainingHistory
    draws: Mapping[str, Any]
    """State of the generator that draws the batches."""
    weights: State
    memory: State
    best: State
    """The weights of the best check."""


class CheckpointFile:
    """One file, replaced at once; it belongs to the settings and texts of one training."""

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        self._path = path
        self._settings = json.dumps(dict(settings), sort_keys=True)

    def write(self, checkpoint: Checkpoint) -> None:
        """Replace what was written before."""
        tensors = {
            f"{part}/{name}": np.ascontiguousarray(array)
            for part in _PARTS
            for name, array in getattr(checkpoint, part).items()
        }
        progress = json.dumps({_HISTORY: asdict(checkpoint.history), "draws": checkpoint.draws})
        draft = self._path.with_suffix(".draft")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        save_file(tensors, draft, metadata={"settings": self._settings, "progress": progress})
        draft.replace(self._path)

    def read(self) -> Checkpoint | None:
        """Return what was written last, None where nothing was.

        Raises `TrainingDataError` when it is damaged or belongs to another training.
        """
        if not self._path.exists():
            return None
        try:
            with safe_open(str(self._path), framework="np") as file:
                metadata = file.metadata()
            tensors = load_file(self._path)
        except (SafetensorError, OSError) as error:
            raise TrainingDataError(
                f"{self._path} cannot be read ({error}): delete it and train from the beginning."
            ) from error
        if metadata["settings"] != self._settings:
            raise TrainingDataError(
                f"{self._path} belongs to a training with other settings or texts ({metadata['settings']} instead of "
                f"{self._settings}): give the same again, or train from the beginning, without --resume."
            )
        progress = json.loads(metadata["progress"])
        history = TrainingHistory(**progress[_HISTORY] | {"losses": tuple(progress[_HISTORY]["losses"])})
        return Checkpoint(history, progress["draws"], *(_part(tensors, part) for part in _PARTS))

    def remove(self) -> None:
        """Remove the file, where there is one: the training is done."""
        self._path.unlink(missing_ok=True)


def _part(tensors: State, part: str) -> State:
    return {
        name.removeprefix(f"{part}/"): array for name, array in tensors.items() if name.startswith(f"{part}/")
    }
