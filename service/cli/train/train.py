"""The commands that train models: all those of a bundle, or an encoder alone."""

import argparse
import json
import shutil
import sys
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from address_match.service.cli.index.build_report import add_mapping, refuse_reference
from address_match.service.cli.options.argument_types import positive
from address_match.service.cli.options.command import CommandParser, Commands, add_command, add_group
from address_match.service.cli.options.models import add_bundle, add_device
from address_match.service.cli.train.trained_folder import made_beside, refuse_folder
from address_match.service.cli.train.training_extra import (
    FITTING_NEEDS,
    STATIC_NEEDS,
    TRANSFORMER_NEEDS,
    refuse_without_base,
    refuse_without_extra,
)
from address_match.service.errors import UsageError
from address_match.service.training.encoder_family import EncoderFamily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.models.synthesis.premises import Premises
    from address_match.service.evaluation.evaluation_query import EvaluationQuery


def add_train(commands: Commands) -> None:
    """Add the commands that train."""
    of_train = add_group(
        commands,
        "train",
        "Train a bundle of models, or an encoder alone.",
        way_out=(
            "Write: address-match train bundle [REFERENCE] --out DIR, "
            "or: address-match train encoder [REFERENCE] --out DIR"
        ),
    )
    _add_bundle_options(add_command(of_train, "bundle", train_bundle))
    _add_encoder_options(add_command(of_train, "encoder", train_encoder))


def _add_bundle_options(parser: CommandParser) -> None:
    _add_reference(parser)
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="addresses whose premises are known, as for evaluate; they are learned from as well",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the new bundle")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of everything random (1)")
    parser.add_argument(
        "--size",
        type=positive,
        metavar="N",
        help="made-up premises to learn from (the shipped bundle's number)",
    )
    taken_in = parser.add_mutually_exclusive_group()
    taken_in.add_argument(
        "--encoder",
        type=Path,
        metavar="DIR",
        help="an encoder to take in as it is, of `train encoder` (a static one is trained with the rest)",
    )
    taken_in.add_argument(
        "--calibrate",
        type=Path,
        metavar="BUNDLE",
        help="a bundle whose parser, encoder and ranker are taken in as they are: the calibration alone is fitted anew",
    )
    add_device(parser)
    parser.add_argument("--force", action="store_true", help="replace the bundle that stands at DIR")


def _add_encoder_options(parser: CommandParser) -> None:
    _add_reference(parser)
    parser.add_argument(
        "--family",
        choices=[family.value for family in EncoderFamily],
        default=EncoderFamily.STATIC.value,
        help="what the encoder is made of (static)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the new encoder")
    parser.add_argument(
        "--base",
        metavar="DIR|NAME",
        help="a transformer to begin from: a sentence-transformers folder or a hub's name (MiniLM-L6 as installed)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of everything random (1)")
    parser.add_argument("--pairs", type=positive, metavar="N", help="premises to learn from (120000)")
    parser.add_argument("--steps", type=positive, metavar="N", help="batches (1200; 600 for a transformer)")
    parser.add_argument("--batch", type=positive, metavar="N", help="pairs a batch (512; 128)")
    parser.add_argument("--resume", action="store_true", help="go on where a training of DIR was ended")
    parser.add_argument("--force", action="store_true", help="replace the encoder that stands at DIR")
    add_device(parser)
    add_bundle(parser)


def _add_reference(parser: CommandParser) -> None:
    parser.add_argument(
        "reference",
        type=Path,
        nargs="?",
        metavar="REFERENCE",
        help="addresses to learn from, as for index build",
    )
    add_mapping(parser)


