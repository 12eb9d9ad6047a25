"""One run of `match` over one file, stage by stage."""

import argparse
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import layout_taken
from address_match.service.cli.files.outputs import with_samples_shown
from address_match.service.cli.match.file_estimates import estimated, expected
from address_match.service.cli.match.logged_run import identity_of_run, open_log_of, part_of
from address_match.service.cli.match.since import standing_since
from address_match.service.cli.options.models import chosen_bundle
from address_match.service.cli.options.record import recording_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from address_match.indexer.sources.columns.address_composition import AddressComposition
    from address_match.indexer.sources.table import Table
    from address_match.service.batch.input.answered_input import AnsweredInput
    from address_match.service.batch.interruption import Interruption
    from address_match.service.batch.kept.run_identity import RunIdentity
    from address_match.service.batch.lent_pipeline import LentPipeline
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.output.writers import RowWriter
    from address_match.service.batch.row_batch import RowBatch
    from address_match.service.batch.summary import Summary
    from address_match.service.batch.workers import Processes
    from address_match.service.facts.direct_recorder import Recording
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.opening.found_index import FoundIndex


@dataclass(frozen=True, slots=True)
class RowsToMatch:
    """The rows of a file, how they come, and how they come back."""

    batches: "Iterator[RowBatch]"
    schema: "pa.Schema"
    """Of the rows as they come back, without what is added."""
    added: tuple[str, ...]
    """The columns that are added."""
    answered: "AnsweredInput | None" = None
    """Where the answers of an earlier run stand in the batches; None where these hold none, or are without them."""


@dataclass(frozen=True, slots=True)
class FileRun:
    """The rows of a file that are to be matched as the arguments say."""

    arguments: argparse.Namespace
    options: "MatchOptions"
    address: "AddressComposition"
    columns: tuple[str, ...]
    """Those of the input that make the address."""
    unused: tuple[str, ...]
    layout: str
    """The layout by which the columns were found; empty where none was."""
    rows_above: int
    """Lines above the header that were passed over."""
    sheet: str
    """The sheet of a workbook that is read, with those that there are; empty where there is no choice."""
    rows: "RowsToMatch"
    recording: "Recording | None"
    """Where facts of the answers go; None where none are kept."""
    earlier: "RunIdentity | None" = None
    """The run that gave these answers."""

    @classmethod
    def of(
        cls,
        arguments: argparse.Namespace,
        options: "MatchOptions",
        table: "Table",
        earlier: "RunIdentity | None" = None,
    ) -> "FileRun":
        """Find the address of the rows of a table; raises `UsageError` where there is none, or rows are answered already.

        The rows are answers of the run `earlier`, where that is given.
        """
        from address_match.indexer.sources.columns.columns_taken import unused_columns
        from address_match.service.batch.input.input_addresses import find_address
        from address_match.service.batch.input.input_lines import sheet_read
        from address_match.service.batch.output.answer_columns import match_columns
        from address_match.service.batch.uprn_audit.given_column import given_column

        address = find_address(table.columns, arguments.columns, arguments.layout)
        audited = None if arguments.audit is None else given_column(table.columns, arguments.audit)
        rows = _rows_of(arguments, match_columns(options), table, address, audited, since=earlier is not None)
        used = {*address.columns, *(() if audited is None else (audited,))}
        of_answers = set(table.columns) - set(rows.schema.names)
        return cls(
            arguments=arguments,
            options=options,
            address=address,
            columns=tuple(table.columns[position] for position in address.columns),
            unused=tuple(name for name in unused_columns(table.columns, used) if name not in of_answers),
            layout=layout_taken(arguments, table.columns),
            rows_above=table.rows_above,
            sheet=sheet_read(table.sheet, table.sheets),
            rows=rows,
            recording=recording_of(arguments),
            earlier=earlier,
        )

    def summary(self, index: "FoundIndex", policy: "DecisionPolicy") -> "Summary":
        """Return what is known of the run before it."""
        from address_match.service.batch.estimates.estimate_places import EstimatedPlaces
        from address_match.service.batch.estimates.estimate_threshold import EstimatedThreshold
        from address_match.service.batch.summary import Summary

        return Summary(
            generation=index.manifest.generation,
            address_columns=self.columns,
            unused_columns=self.unused,
            layout=self.layout,
            rows_above=self.rows_above,
            sheet=self.sheet,
            absence_prior=policy.absence_prior,
            places=EstimatedPlaces(policy.places) if policy.places else None,
            threshold=EstimatedThreshold(policy.threshold) if policy.threshold else None,
        )

    def answer(
        self,
        index: "FoundIndex",
        policy: "DecisionPolicy",
        writer: "RowWriter",
        on_batch: "Callable[[Summary], None]",
        interruption: "Interruption",
    ) -> "tuple[Summary, RunIdentity]":
        """Estimate what the file says of itself, answer every row and write it, and estimate how many of the matched are right.

        Return what came of it, and what decided about the answers.
        """
        from address_match.service.batch.estimates.file_evidence import FileEvidence
        from address_match.service.batch.file_policy import policy_of_file
        from address_match.service.batch.input.input_addresses import note_postcodes_left_out
        from address_match.service.batch.match_batches import match_batches
        from address_match.service.batch.trial.column_trial import tried_by_columns

        arguments, summary = self.arguments, self.summary(index, policy)
        rows = note_postcodes_left_out(
            self.rows.batches, self.address, partial(setattr, summary, "postcodes_left_out")
        )
        evidence = FileEvidence() if arguments.estimate_precision else None
        with _openers(arguments, index) as opener_of, _waiting(arguments.jobs) as jobs:
            policy, batches = policy_of_file(
                rows, opener_of, policy, estimated(arguments), summary, jobs=jobs
            )
            if self._columns_are_found:
                batches = tried_by_columns(
                    batches, self.address, opener_of(policy), partial(setattr, summary, "trial")
                )
            identity = identity_of_run(arguments, index, policy, self.columns)
            with (
                open_log_of(arguments, identity, interruption) as log,
                self._standing(batches, index, identity, opener_of(policy)) as to_match,
            ):
                match_batches(
                    part_of(to_match, arguments.part),
                    opener_of(policy),
                    writer,
                    self.options,
                    jobs=jobs,
                    summary=summary,
                    on_batch=on_batch,
                    on_answers=None if evidence is None else evidence.add,
                    log=log,
                    recording=self.recording,
                )
            if evidence is not None:
                summary.file_precision = expected(evidence, opener_of(policy), policy, self.options)
        return summary, identity

    @property
    def _columns_are_found(self) -> bool:
        """Whether nobody said which columns make the address, and no answers of before were given by them."""
        arguments = self.arguments
        return (arguments.columns, arguments.layout, arguments.only, self.earlier) == (None,) * 4

    @contextmanager
    def _standing(
        self,
        batches: "Iterator[RowBatch]",
        index: "FoundIndex",
        identity: "RunIdentity",
        open_lent: "Callable[[], LentPipeline]",
    ) -> "Iterator[Iterator[RowBatch]]":
        """Give the batches with the answers of the earlier run that stand, or as they are where there is none."""
        if self.rows.answered is None or self.earlier is None:
            yield batches
            return
        pipeline, old = open_lent().pipeline, self.arguments.since
        with standing_since(old, self.earlier, identity, index, pipeline, self.options) as stands:
            yield self.rows.answered.batches(batches, stands)


