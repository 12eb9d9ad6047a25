"""Two bundles on the same addresses: the options, and what is printed."""

import argparse
import json
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
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
    from address_match.service.evaluation.evaluation_query import EvaluationQuery
    from address_match.service.lifecycle.comparison.paired import Comparison, Figures
    from address_match.service.matching.answer import Answer


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
    from address_match.service.lifecycle.comparison.changes import write_changes
    from address_match.service.lifecycle.comparison.gates import Gates, gates_of
    from address_match.service.lifecycle.comparison.paired import PairedAnswers
    from address_match.service.lifecycle.comparison.receipt import receipt_of, write_receipt

    registry = registry_of(arguments)
    asked = _asked(arguments)
    index = arguments.index or _promoted_index(registry)
    left, right = registry.load(arguments.left), registry.load(arguments.right)
    asked_for = gates_of(registry.folder)
    gates = asked_for or Gates()
    with_memory = gates.more_memory is not None
    before = _answered(index, left.path, asked, with_memory=with_memory)
    after = _answered(arguments.right_index or index, right.path, asked, with_memory=with_memory)
    comparison = replace(
        _compared(asked, before, after, gates.slice_rows), labels_days=_labels_days(arguments.labels)
    )
    failures = gates.failures(comparison)
    path = write_receipt(
        registry.folder, receipt_of(left.fingerprint, right.fingerprint, arguments.queries, comparison)
    )
    if arguments.changes is not None:
        write_changes(
            arguments.changes,
            PairedAnswers(asked.queries, before.queries, after.queries),
            force=arguments.force,
        )
    if arguments.json:
        print(json.dumps({**asdict(comparison), "failures": failures, "receipt": str(path)}, indent=2))
    else:
        _print(comparison, has_gates=asked_for is not None, passed=not failures)
    for failure in failures:
        print(f"address-match: gate not passed: {failure}", file=sys.stderr)
    return 1 if failures else 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both bundles are asked for."""

    queries: "Sequence[EvaluationQuery]"
    hard: "Sequence[EvaluationQuery]"
    unlabelled: "Sequence[str]"


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a bundle says of it."""

    queries: "Sequence[Answer]"
    hard: "Sequence[Answer]"
    unlabelled: "Sequence[Answer]"
    seconds: float
    """CPU time of the queries."""
    single_seconds: float
    """That within which 99 of 100 of them are answered one by one."""
    mebibytes: float | None
    """Most memory of a process that answers the queries; None where it was not taken."""


def _asked(arguments: argparse.Namespace) -> _Asked:
    """Read the files that are named, and refuse a file of changes that cannot be written; raises UsageError."""
    from address_match.service.batch.input.query_file import read_query_file
    from address_match.service.batch.output.destination import refuse_unwritable
    from address_match.service.batch.output.writers import format_of

    if arguments.changes is not None:
        refuse_unwritable(arguments.changes, force=arguments.force)
        format_of(str(arguments.changes))
    return _Asked(
        read_query_file(arguments.queries, arguments.columns),
        read_query_file(arguments.hard, arguments.columns) if arguments.hard else (),
        _addresses(arguments.unlabelled, arguments.columns) if arguments.unlabelled else (),
    )


def _addresses(path: Path, columns: "Sequence[str] | None") -> "list[str]":
    from address_match.indexer.sources.table import open_table
    from address_match.service.batch.input.input_addresses import find_address, read_addresses
    from address_match.service.batch.match_batches import BATCH_ROWS

    refuse_missing("addresses", path)
    with open_table(path) as table:
        address = find_address(table.columns, columns)
        return [text for batch in table.rows(BATCH_ROWS) for text in read_addresses(batch, address)]


def _compared(asked: _Asked, before: _Answered, after: _Answered, slice_rows: int) -> "Comparison":
    from address_match.service.lifecycle.comparison.cost import times
    from address_match.service.lifecycle.comparison.paired import (
        PairedAnswers,
        alike,
        compare_answers,
        lost_rows,
    )

    found = compare_answers(PairedAnswers(asked.queries, before.queries, after.queries), slice_rows)
    return replace(
        found,
        hard_rows=len(asked.hard),
        hard_lost=int(lost_rows(PairedAnswers(asked.hard, before.hard, after.hard)).sum())
        if asked.hard
        else 0,
        unlabelled_rows=len(asked.unlabelled),
        unlabelled_alike=sum(map(alike, before.unlabelled, after.unlabelled)),
        slower=times(after.seconds, before.seconds),
        slower_single=times(after.single_seconds, before.single_seconds),
        more_memory=times(after.mebibytes, before.mebibytes),
    )