def train_bundle(arguments: argparse.Namespace) -> int:
    """Train a bundle of models on a reference of your own, or on the synthetic country alone; needs the extra `train`.

    Parser, encoder, ranker and calibration are made in one go. Without REFERENCE a bundle as the shipped one comes out; it is
    named after its folder. With --encoder an encoder of `train encoder`, static or a transformer, is taken in as it is, and ranker
    and calibration are fitted with it: they learn on other streets than it. An encoder from elsewhere must not have
    learned from the addresses of REFERENCE. With --calibrate only the probabilities of a bundle are made anew, which follow the
    rules of a release. What went in and came out stands in DIR.receipt.json.
    """
    from address_match.models.bundle import load_bundle, read_bundle
    from address_match.service.batch.interruption import interruptible
    from address_match.service.training.bundle import BundleTraining
    from address_match.service.training.bundle import train_bundle as train
    from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize
    from address_match.service.training.step_receipt import StepClock, receipt_beside, receipt_of_training

    clock = StepClock()
    out = arguments.out.resolve()
    refuse_folder(out, of="a bundle", mark="manifest.json", force=arguments.force)
    base = None if arguments.calibrate is None else load_bundle(arguments.calibrate)
    refuse_without_extra(FITTING_NEEDS if arguments.encoder or base else (*FITTING_NEEDS, *STATIC_NEEDS))
    own, labels, labelled = _own(arguments)
    size = SIZE_BESIDE_OWN if own else TrainingSize()
    with interruptible(), made_beside(out) as draft:
        training = BundleTraining(
            name=out.name,
            seed=arguments.seed,
            size=size if arguments.size is None else replace(size, premises=arguments.size),
            own=own,
            labels=labels,
            labelled=labelled,
            encoder=base.encoder_path if base else arguments.encoder,
            parser=base.parser_path if base else None,
            ranker=base.ranker_path if base else None,
            device=arguments.device,
        )
        train(training, draft, progress=_tell)
    receipt_of_training(clock, read_bundle(out)).write(receipt_beside(out))
    print(out)
    return 0


def _own(
    arguments: argparse.Namespace,
) -> "tuple[Sequence[Premises], Sequence[EvaluationQuery], Sequence[Premises]]":
    """Read the user's reference and labels, and the rows whose columns label their words, as far as there are any."""
    from address_match.service.batch.input.query_file import read_query_file
    from address_match.service.training.data.labelled_rows import component_premises
    from address_match.service.training.data.own_reference import read_premises
    from address_match.service.wiring import open_parser

    if arguments.reference is None:
        if arguments.labels is not None:
            raise UsageError("--labels names premises of a reference: give REFERENCE too")
        return (), (), ()
    refuse_reference(arguments.reference, arguments.mapping)
    labels = () if arguments.labels is None else read_query_file(arguments.labels)
    own = read_premises(arguments.reference, open_parser(), mapping=arguments.mapping)
    return own, labels, component_premises(arguments.reference, Random(arguments.seed))


def train_encoder(arguments: argparse.Namespace) -> int:
    """Train an encoder alone, on a reference or on the synthetic country; needs the extra `train`.

    Writes a folder in the layout of sentence-transformers. A training that was ended before its time leaves its last
    checkpoint beside DIR, from which --resume goes on. A ranker and a calibration belong to the encoder that they were
    fitted with, so that an encoder matches addresses only as part of a bundle.
    """
    from address_match.service.batch.interruption import interruptible
    from address_match.service.training.encoder import EncoderTraining
    from address_match.service.training.encoder import train_encoder as train

    out = arguments.out.resolve()
    refuse_folder(out, of="an encoder", mark="modules.json", force=arguments.force)
    _refuse_encoder(arguments)
    training = EncoderTraining(
        family=EncoderFamily(arguments.family),
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
    checkpoints = out.with_name(f".{out.name}.training")
    if not arguments.resume:
        shutil.rmtree(checkpoints, ignore_errors=True)
    with interruptible():
        with made_beside(out) as draft:
            report = train(training, draft, checkpoints=checkpoints, resume=arguments.resume, progress=_tell)
        shutil.rmtree(checkpoints, ignore_errors=True)
    print(json.dumps({"encoder": str(out), **asdict(report)}, indent=2))
    return 0


def _refuse_encoder(arguments: argparse.Namespace) -> None:
    """Raise where an encoder cannot be trained as the options say, or with what is installed."""
    transformer = arguments.family == EncoderFamily.TRANSFORMER
    if arguments.base is not None and not transformer:
        raise UsageError("--base is for the transformer family; a static encoder begins from nothing")
    refuse_without_extra(TRANSFORMER_NEEDS if transformer else STATIC_NEEDS)
    if transformer:
        refuse_without_base(arguments.base)
    if arguments.reference is not None:
        refuse_reference(arguments.reference, arguments.mapping)


_tell = partial(print, file=sys.stderr, flush=True)
