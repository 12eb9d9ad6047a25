"""The commands for labels: drawn, taken in, compared, settled, given out."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.command import CommandParser, Commands, add_command, add_group
from address_match.service.cli.inputs import refuse_missing
from address_match.service.cli.options.argument_types import name, names, natural, positive, share_or_none
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.design import USUAL, DrawingDesign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from address_match.service.lifecycle.labels.label_set import LabelSet
    from address_match.service.lifecycle.labels.sample import Sample
    from address_match.service.lifecycle.labels.store import LabelStore


def add_label(commands: Commands) -> None:
    """Add the commands for labels."""
    of_label = add_group(commands, "label", "Draw answers to label, and keep what people say of them.")
    _add_draw_options(add_command(of_label, "draw", label_draw))
    _add_queue_options(add_command(of_label, "queue", label_queue))
    taken = add_command(of_label, "import", label_import)
    taken.add_argument(
        "file", type=Path, metavar="FILE", help="what the coder filled in; .json is of Label Studio"
    )
    taken.add_argument("--coder", type=name, required=True, metavar="NAME", help="who labelled")
    taken.add_argument(
        "--replace", action="store_true", help="what the coder said otherwise before is given up"
    )
    _add_store(taken)
    shown = add_command(of_label, "show", label_show)
    shown.add_argument("--json", action="store_true", help="print JSON")
    _add_store(shown)
    agreeing = add_command(of_label, "agreement", label_agreement)
    agreeing.add_argument("--json", action="store_true", help="print JSON")
    _add_store(agreeing)
    settled = add_command(of_label, "adjudicate", label_adjudicate)
    settled.add_argument(
        "--out", type=Path, metavar="FILE", help="write what is contradicting there, to be filled in"
    )
    settled.add_argument("--verdicts", type=Path, metavar="FILE", help="the same file, filled in")
    settled.add_argument(
        "--coder", type=name, metavar="NAME", help="who adjudicates; not one who labelled the same"
    )
    settled.add_argument(
        "--replace", action="store_true", help="what the coder settled otherwise before is given up"
    )
    settled.add_argument("--force", action="store_true", help="replace an existing FILE of --out")
    _add_store(settled)
    given = add_command(of_label, "export", label_export)
    given.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV, TSV, XLSX, Parquet or NDJSON by suffix; .json for Label Studio",
    )
    given.add_argument("--force", action="store_true", help="replace an existing FILE")
    _add_store(given)
    add_by(given)
    add_registry(given)


def _add_draw_options(parser: CommandParser) -> None:
    parser.add_argument(
        "answers",
        type=Path,
        metavar="ANSWERS|DIR",
        help="what `match` wrote, or what `serve --keep-texts` kept",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="for the coder: CSV, TSV, XLSX or NDJSON by suffix; .json for Label Studio",
    )
    parser.add_argument(
        "--second", type=Path, metavar="FILE", help="for a second coder: a part of the same rows"
    )
    parser.add_argument(
        "--rows", type=positive, default=USUAL.rows, metavar="N", help=f"how many to draw ({USUAL.rows})"
    )
    for option, default, what in (
        ("near", USUAL.near, "drawn about the threshold"),
        ("random", USUAL.random, "drawn from all answers alike"),
        ("blind", USUAL.blind, "whose answer is hidden, those of --random among them"),
        ("second-share", USUAL.second, "that go into the file of --second"),
    ):
        parser.add_argument(
            f"--{option}",
            type=share_or_none,
            default=default,
            metavar="SHARE",
            help=f"of the rows: {what} ({default:g})",
        )
    _add_columns(parser)
    parser.add_argument(
        "--seed", type=natural, default=1, metavar="S", help="the same seed draws the same rows (1)"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing FILE")
    _add_store(parser)


def _add_queue_options(parser: CommandParser) -> None:
    parser.add_argument("answers", type=Path, metavar="ANSWERS", help="what `match` wrote")
    _add_columns(parser)
    _add_store(parser)


def _add_columns(parser: CommandParser) -> None:
    parser.add_argument(
        "--columns", type=names, metavar="A,B,C", help="columns that make the address (those named like one)"
    )


def _add_store(parser: CommandParser) -> None:
    parser.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="folder of samples and labels ($ADDRESS_MATCH_LABELS, else address-match/labels in your data folder)",
    )


def label_draw(arguments: argparse.Namespace) -> int:
    """Draw answers to be labelled: most where something is to be learned, each with a known weight.

    Write into label_verdict right, other premises (with its UPRN in label_uprn), not in the reference, or cannot tell. Of blind rows the
    answer is hidden, so that it does not lead the coder. The store keeps what was drawn, addresses among it. A folder of addresses that a
    service kept is read with the key in $ADDRESS_MATCH_TEXTS_KEY; what of it cannot be read is named, and stays.
    """
    from address_match.service.lifecycle.labels.draw import draw_sample
    from address_match.service.lifecycle.labels.label_file import (
        refuse_label_file,
        write_coder_file,
        write_kept_file,
    )

    is_kept = arguments.answers.is_dir()
    if not is_kept:
        refuse_missing("answers", arguments.answers)
    files = [file for file in (arguments.out, arguments.second) if file is not None]
    for file in files:
        refuse_label_file(file, force=arguments.force)
    second = arguments.second_share if arguments.second is not None else 0.0
    design = DrawingDesign(arguments.rows, arguments.near, arguments.random, arguments.blind, second)
    sample = (
        _drawn_of_kept(arguments.answers, design, arguments.seed)
        if is_kept
        else draw_sample(arguments.answers, design, arguments.seed, arguments.columns)
    )
    _store(arguments).add_sample(sample)
    for file in files:
        answers = [one for one in sample.answers if file is arguments.out or one.second]
        if is_kept:
            write_kept_file(file, answers, force=arguments.force)
        else:
            write_coder_file(file, arguments.answers, answers, force=arguments.force)
        blind = sum(one.blind for one in answers)
        print(f"{file}: {len(answers):,} answers, {blind:,} of them blind", file=sys.stderr)
    return 0


def label_queue(arguments: argparse.Namespace) -> int:
    """Line up all answers that wait for a person, those nearest to the threshold first, to be gone through on the page of review.

    They are those for review, and those not matched that have a candidate; every fifth is blind. The store keeps them, addresses among
    them. A service does this for each of its jobs, in a store of the job's own.
    """
    from address_match.service.lifecycle.labels.review_queue import review_queue

    refuse_missing("answers", arguments.answers)
    queue = review_queue(arguments.answers, arguments.columns)
    store = _store(arguments)
    store.add_sample(queue)
    print(f"{store.folder}: {len(queue.answers):,} answers wait for a person", file=sys.stderr)
    return 0


def _drawn_of_kept(folder: Path, design: DrawingDesign, seed: int) -> "Sample":
    """Draw of the addresses that a service kept, and say what of them cannot be read."""
    from address_match.service.lifecycle.kept_texts.text_cipher import TextCipher
    from address_match.service.lifecycle.kept_texts.text_settings import TextSettings
    from address_match.service.lifecycle.kept_texts.text_store import TextStore
    from address_match.service.lifecycle.labels.draw import draw_answered
    from address_match.service.lifecycle.labels.kept_answers import kept_answers, texts_sha256

    found = TextStore(folder, TextCipher(TextSettings().texts_key.get_secret_value())).read()
    for problem in found.unread:
        print(f"not read: {problem}", file=sys.stderr)
    return draw_answered(kept_answers(found.texts), texts_sha256(found.texts), design, seed)


def label_import(arguments: argparse.Namespace) -> int:
    """Take in what a coder said, all of FILE or nothing.

    A row that cannot be is refused by its number: an unknown answer or word, a UPRN too many or too few, or something else than the coder
    said before. Rows without a verdict stay open, and a file may be taken in again when more of it is done.
    """
    return _take_in(arguments, arguments.file, adjudicates=False)


def label_show(arguments: argparse.Namespace) -> int:
    """Show what a store holds: its labels by verdict, who labelled, their hash, and which share of the matched is right by them."""
    from address_match.service.lifecycle.labels.standing import standing_of

    found = standing_of(_existing(arguments))
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

    shared = agreements_of(_existing(arguments).coded())
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


def label_adjudicate(arguments: argparse.Namespace) -> int:
    """List the answers of which coders say different things, and take in what somebody else says of them.

    Without options they are listed by id. --out writes them with all that was said and the answer, to be filled in like the file of a coder;
    --verdicts takes that in. What is not settled is left out of the labels.
    """
    from address_match.service.lifecycle.labels.label_file import refuse_label_file
    from address_match.service.lifecycle.labels.label_set import label_set
    from address_match.service.lifecycle.labels.written_labels import said_by_each, write_contradictions

    if arguments.verdicts is not None:
        if arguments.coder is None or arguments.out is not None:
            raise UsageError(
                "--verdicts FILE takes in what --coder NAME says; give both, and --out by itself"
            )
        return _take_in(arguments, arguments.verdicts, adjudicates=True)
    found = label_set(_existing(arguments)).contradictions
    if arguments.out is not None:
        refuse_label_file(arguments.out, force=arguments.force)
        write_contradictions(arguments.out, found, force=arguments.force)
    else:
        for one in found:
            print(f"{one.answer.id}  {said_by_each(one)}")
    print(f"{len(found):,} contradicting", file=sys.stderr)
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
    labels, registry = label_set(_existing(arguments)), registry_of(arguments).folder
    known = export_labels(labels, registry, arguments.out, by=arguments.by, force=arguments.force)
    _tell_left_out(labels, known)
    print(f"{arguments.out}: {known:,} labels, set {labels_sha256(labels.true_addresses)}")
    return 0


def _take_in(arguments: argparse.Namespace, file: Path, *, adjudicates: bool) -> int:
    from address_match.service.lifecycle.labels.label_file import read_label_file
    from address_match.service.lifecycle.labels.taking_in import take_in

    refuse_missing("labels", file)
    store = _existing(arguments)
    found = take_in(
        read_label_file(file), store, arguments.coder, adjudicates=adjudicates, replace=arguments.replace
    )
    print(f"{file}: {found.new:,} new, {found.known:,} known already, {found.open:,} open", file=sys.stderr)
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


def _store(arguments: argparse.Namespace) -> "LabelStore":
    from address_match.service.lifecycle.labels.store import LabelStore
    from address_match.service.settings import LabelSettings

    return LabelStore(arguments.store or LabelSettings().labels)


def _existing(arguments: argparse.Namespace) -> "LabelStore":
    """Return the store that is named; raises UsageError where there is none."""
    from address_match.service.lifecycle.labels.store import LabelStore

    return LabelStore.existing(_store(arguments).folder)
