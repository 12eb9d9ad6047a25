import argparse
import shutil
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.synthesis.premises import Premises
    from service.evaluation.queries import EvaluationQuery

_MANIFEST = "manifest.json"


def train(arguments: argparse.Namespace) -> int:
    """Train a bundle of models on a reference of your own, or on the made-up country alone; needs the extra `train`.

    Parser, encoder, ranker and calibration are made in one go. Without REFERENCE the shipped bundle comes out; the bundle is
    named after its folder. With --encoder an encoder of `train encoder`, static or a transformer, is taken in as it is, and ranker
    and calibration are fitted with it: they learn on other streets than it. An encoder from elsewhere must not have
    learned from the addresses of REFERENCE.
    """
    from service.batch.interruption import interruptible
    from service.training.bundle import train_bundle
    from service.training.size import TrainingSize

    out: Path = arguments.out.resolve()
    _refuse(out, force=arguments.force)
    size = None if arguments.size is None else TrainingSize(premises=arguments.size)
    own, labels, labelled = _own(arguments)
    draft = out.with_name(f".{out.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with interruptible():
            train_bundle(
                draft,
                name=out.name,
                seed=arguments.seed,
                size=size,
                own=own,
                labels=labels,
                labelled=labelled,
                encoder=arguments.encoder,
                device=arguments.device,
                progress=_tell,
            )
            shutil.rmtree(out, ignore_errors=True)
            draft.replace(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(out)
    return 0


def _own(
    arguments: argparse.Namespace,
) -> "tuple[Sequence[Premises], Sequence[EvaluationQuery], Sequence[Premises]]":
    """Read the user's reference and labels, and the rows whose columns label their words, as far as there are any."""
    from service.evaluation.query_file import read_query_file
    from service.training.components import component_premises
    from service.training.reference import read_premises
    from service.wiring import open_parser

    if arguments.reference is None:
        if arguments.labels is not None:
            raise UsageError("--labels names premises of a reference: give REFERENCE too")
        return (), (), ()
    own = read_premises(arguments.reference, open_parser(), mapping=arguments.mapping)
    labels = () if arguments.labels is None else read_query_file(arguments.labels)
    return own, labels, component_premises(arguments.reference, Random(arguments.seed))


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
