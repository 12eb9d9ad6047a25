"""A run of `match` over answers of an earlier epoch: those stand that nothing of what changed in the reference touches."""

import argparse
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM
from address_match.service.cli.options.command import Options
from address_match.service.cli.options.policy import OFF
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from address_match.service.batch.input.answered_input import Stands
    from address_match.service.batch.kept.run_identity import RunIdentity
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.opening.found_index import FoundIndex

_OF_THIS_RUN = ("input", "index", "reference", "since", "delimiter", "encoding", "sheet", "header", "layout")
"""What may differ from the run before: another file is read, and another reference asked."""


def add_since(options: Options) -> None:
    """Add that the input is answers of an earlier epoch, and of which."""
    options.add_argument(
        "--since",
        type=Path,
        metavar="OLD",
        help="the input is an output of before, from the index or generation OLD: match only rows again that what changed since can "
        "touch, with the options of that run",
    )


def earlier_run(arguments: argparse.Namespace) -> "RunIdentity | None":
    """Return the run that wrote the input, whose options are set where none are given; None without `--since`.

    Raises UsageError where the input has no record, or is not as it was written.
    """
    if arguments.since is None:
        return None
    if arguments.only or arguments.part:
        raise UsageError("--since chooses the rows itself: leave out --only and --part")
    if arguments.input == STANDARD_STREAM:
        raise UsageError("--since needs a file to read, and the record that stands beside it")
    from address_match.service.batch.kept.run_record import read_record

    run = read_record(Path(arguments.input)).run
    options = {
        "columns": run.columns if run.columns_named else None,
        "layout": run.layout,
        "precision": run.precision,
        "absence_prior": run.absence_prior,
        "places": run.places or OFF,
        "threshold": run.threshold or OFF,
        "top": run.top,
        "thorough": run.thorough,
        "explain": run.explain,
        "fields": run.fields,
        "as_at": date.fromisoformat(run.as_at) if run.as_at else None,
        "audit": run.audit,
    }
    for name, value in options.items():
        if not getattr(arguments, name):
            setattr(arguments, name, value)
    return run


@contextmanager
def standing_since(
    old: Path,
    earlier: "RunIdentity",
    now: "RunIdentity",
    index: "FoundIndex",
    pipeline: "MatchPipeline",
    options: "MatchOptions",
) -> "Iterator[Stands]":
    """Give what says which answers of an earlier run stand in the index of this one, by what changed since the generation at `old`.

    Raises UsageError, which names what changed, where the answers were made by other models or options, from another generation
    than that at `old`, or from an index that is no folder.
    """
    from address_match.cycle_search import without_search_for_cycles
    from address_match.indexer.local.compared.changed_reference import changed_reference
    from address_match.indexer.local.stored.generation_texts import generation_at
    from address_match.service.batch.since.borders import Borders
    from address_match.service.batch.since.standing_answers import StandingAnswers
    from address_match.service.batch.since.two_readings import TwoReadings
    from address_match.service.opening.found_index import FoundFolder

    if not isinstance(index, FoundFolder):
        raise UsageError("--since compares indexes in folders; match all rows anew in Elasticsearch")
    if changed := earlier.differences(
        replace(now, **{name: getattr(earlier, name) for name in _OF_THIS_RUN})
    ):
        raise UsageError(
            f"the answers were made otherwise than they would be now: {', '.join(changed)} changed since; "
            "undo that, or match all rows anew"
        )
    before = generation_at(old)
    _refuse_other_generation(before, earlier)
    borders = Borders.of(pipeline, options)
    with ExitStack() as opened:
        with without_search_for_cycles():
            reference = opened.enter_context(
                changed_reference(before, index.path / index.manifest.generation)
            )
            stands = StandingAnswers(reference, borders, TwoReadings.of(reference, pipeline))
        yield stands


def _refuse_other_generation(folder: Path, earlier: "RunIdentity") -> None:
    from address_match.indexer.storage.checksums import checksums_below
    from address_match.service.batch.kept.run_identity import identity_of_generation

    if identity_of_generation(checksums_below(folder)) != earlier.reference:
        raise UsageError(
            f"the answers are not of {folder}: name the index or the generation that they were made from, or match all rows anew"
        )
