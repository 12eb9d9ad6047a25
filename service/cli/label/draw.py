"""The commands that choose which answers people look at: a sample by design, and the queue of all that wait."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import refuse_missing
from address_match.service.cli.label.label_store import add_store, store_of
from address_match.service.cli.options.argument_types import names, natural, positive, share_or_none
from address_match.service.cli.options.command import CommandParser, Commands, add_command
from address_match.service.lifecycle.labels.drawing_design import USUAL, DrawingDesign

if TYPE_CHECKING:
    from address_match.service.lifecycle.labels.sample import Sample


def add_draw(commands: Commands) -> None:
    """Add the commands that draw a sample and that line up a queue."""
    _add_draw_options(add_command(commands, "draw", label_draw))
    queue = add_command(commands, "queue", label_queue)
    queue.add_argument("answers", type=Path, metavar="ANSWERS", help="what `match` wrote")
    _add_columns(queue)
    add_store(queue)


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
    add_store(parser)


def _add_columns(parser: CommandParser) -> None:
    parser.add_argument(
        "--columns", type=names, metavar="A,B,C", help="columns that make the address (those named like one)"
    )


def label_draw(arguments: argparse.Namespace) -> int:
    """Draw answers to be labelled: most where something is to be learned, each with a known weight.

    Write into label_verdict right, other premises (with its UPRN in label_uprn), not in the reference, or cannot tell. Of blind rows the
    answer is hidden, so that it does not lead the coder. The store keeps what was drawn, addresses among it. A folder of addresses that a
    service kept is read with the key in $ADDRESS_MATCH_TEXTS_KEY; what of it cannot be read is named, and stays.
    """
    from address_match.service.lifecycle.labels.draw_sample import draw_sample
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
    store_of(arguments).add_sample(sample)
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
    store = store_of(arguments)
    store.add_sample(queue)
    print(f"{store.folder}: {len(queue.answers):,} answers wait for a person", file=sys.stderr)
    return 0


def _drawn_of_kept(folder: Path, design: DrawingDesign, seed: int) -> "Sample":
    """Draw of the addresses that a service kept, and say what of them cannot be read."""
    from address_match.service.lifecycle.kept_texts.text_cipher import TextCipher
    from address_match.service.lifecycle.kept_texts.text_store import TextStore
    from address_match.service.lifecycle.labels.draw_sample import draw_answered
    from address_match.service.lifecycle.labels.kept_answers import kept_answers, texts_sha256
    from address_match.service.settings.lifecycle_settings import TextSettings

    found = TextStore(folder, TextCipher(TextSettings().texts_key.get_secret_value())).read()
    for problem in found.unread:
        print(f"not read: {problem}", file=sys.stderr)
    return draw_answered(kept_answers(found.texts), texts_sha256(found.texts), design, seed)
