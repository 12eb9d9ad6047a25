import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.index_location import chosen_index
from address_match.service.cli.policy_options import AUTO, policy_of
from address_match.service.cli.registry_options import chosen_bundle
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.sources.table import Table
    from address_match.service.batch.matcher import OpenMatcher
    from address_match.service.batch.row_batch import RowBatch
    from address_match.service.batch.summary import Summary
    from address_match.service.matching.policy import DecisionPolicy

STANDARD_STREAM = "-"
_SAMPLE_BYTES = 1 << 20


def match(arguments: argparse.Namespace) -> int:
    """Match every row of a file: the same rows come back, in order, with match_* columns.

    match_status is matched, review (better than absence, not sure enough) or unmatched; match_reason says why.
    The address is taken from the columns that are named like one, or from --columns.
    """
    from address_match.service.batch.answer_columns import match_columns
    from address_match.service.batch.input_addresses import find_address, read_batches, refuse_match_columns
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.match_batches import BATCH_ROWS, match_batches
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.summary import Summary
    from address_match.service.batch.writers import open_writer
    from address_match.service.found_index import find_index
    from address_match.service.wiring import pipeline_opener

    options = MatchOptions(arguments.top, arguments.thorough, arguments.explain)
    policy = policy_of(arguments)
    output_format = _output_format(arguments)
    index = find_index(chosen_index(arguments))
    with interruptible() as interruption, open_input(arguments) as table:
        refuse_match_columns(table.columns)
        positions = find_address(table.columns, arguments.columns)
        with (
            destination(arguments.out, force=arguments.force) as path,
            open_writer(path, output_format, table.schema, match_columns(options)) as writer,
            _match_progress(arguments.input, table.rows_total) as report,
        ):
            batches: Iterable[RowBatch] = read_batches(table, positions, BATCH_ROWS)
            opener = partial(pipeline_opener, index, chosen_bundle(arguments), device=arguments.device)
            summary = Summary(absence_prior=policy.absence_prior)
            if arguments.absence_prior == AUTO:
                policy, batches = _estimated(batches, opener, policy, summary, arguments.jobs)
            match_batches(
                batches,
                opener(policy=policy),
                writer,
                options,
                jobs=arguments.jobs,
                summary=summary,
                on_batch=report,
            )
            interruption.check()
    print(json.dumps(summary.as_json()) if arguments.json else summary.as_text(), file=sys.stderr)
    return 0


def _estimated(
    batches: "Iterable[RowBatch]",
    opener: "Callable[..., OpenMatcher]",
    policy: "DecisionPolicy",
    summary: "Summary",
    jobs: int,
) -> "tuple[DecisionPolicy, Iterable[RowBatch]]":
    """Estimate the prior of absence from the first rows, and note it in the summary."""
    from address_match.service.batch.estimate_prior import estimate_prior

    found, batches = estimate_prior(batches, opener(policy=policy), policy.absence_prior, jobs=jobs)
    summary.absence_prior, summary.prior_estimated_from = found.prior, found.rows
    return replace(policy, absence_prior=found.prior), batches


def _output_format(arguments: argparse.Namespace) -> str:
    from address_match.service.batch.destination import refuse_unwritable
    from address_match.service.batch.writers import format_of

    if arguments.out == STANDARD_STREAM:
        return arguments.format or "csv"
    found = format_of(arguments.out)
    refuse_unwritable(Path(arguments.out), force=arguments.force)
    return found


def open_input(arguments: argparse.Namespace) -> "Table":
    """Open the rows that `input` names, in the format of `format`, or of the suffix; raises `UsageError` where it cannot."""
    from address_match.indexer.errors import SourceError
    from address_match.indexer.sources.table import open_table, table_format

    named = {"delimiter": arguments.delimiter, "encoding": arguments.encoding}
    if arguments.input == STANDARD_STREAM:
        return open_table(sys.stdin.buffer, format=arguments.format, **named)
    path = Path(arguments.input)
    if not path.is_file():
        raise UsageError(f"the input {path} {'is not a file' if path.exists() else 'does not exist'}")
    try:
        found = table_format(path)
    except SourceError as error:
        raise UsageError(str(error)) from error
    return open_table(path, format=found, **named)


@contextmanager
def destination(out: str, *, force: bool) -> Iterator[Path | None]:
    """Give the path to write to, None for standard output; a file stands at `out` only when the block ended well."""
    from address_match.service.batch.destination import replaced_at_the_end

    if out == STANDARD_STREAM:
        yield None
        return
    with replaced_at_the_end(Path(out), force=force) as path:
        yield path


@contextmanager
def _match_progress(source: str, rows_total: int | None) -> "Iterator[Callable[[Summary], None]]":
    from address_match.service.cli.consoles import progress_bar

    with progress_bar() as bar:
        if bar is None:
            yield lambda _: None
            return
        task = bar.add_task("matching", total=rows_total or estimated_rows(source), rate="")
        yield lambda summary: bar.update(task, completed=summary.rows, rate=f"{summary.rate:,.0f}/s")


def estimated_rows(source: str) -> int | None:
    """Guess the rows of a file of lines from its beginning, for the time left; None where that says nothing."""
    path = Path(source)
    if source == STANDARD_STREAM or path.suffix.lower() == ".gz":
        return None
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE_BYTES)
    lines = sample.count(b"\n")
    return max(1, round(path.stat().st_size * lines / len(sample)) - 1) if lines else None
