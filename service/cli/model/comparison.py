"""Two bundles on the same addresses: which are asked for, and what is said and kept of the comparison."""

import argparse
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import refuse_missing
from address_match.service.cli.options.argument_types import names
from address_match.service.cli.options.command import CommandParser
from address_match.service.cli.options.models import registry_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.models.registry import Registry
    from address_match.service.lifecycle.comparison.compare_bundles import ComparedAddresses


def add_comparison(parser: CommandParser) -> None:
    """Add on which addresses two bundles are compared."""
    parser.add_argument(
        "--queries",
        type=Path,
        metavar="FILE",
        help="addresses with their truth, as `evaluate` takes them, to match with both",
    )
    parser.add_argument(
        "--columns",
        type=names,
        metavar="NAME,…",
        help="columns that make the address, in order (those named like one)",
    )
    parser.add_argument(
        "--hard",
        type=Path,
        metavar="FILE",
        help="addresses with their truth that are known to be hard: none that was answered well shall be lost (none)",
    )
    parser.add_argument(
        "--unlabelled",
        type=Path,
        metavar="FILE",
        help="addresses without their truth, to count how many answers are alike (none)",
    )
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="DIR",
        help="store of labels that the addresses of --queries are of, to say how old the newest is (none)",
    )
    parser.add_argument(
        "--changes",
        type=Path,
        metavar="FILE",
        help="write the answers that change, with both and why each is so: CSV, TSV, XLSX, Parquet or NDJSON by suffix (none)",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing FILE of --changes")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="index to match with (that of the promoted deployment)"
    )
    parser.add_argument(
        "--right-index",
        type=Path,
        metavar="DIR",
        help="index for RIGHT where its parser or encoder is another (that of --index)",
    )


def refuse_without_queries(arguments: argparse.Namespace) -> None:
    """Raise UsageError where an option is named that needs queries, and no queries are."""
    for option in ("hard", "unlabelled", "labels", "changes"):
        if getattr(arguments, option) is not None:
            raise UsageError(f"--{option} needs --queries FILE, with which both bundles are compared")


def compare_on_queries(arguments: argparse.Namespace) -> int:
    """Match queries with both bundles, print what comes of it, keep the receipt, and fail where a gate is not passed."""
    from address_match.service.cli.model.comparison_page import print_paired_comparison
    from address_match.service.lifecycle.comparison.changed_answers import write_changes
    from address_match.service.lifecycle.comparison.compare_bundles import answers_of_bundle, compare_bundles
    from address_match.service.lifecycle.comparison.gates import Gates, gates_of
    from address_match.service.lifecycle.comparison.paired_answers import PairedAnswers
    from address_match.service.lifecycle.comparison.receipt import receipt_of, write_receipt

    registry = registry_of(arguments)
    addresses = _addresses_of(arguments)
    index = arguments.index or _promoted_index(registry)
    left, right = registry.load(arguments.left), registry.load(arguments.right)
    asked_for = gates_of(registry.folder)
    gates = asked_for or Gates()
    with_memory = gates.more_memory is not None
    before = answers_of_bundle(index, left.path, addresses, with_memory=with_memory)
    after = answers_of_bundle(arguments.right_index or index, right.path, addresses, with_memory=with_memory)
    comparison = replace(
        compare_bundles(addresses, before, after, gates.slice_rows),
        labels_days=_labels_days(arguments.labels),
    )
    failures = gates.failures(comparison)
    path = write_receipt(
        registry.folder, receipt_of(left.fingerprint, right.fingerprint, arguments.queries, comparison)
    )
    if arguments.changes is not None:
        write_changes(
            arguments.changes,
            PairedAnswers(addresses.queries, before.queries, after.queries),
            force=arguments.force,
        )
    if arguments.json:
        print(json.dumps({**asdict(comparison), "failures": failures, "receipt": str(path)}, indent=2))
    else:
        print_paired_comparison(comparison, has_gates=asked_for is not None, passed=not failures)
    for failure in failures:
        print(f"address-match: gate not passed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _addresses_of(arguments: argparse.Namespace) -> "ComparedAddresses":
    """Read the files that are named, and refuse a file of changes that cannot be written; raises UsageError."""
    from address_match.service.batch.input.query_file import read_query_file
    from address_match.service.batch.output.destination import refuse_unwritable
    from address_match.service.batch.output.writers import format_of
    from address_match.service.lifecycle.comparison.compare_bundles import ComparedAddresses

    if arguments.changes is not None:
        refuse_unwritable(arguments.changes, force=arguments.force)
        format_of(str(arguments.changes))
    return ComparedAddresses(
        read_query_file(arguments.queries, arguments.columns),
        read_query_file(arguments.hard, arguments.columns) if arguments.hard else (),
        _without_truth(arguments.unlabelled, arguments.columns) if arguments.unlabelled else (),
    )


def _without_truth(path: Path, columns: "Sequence[str] | None") -> list[str]:
    """Read the addresses of a file; raises UsageError where it does not exist, or no column makes an address."""
    from address_match.indexer.sources.table import open_table
    from address_match.service.batch.input.input_addresses import find_address, read_addresses
    from address_match.service.batch.match_batches import BATCH_ROWS

    refuse_missing("addresses", path)
    with open_table(path) as table:
        address = find_address(table.columns, columns)
        return [text for batch in table.rows(BATCH_ROWS) for text in read_addresses(batch, address)]


def _labels_days(folder: Path | None) -> float | None:
    """Return how old the newest label of a store is, in days; None where there is none."""
    if folder is None:
        return None
    from address_match.service.lifecycle.labels.label_set import label_set
    from address_match.service.lifecycle.labels.store import LabelStore

    return label_set(LabelStore.existing(folder)).days_at(datetime.now(UTC))


def _promoted_index(registry: "Registry") -> "Path | ElasticIndex":
    from address_match.service.lifecycle.promotion import index_of

    champion = registry.promotions.in_force()
    if champion is None:
        raise UsageError("nothing is promoted whose index could be taken; name one with --index DIR")
    return index_of(champion)
