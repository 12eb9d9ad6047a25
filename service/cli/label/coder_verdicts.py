"""The commands that take in what coders say of answers, and what somebody else says where they contradict each other."""

import argparse
import sys
from pathlib import Path

from address_match.service.cli.files.inputs import refuse_missing
from address_match.service.cli.label.label_store import add_store, existing_store
from address_match.service.cli.options.argument_types import name
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.errors import UsageError


def add_import(commands: Commands) -> None:
    """Add the command that takes in what a coder filled in."""
    taken = add_command(commands, "import", label_import)
    taken.add_argument(
        "file", type=Path, metavar="FILE", help="what the coder filled in; .json is of Label Studio"
    )
    taken.add_argument("--coder", type=name, required=True, metavar="NAME", help="who labelled")
    taken.add_argument(
        "--replace", action="store_true", help="what the coder said otherwise before is given up"
    )
    add_store(taken)


def add_adjudicate(commands: Commands) -> None:
    """Add the command that settles what coders contradict each other in."""
    settled = add_command(commands, "adjudicate", label_adjudicate)
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
    add_store(settled)


def label_import(arguments: argparse.Namespace) -> int:
    """Take in what a coder said, all of FILE or nothing.

    A row that cannot be is refused by its number: an unknown answer or word, a UPRN too many or too few, or something else than the coder
    said before. Rows without a verdict stay open, and a file may be taken in again when more of it is done.
    """
    return _take_in(arguments, arguments.file, adjudicates=False)


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
    found = label_set(existing_store(arguments)).contradictions
    if arguments.out is not None:
        refuse_label_file(arguments.out, force=arguments.force)
        write_contradictions(arguments.out, found, force=arguments.force)
    else:
        for one in found:
            print(f"{one.answer.id}  {said_by_each(one)}")
    print(f"{len(found):,} contradicting", file=sys.stderr)
    return 0


def _take_in(arguments: argparse.Namespace, file: Path, *, adjudicates: bool) -> int:
    from address_match.service.lifecycle.labels.label_file import read_label_file
    from address_match.service.lifecycle.labels.take_in import take_in

    refuse_missing("labels", file)
    store = existing_store(arguments)
    found = take_in(
        read_label_file(file), store, arguments.coder, adjudicates=adjudicates, replace=arguments.replace
    )
    print(f"{file}: {found.new:,} new, {found.known:,} known already, {found.open:,} open", file=sys.stderr)
    return 0
