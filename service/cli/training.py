import argparse
import shutil
import sys
from pathlib import Path

from service.errors import UsageError

_MANIFEST = "manifest.json"


def train(arguments: argparse.Namespace) -> int:
    """Train a bundle of models on the made-up country; needs the extra `train`."""
    from service.batch.interruption import interruptible
    from service.training.bundle import train_bundle
    from service.training.size import TrainingSize

    out: Path = arguments.out.resolve()
    _refuse(out, force=arguments.force)
    size = TrainingSize() if arguments.size is None else TrainingSize(premises=arguments.size)
    draft = out.with_name(f".{out.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with interruptible():
            train_bundle(draft, seed=arguments.seed, size=size, progress=_tell)
            shutil.rmtree(out, ignore_errors=True)
            draft.replace(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(out)
    return 0


def _refuse(out: Path, *, force: bool) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder; a bundle is one")
    if not out.parent.is_dir():
        raise UsageError(f"the folder {out.parent} of the bundle does not exist; make it first")
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / _MANIFEST).exists():
        raise UsageError(f"{out} holds other files than a bundle; name another folder")
    if not force:
        raise UsageError(f"a bundle stands at {out}; name another folder or give --force to replace it")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
