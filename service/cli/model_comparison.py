"""Two bundles on the same addresses: the options, and what is printed."""

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.argument_types import names
from address_match.service.cli.command import CommandParser
from address_match.service.cli.model_options import registry_of
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
        "--index", type=Path, metavar="DIR", help="index to match with (that of the promoted deployment)"
    )
    parser.add_argument(
        "--right-index",
        type=Path,
        metavar="DIR",
        help="index for RIGHT where its parser or encoder is another (that of --index)",
    )


def compare_on_queries(arguments: argparse.Namespace) -> int:
    """Match queries with both bundles, print what comes of it, keep the receipt, and fail where a gate is not passed."""
    from address_match.service.evaluation.query_file import read_query_file
    from address_match.service.lifecycle.comparison.gates import Gates, gates_of
    from address_match.service.lifecycle.comparison.paired import PairedAnswers, compare_answers
    from address_match.service.lifecycle.comparison.receipt import receipt_of, write_receipt

    registry = registry_of(arguments)
    queries = read_query_file(arguments.queries, arguments.columns)
    index = arguments.index or _promoted_index(registry)
    left, right = registry.load(arguments.left), registry.load(arguments.right)
    paired = PairedAnswers(
        queries,
        _answers(index, left.path, queries),
        _answers(arguments.right_index or index, right.path, queries),
    )
    gates = gates_of(registry.folder)
    comparison = compare_answers(paired, (gates or Gates()).slice_rows)
    failures = gates.failures(comparison) if gates else ()
    path = write_receipt(
        registry.folder, receipt_of(left.fingerprint, right.fingerprint, arguments.queries, comparison)
    )
    if arguments.json:
        print(json.dumps({**asdict(comparison), "failures": failures, "receipt": str(path)}, indent=2))
    else:
        _print(comparison, has_gates=gates is not None, passed=not failures)
    for failure in failures:
        print(f"address-match: gate not passed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _promoted_index(registry: "Registry") -> "Path | ElasticIndex":
    from address_match.service.lifecycle.promotion import index_of

    champion = registry.promotions.in_force()
    if champion is None:
        raise UsageError("nothing is promoted whose index could be taken; name one with --index DIR")
    return index_of(champion)


def _answers(
    index: "Path | ElasticIndex", bundle: Path, queries: "Sequence[EvaluationQuery]"
) -> "list[Answer]":
    from functools import partial

    from address_match.service.batch.match_batches import BATCH_ROWS
    from address_match.service.fault_isolation import match_each
    from address_match.service.wiring import open_pipeline

    texts = [query.address for query in queries]
    with closing(open_pipeline(index, bundle)) as pipeline:
        match = partial(pipeline.match, top=1)
        return [
            answer
            for start in range(0, len(texts), BATCH_ROWS)
            for answer in match_each(match, texts[start : start + BATCH_ROWS])
        ]


def _print(found: "Comparison", *, has_gates: bool, passed: bool) -> None:
    print(f"{found.rows:,} addresses, {found.changed:,} answers change")
    print(
        f"answered well: {found.lost:,} lost, {found.gained:,} gained (worse: p = {found.worse_p_value:.3g})"
    )
    for name, figures in (("left", found.champion), ("right", found.candidate)):
        print(f"{name:<6}{_line(figures)}")
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