def _rows_of(
    arguments: argparse.Namespace,
    added: tuple[str, ...],
    table: "Table",
    address: "AddressComposition",
    audited: int | None,
    *,
    since: bool,
) -> RowsToMatch:
    """Return the rows of a table that are to be matched; all of them, with those of an earlier run that may stand, where `since` says so."""
    from address_match.service.batch.input.answered_input import answered_input, rows_to_match
    from address_match.service.batch.input.input_addresses import read_batches, refuse_unclear_premises
    from address_match.service.batch.match_batches import BATCH_ROWS, STANDING_ROWS
    from address_match.service.batch.output.since_columns import SINCE_COLUMNS

    answered = None
    if since:
        answered = answered_input(table.columns, added, "--since")
        schema = answered.schema(table.schema)
        batches = read_batches(table, address, STANDING_ROWS, audited)
        added = (*added, *SINCE_COLUMNS)
    else:
        schema, batches = rows_to_match(table, address, added, arguments.only, BATCH_ROWS, audited)
    if arguments.columns is None:
        batches = refuse_unclear_premises(batches, address, table.columns)
    if arguments.show_sample:
        batches = with_samples_shown(batches)
    return RowsToMatch(batches, schema, added, answered)


@contextmanager
def _openers(
    arguments: argparse.Namespace, index: "FoundIndex"
) -> "Iterator[Callable[[DecisionPolicy], Callable[[], LentPipeline]]]":
    """Give what opens the matcher under a policy: one in each process that asks, of the generation that is verified here."""
    from address_match.models.devices import device_here
    from address_match.service.batch.lent_pipeline import lending
    from address_match.service.wiring import open_pipeline

    bundle, device = chosen_bundle(arguments), device_here(arguments.device)
    with lending(partial(open_pipeline, index.verify(), bundle, device=device)) as opener_of:
        yield opener_of


@contextmanager
def _waiting(jobs: int) -> "Iterator[Processes]":
    """Begin the worker processes of a run, which keep what they opened from one stage to the next."""
    from address_match.worker_processes import worker_processes

    if jobs == 1:
        yield jobs
        return
    with worker_processes(jobs) as processes:
        yield processes
