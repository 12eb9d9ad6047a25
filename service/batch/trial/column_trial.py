"""Whether the columns that were found make addresses: by what the reference knows of the first rows, and whether others of
the file find clearly more of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import itemgetter

import pyarrow as pa

from address_match.cycle_search import without_search_for_cycles
from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.header_names import describe_header
from address_match.indexer.sources.columns.written_address import POSTCODE
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import (
    OR_ALL_THE_SAME,
    NoAddressError,
    read_addresses,
)
from address_match.service.batch.matcher import AddressMatcher
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.trial.other_compositions import Change, OtherComposition, other_compositions
from address_match.service.fault_isolation import match_each
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.features.feature import Field

SAMPLED = 100
"""Rows that are tried, drawn evenly from the first batch."""
LEAST_ROWS = 20
_LEAST_MORE: Mapping[Change, float] = {
    Change.ADDED: 0.06,
    Change.REPLACED: 0.15,
    Change.LEFT_OUT: 0.15,
    Change.ELSEWHERE: 0.15,
    Change.SOMEBODYS: 0.15,
}
"""Share of the rows that have to be matched more: fewer where a part would be lost, since what is wrong in a part that
is said costs some rows of any file.
"""
_LEAST_ELSEWHERE = 0.3
"""Share of the rows that other columns say surely to be another premises, from which on nobody knows which is meant."""
_FEW = 0.1
_MOST_STRANGE = 0.7
"""Shares of the rows that are matched, and whose postcode alone is known, by which an address is none: of premises that
are new or built elsewhere the streets are known, or the postcodes are not.
"""
_ANY_POSTCODE = re.compile(POSTCODE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnTrial:
    """What came of the first rows by the columns that were found, and by others."""

    rows: int
    matched: int
    """Rows that are matched by the columns that were found."""
    better: OtherComposition | None = None
    """What matches clearly more, or as surely other premises; None where nothing does."""
    better_matched: int = 0
    strange: int = 0
    """Rows whose postcode is held, and of whose premises or street the reference knows nothing."""

    @property
    def problem(self) -> str:
        """What is wrong with the columns that were found; empty where nothing is."""
        if self.better is None:
            if self.matched >= _FEW * self.rows or self.strange <= _MOST_STRANGE * self.rows:
                return ""
            return (
                f"of {self.rows} first rows {self.matched} are matched by them, and {self.strange} say a postcode that is "
                "held, and no street or name that is"
            )
        premises = ", to other premises" if self.better.change is Change.ELSEWHERE else ""
        by_others = f"{self.better_matched} {self.better.wording}{premises}"
        return f"of {self.rows} first rows {self.matched} are matched by them, {by_others}"

    def as_text(self) -> str:
        """Say for a person what came of it where nothing is wrong."""
        return f"of {self.rows} first rows {self.matched} are matched, by no other columns clearly more"

    def as_json(self) -> dict[str, int]:
        """Give the counts as one JSON object."""
        return {"rows": self.rows, "matched": self.matched}


def tried_by_columns(
    batches: Iterator[RowBatch],
    address: AddressComposition,
    open_matcher: Callable[[], AddressMatcher],
    note: Callable[[ColumnTrial | None], None],
) -> Iterator[RowBatch]:
    """Tell `note` what came of the first rows, and return all of them anew; raises `NoAddressError` where the trial has a
    `problem`.
    """
    first = next(batches, None)
    if first is None:
        return batches
    trial = try_columns(first, address, open_matcher)
    note(trial)
    if trial is not None and trial.problem:
        names: list[str] = first.data.schema.names
        taken = ", ".join(names[position] for position in address.columns)
        raise NoAddressError(
            f"of the input only {taken} would be matched, and {trial.problem}; {describe_header(names)}",
            OR_ALL_THE_SAME,
            *(() if trial.better is None else (trial.better.columns,)),
        )
    return chain([first], batches)


def try_columns(
    batch: RowBatch, address: AddressComposition, open_matcher: Callable[[], AddressMatcher]
) -> ColumnTrial | None:
    """Match a sample of the first rows by the columns that were found and by others, of which each finds the same rows
    whenever it is asked; None where there are too few rows to tell.
    """
    rows = [row for row, text in enumerate(batch.texts) if text.strip() and row not in batch.errors]
    if len(rows) < LEAST_ROWS:
        return None
    step = -(-len(rows) // SAMPLED)
    sample = TableBatch(1, batch.data.take(pa.array(rows[::step])), ())
    chosen = read_addresses(sample, address)
    others = other_compositions(sample, address)
    matcher = open_matcher()
    try:
        answers = _answers(matcher, chain(chosen, *(other.texts for other in others)))
    finally:
        matcher.close()
    found = {text: answer.uprn for text, answer in answers.items() if answer.status is Status.MATCHED}
    matched = sum(text in found for text in chosen)
    strange = sum(_is_strange(text, answers[text]) for text in chosen)
    clearly_more = [other for other in others if _finds_clearly_more(other, chosen, found)]
    if not clearly_more:
        return ColumnTrial(len(chosen), matched, strange=strange)
    by_count = [(sum(text in found for text in other.texts), other) for other in clearly_more]
    most, better = max(by_count, key=itemgetter(0))
    return ColumnTrial(len(chosen), matched, better, most)


def _answers(matcher: AddressMatcher, texts: Iterable[str]) -> Mapping[str, Answer]:
    asked = list(dict.fromkeys(texts))
    with without_search_for_cycles():
        return dict(zip(asked, match_each(partial(matcher.match, top=1), asked), strict=True))


def _is_strange(text: str, answer: Answer) -> bool:
    """Return whether the postcode of an address is held, and its best candidate agrees in nothing but the place."""
    level, *marked = answer.match_code.split() or [""]
    return (
        answer.status is not Status.MATCHED
        and level in {Level.PLACE, Level.NOTHING}
        and _ANY_POSTCODE.search(text) is not None
        and not any(element.endswith(Field.POSTCODE) for element in marked)
    )


def _finds_clearly_more(other: OtherComposition, chosen: Sequence[str], found: Mapping[str, str]) -> bool:
    """Return whether another composition finds clearly more rows, or premises; where it reads other columns alone, or more
    than those that were found, whether it finds other premises. `found` are the identifiers of the texts that are matched.
    """
    pairs = [(found.get(before), found.get(after)) for before, after in zip(chosen, other.texts, strict=True)]
    more = sum((after is not None) - (before is not None) for before, after in pairs)
    moved = [after for before, after in pairs if None not in (before, after) and before != after]
    if other.change is Change.ELSEWHERE and 2 * len(set(moved)) > len(moved) > _LEAST_ELSEWHERE * len(pairs):
        return True
    if other.change is Change.ADDED:
        more += len(moved)
    elif other.change is Change.REPLACED and more >= 0:  # numbers of something else are those of few houses
        before, after = (set(premises) - {None} for premises in zip(*pairs, strict=True))
        more = max(more, len(after) - len(before))
    return more >= _LEAST_MORE[other.change] * len(pairs)
