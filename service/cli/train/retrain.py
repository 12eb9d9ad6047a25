"""The command that learns a part of a bundle anew."""

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from address_match.service.cli.index.build_report import add_mapping, refuse_reference
from address_match.service.cli.options.argument_types import natural
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_bundle, add_device, chosen_bundle
from address_match.service.cli.options.policy import add_policy, policy_of
from address_match.service.cli.train.trained_folder import made_beside, refuse_folder
from address_match.service.cli.train.training_extra import FITTING_NEEDS, STATIC_NEEDS, refuse_without_extra
from address_match.service.errors import UsageError
from address_match.service.lifecycle.model_runs.scope import FROM_LABELS, KEEPS_ENCODER, Scope

if TYPE_CHECKING:
    from address_match.service.lifecycle.labels.true_addresses import LearnedLabels
    from address_match.service.training.retrain import Retrained
    from address_match.service.training.step_receipt import StepClock, StepReceipt

LEAST_LABELS = 50
"""Fewer say too little of what a probability is worth."""


def add_retrain(commands: Commands) -> None:
    """Add the command that learns anew from labels."""
    parser = add_command(commands, "retrain", retrain)
    parser.add_argument(
        "--scope",
        type=Scope,
        choices=list(Scope),
        required=True,
        metavar="SCOPE",
        help=f"what is learned anew: {', '.join(Scope)}",
    )
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="DIR|FILE",
        help="store of labels, or a file of `label export` ($ADDRESS_MATCH_LABELS, else address-match/labels in your data folder)",
    )
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="index that the labelled addresses are looked for in, for the scopes threshold and calibration",
    )
    parser.add_argument(
        "--reference",
        type=Path,
        metavar="FILE",
        help="addresses to learn from, as for index build, for the other scopes",
    )
    add_mapping(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder of the new bundle; the receipt is DIR.receipt.json",
    )
    add_policy(parser, auto=False)
    parser.add_argument(
        "--seed",
        type=natural,
        default=1,
        metavar="S",
        help="of everything random (1)",
    )
    parser.add_argument("--force", action="store_true", help="replace the bundle that stands at DIR")
    parser.add_argument("--json", action="store_true", help="print the receipt")
    add_bundle(parser)
    add_device(parser)


def retrain(arguments: argparse.Namespace) -> int:
    """Learn a part of a bundle anew from labels; all else is copied.

    The scopes threshold and calibration take seconds: two numbers are learned, so that few labels do little harm. At the prior of absence
    that is named here the probabilities will be right, and what is matched is told for the precision. The scopes ranker, parser, encoder and
    all are a training on --reference, with the labels beside it; ranker and calibration are fitted anew in each. They take minutes, and need
    the extra `train`.
    """
    from address_match.service.lifecycle.labels.true_addresses import read_labels
    from address_match.service.settings.lifecycle_settings import LabelSettings
    from address_match.service.training.step_receipt import StepClock, receipt_beside

    clock, out = StepClock(), arguments.out.resolve()
    from_labels = arguments.scope in FROM_LABELS
    _refuse_without("--index" if from_labels else "--reference", arguments)
    refuse_folder(out, of="a bundle", mark="manifest.json", force=arguments.force)
    labels = read_labels(arguments.labels or LabelSettings().labels)
    if len(labels.addresses) < LEAST_LABELS:
        raise UsageError(
            f"{len(labels.addresses):,} labels are too few to learn from; {LEAST_LABELS} are needed, and 300 are better"
        )
    learn = _from_labels if from_labels else _on_reference
    receipt = learn(arguments, labels, out, clock)
    receipt.write(receipt_beside(out))
    print(json.dumps(asdict(receipt), indent=2, ensure_ascii=False) if arguments.json else out)
    return 0


def _from_labels(
    arguments: argparse.Namespace, labels: "LearnedLabels", out: Path, clock: "StepClock"
) -> "StepReceipt":
    from address_match.models.bundle import load_bundle
    from address_match.service.opening.found_index import find_index
    from address_match.service.training.retrain import Retraining, receipt_of_retraining
    from address_match.service.training.retrain import retrain as learn

    base = load_bundle(chosen_bundle(arguments) or find_index(arguments.index).manifest.bundle.path)
    asked = Retraining(
        scope=arguments.scope,
        base=base,
        labels=labels,
        index=arguments.index,
        policy=policy_of(arguments),
        seed=arguments.seed,
    )
    with made_beside(out) as draft:
        found = learn(asked, draft)
    _tell_of(found)
    return receipt_of_retraining(clock, asked, found)


def _on_reference(
    arguments: argparse.Namespace, labels: "LearnedLabels", out: Path, clock: "StepClock"
) -> "StepReceipt":
    from address_match.models.bundle import load_bundle, read_bundle
    from address_match.service.batch.interruption import interruptible
    from address_match.service.training.data.labelled_rows import component_premises
    from address_match.service.training.data.own_reference import read_premises
    from address_match.service.training.retrain_on_reference import (
        ReferenceRetraining,
        refuse_other_encoder,
        retrain_on_reference,
    )
    from address_match.service.training.step_receipt import receipt_of_training
    from address_match.service.wiring import open_parser

    base = load_bundle(chosen_bundle(arguments))
    refuse_other_encoder(arguments.scope, base)
    refuse_without_extra(
        FITTING_NEEDS if arguments.scope in KEEPS_ENCODER else (*FITTING_NEEDS, *STATIC_NEEDS)
    )
    refuse_reference(arguments.reference, arguments.mapping)
    asked = ReferenceRetraining(
        scope=arguments.scope,
        base=base,
        labels=labels,
        own=read_premises(arguments.reference, open_parser(base.path), mapping=arguments.mapping),
        labelled=component_premises(arguments.reference, Random(arguments.seed)),
        seed=arguments.seed,
    )
    with interruptible(), made_beside(out) as draft:
        retrain_on_reference(asked, draft, device=arguments.device, progress=_tell)
    return receipt_of_training(clock, read_bundle(out), "retrain")


def _refuse_without(option: str, arguments: argparse.Namespace) -> None:
    if getattr(arguments, option.removeprefix("--")) is None:
        raise UsageError(f"the scope {arguments.scope} needs {option}")


def _tell_of(found: "Retrained") -> None:
    before, after = found.before, found.after
    print(
        f"learned: slope {found.learned.slope:.3f}, shift {found.learned.shift:+.3f}\n"
        f"on the labels: calibration error {before.calibration_error:.4f} to {after.calibration_error:.4f}, "
        f"log loss {before.log_loss:.4f} to {after.log_loss:.4f}, matched {before.matched:.4f} to {after.matched:.4f}",
        file=sys.stderr,
    )
    if not found.is_better:
        print("the labels do not show that its probabilities are better than before", file=sys.stderr)


_tell = partial(print, file=sys.stderr, flush=True)
