"""What a training needs besides the program, looked for before the minutes that go before its first use."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from address_match.service.errors import UsageError

FITTING_NEEDS = ("address_errors", "sklearn", "sklearn_crfsuite")
"""Of a bundle's parser, ranker and calibration."""
STATIC_NEEDS = ("torch", "sentence_transformers")
TRANSFORMER_NEEDS = (*STATIC_NEEDS, "onnx", "onnxruntime", "onnxscript")


def refuse_without_extra(needed: Sequence[str]) -> None:
    """Raise `MissingTrainingExtraError` with the command to install what is missing of the modules that a training needs."""
    from address_match.models.training_extra import missing_training_extra

    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise missing_training_extra(f"training needs {', '.join(missing)}, not installed here")


def refuse_without_base(base: str | None) -> None:
    """Raise unless there is a transformer to begin from; what only a hub can tell of a name is found out later.

    Raises `MissingTrainingExtraError` where none is named and the usual one is not installed, and `UsageError` for a
    folder that is not there or holds no model.
    """
    if base is None:
        from address_match.models.encoder.training.train_transformer import packaged_base

        packaged_base()
        return
    folder = Path(base)
    if folder.is_dir():
        if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
            raise UsageError(f"--base {base} holds no model: it has neither modules.json nor config.json")
    elif base.startswith((".", "/", "~")) or base.count("/") > 1:
        raise UsageError(f"--base {base} does not exist; name a folder, or a model of a hub as OWNER/NAME")
