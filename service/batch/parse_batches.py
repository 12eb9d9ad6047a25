"""Parse the rows of a file: one JSON object a row, in order, also for rows that cannot be parsed."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Protocol

from address_match.parser.parse import Parse
from address_match.parser.text_length import length_problem
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.workers import work_in_order
from address_match.service.wire.parse import parse_object

BATCH_ROWS = 2_000
"""Large enough to share a batch's fixed costs, small enough that memory does not notice it."""


class BatchParser(Protocol):
    """What a file is parsed by."""

    def parse_batch(self, texts: Sequence[str], *, nbest: int = 0) -> Sequence[Parse]:
        """Parse each text, in order."""
        ...


OpenParser = Callable[[], BatchParser]
"""Opens a parser; it travels to worker processes, so it is a function of a module or a partial of one."""


@dataclass(frozen=True, slots=True)
class ParseWork:
    """Writes the parses of batches as lines of JSON."""

    parser: BatchParser
    nbest: int

    def run(self, texts: Sequence[str], errors: Mapping[int, str], given: Sequence[str]) -> list[str]:  # noqa: ARG002 - of `BatchWork`
        """Return a line per text; one that cannot be parsed gets `input` and `error`."""
        wrong = {
            **{row: problem for row, text in enumerate(texts) if (problem := length_problem(text))},
            **errors,
        }
        parses = iter(
            self.parser.parse_batch([t for row, t in enumerate(texts) if row not in wrong], nbest=self.nbest)
        )
        return [
            json.dumps(
                {"input": text, "error": wrong[row]} if row in wrong else parse_object(next(parses)),
                ensure_ascii=False,
            )
            for row, text in enumerate(texts)
        ]

    def close(self) -> None:
        """Release nothing: a parser holds no files open."""


@dataclass(slots=True)
class ParseSummary:
    """Counts of a run."""

    rows: int = 0
    notes: int = 0
    """Rows that were mended or could not be read."""


def parse_batches(
    batches: Iterable[RowBatch], open_parser: OpenParser, out: IO[str], *, nbest: int = 0, jobs: int = 1
) -> ParseSummary:
    """Parse every row and write it, in order."""
    summary = ParseSummary()
    for batch, lines in work_in_order(batches, partial(_open_parse_work, open_parser, nbest), jobs):
        out.write("".join(f"{line}\n" for line in lines))
        summary.rows += len(batch)
        summary.notes += len({*batch.errors, *batch.notes})
    return summary


def _open_parse_work(open_parser: OpenParser, nbest: int) -> ParseWork:
    return ParseWork(open_parser(), nbest)
