import argparse
import json
import shutil
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

from service.errors import UsageError

_MODULES = "modules.json"
"""Stands in every encoder's folder."""


def train_encoder(arguments: argparse.Namespace) -> int:
    """Train an encoder alone, on a reference or on the made-up country; needs the extra `train`.

    Writes a folder in the layout of sentence-transformers. A training that was ended before its time leaves its last
    checkpoint beside DIR, from which --resume goes on. A ranker and a calibration belong to the encoder that they were
    fitted with, so that an encoder matches addresses only as part of a bundle.
    """
    from service.batch.interruption import interruptible
    from service.training.encoder import EncoderTraining, Family
    from service.training.encoder import train_encoder as train

    out: Path = arguments.out.resolve()
    _refuse(out, force=arguments.force)
    training = EncoderTraining(
        family=Family(arguments.family),
        reference=arguments.reference,
        mapping=arguments.mapping,
        bundle=arguments.bundle,
        base=arguments.base,
        seed=arguments.seed,
        pairs=arguments.pairs,
        steps=arguments.steps,
        batch_size=arguments.batch,
        device=arguments.device,
    )
    if training.base is not None and training.family is Family.STATIC:
        raise UsageError("--base is for the transformer family; a static encoder begins from nothing")
    draft, checkpoints = (out.with_name(f".{out.name}.{state}") for state in ("partial", "training"))
    if not arguments.resume:
        shutil.rmtree(checkpoints, ignore_errors=True)
    progress = partial(print, file=sys.stderr, flush=True)
    try:
        with interruptible():
            report = train(
                training, draft, checkpoints=checkpoints, resume=arguments.resume, progress=progress
            )
            shutil.rmtree(out, ignore_errors=True)
            draft.replace(out)
            shutil.rmtree(checkpoints, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(json.dumps({"encoder": str(out), **asdict(report)}, indent=2))
    return 0


def _refuse(out: Path, *, force: bool) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder; an encoder is one")
    if not out.parent.is_dir():
        raise UsageError(f"the folder {out.parent} of the encoder does not exist; make it first")
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / _MODULES).exists():
        raise UsageError(f"{out} holds other files than an encoder; name another folder")
    if not force:
        raise UsageError(f"an encoder stands at {out}; name another folder or give --force to replace it")