def _labels_days(folder: Path | None) -> float | None:
    """Return how old the newest label of a store is, in days; None where there is none."""
    if folder is None:
        return None
    from address_match.service.lifecycle.labels.label_set import label_set
    from address_match.service.lifecycle.labels.store import LabelStore

    last = label_set(LabelStore.existing(folder)).last
    return (datetime.now(UTC) - datetime.fromisoformat(last)) / timedelta(days=1) if last else None


def _promoted_index(registry: "Registry") -> "Path | ElasticIndex":
    from address_match.service.lifecycle.promotion import index_of

    champion = registry.promotions.in_force()
    if champion is None:
        raise UsageError("nothing is promoted whose index could be taken; name one with --index DIR")
    return index_of(champion)


def _answered(index: "Path | ElasticIndex", bundle: Path, asked: _Asked, *, with_memory: bool) -> _Answered:
    from functools import partial
    from itertools import chain

    from address_match.service.batch.match_batches import BATCH_ROWS
    from address_match.service.fault_isolation import match_in_batches
    from address_match.service.lifecycle.comparison.cost import peak_mebibytes, slowest_of_100
    from address_match.service.wiring import pipeline_opener

    opener, texts = pipeline_opener(index, bundle), [query.address for query in asked.queries]
    with closing(opener()) as pipeline:
        match = partial(pipeline.match, top=1)

        def answers(texts: "Sequence[str]") -> "list[Answer]":
            return list(chain.from_iterable(match_in_batches(match, texts, BATCH_ROWS)))

        hard, unlabelled = answers([query.address for query in asked.hard]), answers(asked.unlabelled)
        begun = time.process_time()
        queries = answers(texts)
        seconds = time.process_time() - begun
        single_seconds = slowest_of_100(pipeline, texts)
    mebibytes = peak_mebibytes(opener, texts) if with_memory else None
    return _Answered(queries, hard, unlabelled, seconds, single_seconds, mebibytes)


def _print(found: "Comparison", *, has_gates: bool, passed: bool) -> None:
    print(f"{found.rows:,} addresses, {found.changed:,} answers change")
    print(
        f"answered well: {found.lost:,} lost, {found.gained:,} gained (worse: p = {found.worse_p_value:.3g})"
    )
    for name, figures in (("left", found.champion), ("right", found.candidate)):
        print(f"{name:<6}{_line(figures)}")
    if found.hard_rows:
        print(f"of {found.hard_rows:,} hard addresses {found.hard_lost:,} lost")
    if found.unlabelled_rows:
        print(
            f"of {found.unlabelled_rows:,} without truth {found.unlabelled_alike / found.unlabelled_rows:.2%} alike"
        )
    if found.slower is not None:
        print(f"right takes {found.slower:.2f} times the processor of left")
    if found.slower_single is not None:
        print(f"99 of 100 addresses, one by one, take right {found.slower_single:.2f} times that of left")
    if found.more_memory is not None:
        print(f"right takes {found.more_memory:.2f} times the memory of left")
    for one in found.slices:
        change = one.candidate - one.champion
        print(
            f"  {one.name}, {one.rows:,} rows: {one.champion:.4f} to {one.candidate:.4f} "
            f"({change:+.4f}, {one.low:+.4f} to {one.high:+.4f})"
        )
    print(
        {(True, True): "passes the gates", (True, False): "does not pass the gates"}.get(
            (has_gates, passed), "no gates"
        )
    )


def _line(figures: "Figures") -> str:
    shares = {
        "precision": figures.precision,
        "recall": figures.recall,
        "absent matched": figures.absent_accepted,
        "calibration error": figures.calibration_error,
    }
    told = ", ".join(f"{name} {'–' if value is None else f'{value:.4f}'}" for name, value in shares.items())
    return f"{figures.matched:,} matched, {told}"
