"""The record of a model: its options, and the documents that are written."""

import argparse
import sys
from pathlib import Path

from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.errors import UsageError


def add_record(of_model: Commands) -> None:
    """Add the command that writes the documents of a model."""
    record = add_command(of_model, "record", model_record)
    record.add_argument(
        "bundle",
        nargs="?",
        metavar="NAME|DIR",
        help="a bundle of the registry by name or @ALIAS, or its folder",
    )
    record.add_argument("--out", type=Path, metavar="DIR", help="folder for the documents; it is made")
    record.add_argument(
        "--particulars",
        type=Path,
        metavar="FILE",
        help="what only people know, TOML (everything of that is missing)",
    )
    record.add_argument(
        "--template", action="store_true", help="print a file of particulars to fill in, and write nothing"
    )
    record.add_argument("--complete", action="store_true", help="fail where something is missing")
    record.add_argument("--force", action="store_true", help="replace documents that stand there")
    add_registry(record)


def model_record(arguments: argparse.Namespace) -> int:
    """Write the record of a model: model card, ATRS record (tiers 1 and 2), QF4SA sheet, CSPA service description.

    They are filled in from the bundle. What only people know is asked for in one file (--template prints it) and stands in the
    documents as missing until it is given; how much is missing is said.
    """
    from address_match.service.lifecycle.model_record.documents import documents
    from address_match.service.lifecycle.model_record.particulars import (
        particulars_template,
        read_particulars,
        unsaid,
    )

    if arguments.template:
        print(particulars_template(), end="")
        return 0
    if arguments.bundle is None or arguments.out is None:
        raise UsageError(
            "name a bundle and a folder for its documents: address-match model record NAME --out DIR"
        )
    said = {} if arguments.particulars is None else read_particulars(arguments.particulars)
    _write(
        arguments.out, documents(registry_of(arguments).load(arguments.bundle), said), force=arguments.force
    )
    missing = unsaid(said)
    if missing:
        names = ", ".join(question.name for question in missing)
        print(f"address-match: {len(missing)} particulars are missing: {names}", file=sys.stderr)
    return 1 if missing and arguments.complete else 0


def _write(folder: Path, texts: dict[str, str], *, force: bool) -> None:
    from address_match.drafts import replaced

    taken = [name for name in texts if (folder / name).exists()]
    if taken and not force:
        raise UsageError(
            f"{folder} has {', '.join(taken)} already; name another folder or give --force to replace them"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        with replaced(folder / name) as draft:
            draft.write_text(text, encoding="utf-8")
        print(folder / name)
