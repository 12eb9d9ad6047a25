"""A run of `match` whose answers are kept as they come: one that can go on after its end, and one that is a part of several."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.files.outputs import output_rows
from address_match.service.cli.options.command import Options
from address_match.service.cli.options.models import chosen_bundle
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from address_match.service.batch.interruption import Interruption
    from address_match.service.batch.kept.answer_log import AnswerLog
    from address_match.service.batch.kept.run_identity import RunIdentity
    from address_match.service.batch.output.writers import RowWriter
    from address_match.service.batch.row_batch import RowBatch
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.opening.found_index import FoundIndex


def add_logged(options: Options) -> None:
    """Add how a run goes on after its end, and which part of several it is."""
    options.add_argument(
        "--resume",
        action="store_true",
        help="keep what is answered in OUTPUT.unfinished until the end, and go on from there where it stands",
    )
    options.add_argument(
        "--part",
        type=_part,
        metavar="I/N",
        help="match part I of N; OUTPUT is then for `merge`, which puts the parts together",
    )


def refuse_unlogged(arguments: argparse.Namespace) -> None:
    """Raise `UsageError` where answers are to be kept and the input or the output is no file, or a part is named as rows are."""
    from address_match.indexer.sources.table import FORMAT_OF_SUFFIX

    option = "--part" if arguments.part else "--resume"
    if (arguments.part or arguments.resume) and STANDARD_STREAM in {arguments.input, arguments.out}:
        raise UsageError(f"{option} needs a file to read, and one to write: a stream cannot be read again")
    if arguments.part and Path(arguments.out).suffix.lower() in FORMAT_OF_SUFFIX:
        raise UsageError(
            f"a part holds answers for `merge`, and no rows: name it {Path(arguments.out).stem}.{arguments.part[0]}.part or so"
        )
    if arguments.part and arguments.spreadsheet:
        raise UsageError("--spreadsheet goes with `merge`, which writes the rows")
    if arguments.part and arguments.duplicates:
        raise UsageError("--duplicates goes with `merge`, which knows all rows")


def written_rows(
    arguments: argparse.Namespace, output_format: str, inputs: "pa.Schema", added: Sequence[str]
) -> "AbstractContextManager[RowWriter]":
    """Give the writer of the output, which stands there when the block ended well; a part's rows are not written."""
    from address_match.service.batch.output.writers import NoRows

    if arguments.part is not None:
        return nullcontext(NoRows())
    return output_rows(arguments, output_format, inputs, added, for_spreadsheet=arguments.spreadsheet)


@contextmanager
def open_log_of(
    arguments: argparse.Namespace, run: "RunIdentity", interruption: "Interruption"
) -> "Iterator[AnswerLog | None]":
    """Give the log of the run, or None where none is asked for; raises as `open_log` does."""
    from address_match.service.batch.kept.answer_log import open_log
    from address_match.service.batch.kept.run_identity import identity_of_file

    if not (arguments.resume or arguments.part):
        yield None
        return
    path, run = _log_path(arguments), replace(run, input=identity_of_file(Path(arguments.input)))
    with open_log(path, run, resume=arguments.resume) as log:
        interruption.leaves = f"what is answered stands in {path}; the same command goes on, with --resume"
        yield log


def part_of(batches: "Iterable[RowBatch]", part: tuple[int, int] | None) -> "Iterable[RowBatch]":
    """Return every Nth of the batches, from the Ith on; all where no part is named."""
    return batches if part is None else islice(batches, part[0] - 1, None, part[1])


def put_away(arguments: argparse.Namespace) -> None:
    """Put the log of a part in the part's place; remove that of a whole run, whose output stands there."""
    from address_match.drafts import put_in_place

    if arguments.part:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
        put_in_place(_log_path(arguments), Path(arguments.out).resolve())
    elif arguments.resume:
        _log_path(arguments).unlink(missing_ok=True)


def write_run_record(arguments: argparse.Namespace, run: "RunIdentity") -> None:
    """Write beside the output what it was made with, unless it is a stream, or a part for `merge`, which knows it already."""
    from address_match.service.batch.kept.run_record import RunRecord

    if arguments.out != STANDARD_STREAM and (out := Path(arguments.out)).is_file() and not arguments.part:
        RunRecord.of(out, run).write(out)


def _log_path(arguments: argparse.Namespace) -> Path:
    from address_match.service.batch.kept.answer_log import SUFFIX

    out = Path(arguments.out).resolve()
    return out.with_name(f"{out.name}{SUFFIX}")


def identity_of_run(
    arguments: argparse.Namespace, index: "FoundIndex", policy: "DecisionPolicy", columns: Sequence[str]
) -> "RunIdentity":
    """Return what decides about the answers of a run, except for what the input holds."""
    from address_match.models.bundle import load_bundle
    from address_match.service.batch.kept.run_identity import (
        RunIdentity,
        identity_of_generation,
        identity_of_index,
    )
    from address_match.service.opening.found_index import FoundFolder

    part, parts = arguments.part or (1, 1)
    return RunIdentity(
        release=version("address-match"),
        input="",
        index=identity_of_index(index.manifest),
        bundle=load_bundle(chosen_bundle(arguments) or index.manifest.bundle.path).fingerprint,
        columns=list(columns),
        columns_named=arguments.columns is not None,
        delimiter=arguments.delimiter,
        encoding=arguments.encoding,
        sheet=arguments.sheet,
        header=arguments.header,
        layout=arguments.layout,
        precision=policy.precision,
        absence_prior=policy.absence_prior,
        places=list(policy.places),
        threshold=policy.threshold,
        top=arguments.top,
        thorough=arguments.thorough,
        explain=arguments.explain,
        only=arguments.only,
        fields=arguments.fields,
        as_at=arguments.as_at and arguments.as_at.isoformat(),
        audit=arguments.audit,
        since=None if arguments.since is None else str(arguments.since),
        reference=identity_of_generation(index.manifest.files) if isinstance(index, FoundFolder) else "",
        part=part,
        parts=parts,
    )


def _part(text: str) -> tuple[int, int]:
    first, slash, second = text.partition("/")
    numbers = [int(word) if word.isascii() and word.isdigit() else 0 for word in (first, second)]
    if not slash or not 1 <= numbers[0] <= numbers[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is no part, such as 2/8")
    return numbers[0], numbers[1]
