"""Verdicts of a person on matched rows of a file of answers."""

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.sources.columns.header_names import describe_header
from address_match.indexer.sources.columns.plain_names import column_positions
from address_match.indexer.sources.table import Table, open_table
from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_check import EDGES, CheckedStratum, DrawnRow, strata_of
from address_match.service.matching.answer import Status

ROW, KEY, WEIGHT, VERDICT = "check_row", "check_key", "check_weight", "check_verdict"
CHECK_COLUMNS = (ROW, KEY, WEIGHT, VERDICT)
_MOST_DIGITS = 15
_BATCH_ROWS = 10_000


class HandVerdict(StrEnum):
    """What a person says of a match."""

    RIGHT = "right"
    WRONG = "wrong"
    CANNOT_TELL = "cannot tell"
    OPEN = ""
    """Not looked at yet."""


@dataclass(frozen=True, slots=True)
class MatchedRows:
    """The matched rows of a file of answers."""

    rows: NDArray[np.int64]
    """Their numbers, ascending, counted from 1 after the header."""
    probabilities: NDArray[np.float64]
    uprns: pa.ChunkedArray

    def __len__(self) -> int:
        return len(self.rows)

    def position(self, row: int) -> int | None:
        """Return where a row stands among the matched; None where it is not one of them."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None

    def key(self, position: int) -> str:
        """Name a match by its row and premises, in a word that a spreadsheet leaves as it is; a UPRN may lose its
        zeros.
        """
        match = f"{self.rows[position]} {self.uprns[position].as_py()}"
        return f"k{hashlib.sha256(match.encode()).hexdigest()[:8]}"


def read_matched(answers: Path, sheet: str | None = None) -> MatchedRows:
    """Read which rows of a file of answers are matched, of a workbook those of a `sheet`; raises `UsageError` where its
    columns are not those of one.
    """
    rows: list[int] = []
    probabilities: list[float] = []
    uprns: list[pa.Array] = []
    with open_table(answers, sheet=sheet) as table:
        wanted = positions_of(table, answers, ("match_status", "match_probability", "match_uprn"))
        for batch in table.rows(_BATCH_ROWS):
            status, probability, uprn = (batch.strings(position) for position in wanted)
            matched = [place for place, one in enumerate(status.to_pylist()) if one == Status.MATCHED]
            rows += [batch.first_row + place for place in matched]
            probabilities += [
                probability_of(probability[place].as_py(), batch.first_row + place) for place in matched
            ]
            uprns.append(uprn.take(pa.array(matched, pa.int64())))
    return MatchedRows(
        np.array(rows, dtype=np.int64), np.array(probabilities), pa.chunked_array(uprns, pa.string())
    )


def rows_to_check(
    table: Table, matched: MatchedRows, drawn: Sequence[DrawnRow]
) -> Iterable[tuple[pa.RecordBatch, list[list[object]]]]:
    """Yield the drawn rows of a table of answers, in order, with the values of `CHECK_COLUMNS`."""
    by_row = {int(matched.rows[one.position]): one for one in drawn}
    for data, here in rows_by_number(table, by_row):
        keys: list[object] = [matched.key(by_row[row].position) for row in here]
        weights: list[object] = [round(by_row[row].weight, 3) for row in here]
        yield data, [list(here), keys, weights, [""] * len(here)]


def rows_by_number(table: Table, wanted: Container[int]) -> Iterator[tuple[pa.RecordBatch, list[int]]]:
    """Yield the wanted rows of a table, in order, and their numbers, counted from 1 after the header."""
    for batch in table.rows(_BATCH_ROWS):
        here = [row for row in range(batch.first_row, batch.first_row + len(batch.data)) if row in wanted]
        if here:
            yield batch.data.take(pa.array([row - batch.first_row for row in here])), here


def read_verdicts(path: Path, matched: MatchedRows) -> dict[int, HandVerdict]:
    """Read the verdicts on matched rows, by their places among these.

    Raises `UsageError`, which names the row, for one that is not matched, is matched with another premises, or stands
    twice, and for a word that is no verdict.
    """
    verdicts: dict[int, HandVerdict] = {}
    with open_table(path) as table:
        wanted = positions_of(table, path, (ROW, VERDICT, KEY))
        for batch in table.rows(_BATCH_ROWS):
            columns = [batch.strings(position).to_pylist() for position in wanted]
            for place, (row, word, key) in enumerate(zip(*columns, strict=True), batch.first_row):
                where = f"row {place} of {path}"
                position = _numbered(row, matched)
                if position is None:
                    raise UsageError(f"{where}: {ROW} {row!r} is no matched row of these answers")
                if key != matched.key(position):
                    raise UsageError(
                        f"{where}: {ROW} {row} is matched with another premises in these answers"
                    )
                if position in verdicts:
                    raise UsageError(f"{where}: {ROW} {row} stands twice; leave one of them out")
                verdicts[position] = _verdict(word, where)
    return verdicts


def checked_strata(matched: MatchedRows, verdicts: dict[int, HandVerdict]) -> list[CheckedStratum]:
    """Count rows and verdicts by stratum, the unsure first; a row of which a person cannot tell is not checked."""
    strata = strata_of(matched.probabilities)
    sizes = np.bincount(strata, minlength=len(EDGES) + 1)
    found = Counter((int(strata[position]), verdict) for position, verdict in verdicts.items())
    return [
        CheckedStratum(
            int(size),
            found[stratum, HandVerdict.RIGHT] + found[stratum, HandVerdict.WRONG],
            found[stratum, HandVerdict.RIGHT],
        )
        for stratum, size in enumerate(sizes)
    ]


def positions_of(table: Table, path: Path, names: Sequence[str]) -> list[int]:
    """Return where columns of a table stand; raises UsageError for one that is not there."""
    positions = column_positions(table.columns)
    for name in names:
        if name not in positions:
            raise UsageError(f"{path} has no column {name}; {describe_header(table.columns)}")
    return [positions[name] for name in names]


def probability_of(text: str, row: int) -> float:
    """Read a probability of an answer; raises UsageError, which names the row, for what is no number."""
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"row {row}: match_probability {text!r} is no number") from None


def _numbered(row: str, matched: MatchedRows) -> int | None:
    return matched.position(int(row)) if row.isdecimal() and len(row) <= _MOST_DIGITS else None


def _verdict(word: str, where: str) -> HandVerdict:
    try:
        return HandVerdict(word.strip().lower())
    except ValueError:
        words = ", ".join(verdict for verdict in HandVerdict if verdict)
        raise UsageError(f"{where}: {word!r} is no verdict; write one of {words}, or nothing") from None
