import argparse
import sys
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from address_match.service.cli.trained_folder import made_beside, refuse_folder
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.models.synthesis.premises import Premises
    from address_match.service.evaluation.evaluation_query import EvaluationQuery


def train(arguments: argparse.Namespace) -> int:
    """Train a bundle of models on a reference of your own, or on the synthetic country alone; needs the extra `train`.

    Parser, encoder, ranker and calibration are made in one go. Without REFERENCE the shipped bundle comes out; the bundle is
    named after its folder. With --encoder an encoder of `train encoder`, static or a transformer, is taken in as it is, and ranker
    and calibration are fitted with it: they learn on other streets than it. An encoder from elsewhere must not have
    learned from the addresses of REFERENCE.
    """
    from address_match.service.batch.interruption import interruptible
    from address_match.service.training.bundle import train_bundle
    from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize

    out = arguments.out.resolve()
    refuse_folder(out, of="a bundle", mark="manifest.json", force=arguments.force)
    own, labels, labelled = _own(arguments)
    size = SIZE_BESIDE_OWN if own else TrainingSize()
    with interruptible(), made_beside(out) as draft:
        train_bundle(
            draft,
            name=out.name,
            seed=arguments.seed,
            size=size if arguments.size is None else replace(size, premises=arguments.size),
            own=own,
            labels=labels,
            labelled=labelled,
            encoder=arguments.encoder,
            device=arguments.device,
            progress=_tell,
        )
    print(out)
    return 0


def _own(
    arguments: argparse.Namespace,
) -> "tuple[Sequence[Premises], Sequence[EvaluationQuery], Sequence[Premises]]":
    """Read the user's reference and labels, and the rows whose columns label their words, as far as there are any."""
    from address_match.service.evaluation.query_file import read_query_file
    from address_match.service.training.data.labelled_rows import component_premises
    from address_match.service.training.data.own_reference import read_premises
    from address_match.service.wiring import open_parser

    if arguments.reference is None:
        if arguments.labels is not None:
            raise UsageError("--labels names premises of a reference: give REFERENCE too")
        return (), (), ()
    own = read_premises(arguments.reference, open_parser(), mapping=arguments.mapping)
    labels = () if arguments.labels is None else read_query_file(arguments.labels)
    return own, labels, component_premises(arguments.reference, Random(arguments.seed))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
