"""A file that `match` wrote, read for labelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.sources.table import open_table
from address_match.service.batch.input.input_addresses import find_address, read_addresses
from address_match.service.batch.output.answer_columns import PREFIX
from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_verdicts import positions_of, probability_of
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.matching.answer import Status

_STATUS, _PROBABILITY, _UPRN, _ADDRESS = "match_status", "match_probability", "match_uprn", "match_address"
_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """The addresses of a file of answers that were searched for; parallel sequences."""

    rows: Sequence[int]
    """Their numbers, ascending, counted from 1 after the header."""
    addresses: Sequence[str]
    statuses: Sequence[str]
    uprns: Sequence[str]
    matched_addresses: Sequence[str]
    probabilities: NDArray[np.float64]
    kept: Sequence[KeptText] = ()
    """What a service kept of each; empty of a file."""

    def __len__(self) -> int:
        return len(self.rows)


def read_answered(path: Path, columns: Sequence[str] | None = None) -> AnsweredFile:
    """Read what `match` wrote; rows of no address, and those that it could not read, are left out.

    The address is made of `columns`, else of those named like one. Raises UsageError where the columns are not those of
    answers, and for a row whose status or probability is none.
    """
    found: list[tuple[int, str, str, str, str, float]] = []
    statuses = {status.value for status in Status}
    with open_table(path) as table:
        wanted = positions_of(table, path, (_STATUS, _UPRN, _ADDRESS, _PROBABILITY, "match_error"))
        address = find_address([_own_name(name) for name in table.columns], columns)
        for batch in table.rows(_BATCH_ROWS):
            texts = read_addresses(batch, address)
            said = [batch.strings(position).to_pylist() for position in wanted]
            for number, (text, status, uprn, matched, probability, error) in enumerate(
                zip(texts, *said, strict=True), batch.first_row
            ):
                if status not in statuses:
                    raise UsageError(f"row {number} of {path}: {status!r} is no status of an answer")
                if text.strip() and not error:
                    found.append((number, text, status, uprn, matched, probability_of(probability, number)))
    if not found:
        raise UsageError(f"{path} has no answer to an address; there is nothing to label")
    rows, addresses, status_of, uprns, matched_addresses, probabilities = zip(*found, strict=True)
    return AnsweredFile(
        rows=rows,
        addresses=addresses,
        statuses=status_of,
        uprns=uprns,
        matched_addresses=matched_addresses,
        probabilities=np.array(probabilities),
    )


def _own_name(column: str) -> str:
    """Name a column so that none of the answer is taken for a part of the address."""
    return f"({column})" if column.startswith(PREFIX) else column
