"""The commands for labels, in the order in which they are used; here those that show what a store holds, and give it out."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.label.coder_verdicts import add_adjudicate, add_import
from address_match.service.cli.label.draw import add_draw
from address_match.service.cli.label.label_store import add_store, existing_store
from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from address_match.service.lifecycle.labels.label_set import LabelSet


def add_label(commands: Commands) -> None:
    """Add the commands for labels."""
    of_label = add_group(commands, "label", "Draw answers to label, and keep what people say of them.")
    add_draw(of_label)
    add_import(of_label)
    shown = add_command(of_label, "show", label_show)
    shown.add_argument("--json", action="store_true", help="print JSON")
    add_store(shown)
    agreeing = add_command(of_label, "agreement", label_agreement)
    agreeing.add_argument("--json", action="store_true", help="print JSON")
    add_store(agreeing)
    add_adjudicate(of_label)
    given = add_command(of_label, "export", label_export)
    given.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV, TSV, XLSX, Parquet or NDJSON by suffix; .json for Label Studio",
    )
    given.add_argument("--force", action="store_true", help="replace an existing FILE")
    add_store(given)
    add_by(given)
    add_registry(given)


def label_show(arguments: argparse.Namespace) -> int:
    """Show what a store holds: its labels by verdict, who labelled, their hash, and which share of the matched is right by them."""
    from address_match.service.lifecycle.labels.store_figures import figures_of_store

    found = figures_of_store(existing_store(arguments))
    if arguments.json:
        print(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return 0
    print(f"{found.labels:,} labels, {found.contradicting:,} contradicting; set {found.sha256[:12]}")
    print(_counted(found.verdicts))
    print(f"by {_counted(found.coders)}")
    for sample, share in found.right:
        drawn = f"{len(sample.answers):,} answers drawn of {sum(sample.strata.values()):,}"
        print(f"{drawn}: of the matched are right {share.as_text() if share else 'too few to say'}")
    return 0


def label_agreement(arguments: argparse.Namespace) -> int:
    """Say how far coders agree beyond chance: Cohen's kappa of each two who labelled the same answers, with its 95 % interval."""
    from address_match.service.lifecycle.labels.agreement import agreements_of

    shared = agreements_of(existing_store(arguments).coded())
    if not shared:
        raise UsageError(
            "no two coders labelled the same answers; `label draw --second FILE` has some labelled twice"
        )
    if arguments.json:
        print(json.dumps([found.as_json(pair) for pair, found in shared.items()], indent=2))
        return 0
    for (one, other), found in shared.items():
        kappa = (
            f"kappa {found.kappa:.2f} ({found.low:.2f} to {found.high:.2f})"
            if found.kappa is not None
            else "kappa is not defined"
        )
        print(f"{one}, {other}: {found.agreeing:,} of {found.answers:,} alike; {kappa}")
    return 0


def label_export(arguments: argparse.Namespace) -> int:
    """Write the labels that say what is right, with their weights, for `retrain`, `evaluate` and `train bundle`.

    Answers of which coders contradict each other are left out, and those that nobody can tell. FILE holds addresses, and the audit of
    the registry says who took them out.
    """
    from address_match.service.lifecycle.labels.export import export_labels
    from address_match.service.lifecycle.labels.label_file import refuse_label_file
    from address_match.service.lifecycle.labels.label_set import label_set, labels_sha256

    refuse_label_file(arguments.out, force=arguments.force)
    labels, registry = label_set(existing_store(arguments)), registry_of(arguments).folder
    known = export_labels(labels, registry, arguments.out, by=arguments.by, force=arguments.force)
    _tell_left_out(labels, known)
    print(f"{arguments.out}: {known:,} labels, set {labels_sha256(labels.true_addresses)}")
    return 0


def _tell_left_out(labels: "LabelSet", known: int) -> None:
    left = len(labels.labels) - known
    if left or labels.contradictions:
        print(
            f"left out: {left:,} that nobody can tell, {len(labels.contradictions):,} contradicting",
            file=sys.stderr,
        )


def _counted(counts: "Mapping[str, int]") -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())) or "nobody"
