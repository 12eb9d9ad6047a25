"""The command that learns a part of a bundle anew from labels."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.argument_types import natural
from address_match.service.cli.command import Commands, add_command
from address_match.service.cli.model_options import add_bundle, chosen_bundle
from address_match.service.cli.policy_options import add_policy, policy_of
from address_match.service.cli.trained_folder import made_beside, refuse_folder
from address_match.service.errors import UsageError
from address_match.service.training.scope import FROM_LABELS, Scope, training_command

if TYPE_CHECKING:
    from address_match.service.training.retrain import Retrained, Retraining

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
        required=True,
        metavar="DIR",
        help="index that the labelled addresses are looked for in",
    )
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
        help="of the parts of the labels on which it is measured (1)",
    )
    parser.add_argument("--force", action="store_true", help="replace the bundle that stands at DIR")
    parser.add_argument("--json", action="store_true", help="print the receipt")
    add_bundle(parser)


def retrain(arguments: argparse.Namespace) -> int:
    """Learn a part of a bundle anew from labels: its thresholds alone, or its calibration and these.

    All else is copied. Two numbers are learned, so that few labels do little harm; it takes seconds. At the prior of absence that is named here
    the probabilities will be right, and what is matched is told for the precision. The other scopes are a training on a reference, and
    refused with the command for it.
    """
    from address_match.models.bundle import load_bundle
    from address_match.service.found_index import find_index
    from address_match.service.labels.true_addresses import read_labels
    from address_match.service.settings import LabelSettings
    from address_match.service.training.retrain import Retraining
    from address_match.service.training.retrain import retrain as learn
    from address_match.service.training.step_receipt import StepClock, receipt_beside

    clock, out = StepClock(), arguments.out.resolve()
    _refuse_other_scopes(arguments.scope)
    refuse_folder(out, of="a bundle", mark="manifest.json", force=arguments.force)
    labels = read_labels(arguments.labels or LabelSettings().labels)
    if len(labels.addresses) < LEAST_LABELS:
        raise UsageError(
            f"{len(labels.addresses):,} labels are too few to learn from; {LEAST_LABELS} are needed, and 300 are better"
        )
    base = load_bundle(chosen_bundle(arguments) or find_index(arguments.index).manifest.bundle.path)
    asked = Retraining(arguments.scope, base, labels, arguments.index, policy_of(arguments), arguments.seed)
    with made_beside(out) as draft:
        found = learn(asked, draft)
    receipt = clock.receipt(
        "retrain", inputs=_inputs(asked, found), outputs=_outputs(found), seed=arguments.seed
    )
    receipt.write(receipt_beside(out))
    if arguments.json:
        print(json.dumps(asdict(receipt), indent=2, ensure_ascii=False))
    else:
        print(out)
        _tell(found)
    return 0


def _refuse_other_scopes(scope: Scope) -> None:
    if scope not in FROM_LABELS:
        raise UsageError(
            f"the {scope.value if scope is not Scope.ALL else 'whole bundle'} is not learned from labels alone. Train it on a reference, with the labels: "
            f"address-match label export --out LABELS.csv, then {training_command(scope)}"
        )


def _inputs(asked: "Retraining", found: "Retrained") -> dict[str, object]:
    return {
        "scope": asked.scope.value,
        "base_fingerprint": asked.base.fingerprint,
        "labels_sha256": asked.labels.sha256,
        "labels": len(asked.labels.addresses),
        "labels_last": asked.labels.last,
        "index_sha256": found.index_sha256,
        "absence_prior": asked.policy.absence_prior,
    }


def _outputs(found: "Retrained") -> dict[str, object]:
    from address_match.service.training.step_receipt import made_of

    return {
        **made_of(found.bundle),
        "slope": found.learned.slope,
        "shift": found.learned.shift,
        "before": asdict(found.before),
        "after": asdict(found.after),
        "better_by_the_labels": found.is_better,
    }


def _tell(found: "Retrained") -> None:
    before, after = found.before, found.after
    print(
        f"learned: slope {found.learned.slope:.3f}, shift {found.learned.shift:+.3f}\n"
        f"on the labels: calibration error {before.calibration_error:.4f} to {after.calibration_error:.4f}, "
        f"log loss {before.log_loss:.4f} to {after.log_loss:.4f}, matched {before.matched:.4f} to {after.matched:.4f}",
        file=sys.stderr,
    )
    if not found.is_better:
        print("the labels do not show that its probabilities are better than before", file=sys.stderr)
