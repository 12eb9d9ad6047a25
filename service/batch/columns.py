"""The columns that matching adds to a row. Their names are a contract with the users' own programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from service.batch.matcher import AddressMatcher, MatchOptions
from service.matching.answer import Answer, Reason, Relation, Status
from service.matching.isolation import match_each

PREFIX = "match_"
CANDIDATES = "match_candidates"
PROBABILITY_DIGITS = 6

_VALUES: dict[str, Callable[[Answer], object]] = {
    "match_status": lambda a: a.status.value,
    "match_uprn": lambda a: a.uprn,
    "match_address": lambda a: a.address,
    "match_probability": lambda a: round(a.probability, PROBABILITY_DIGITS),
    "match_absent_probability": lambda a: round(a.absent_probability, PROBABILITY_DIGITS),
    "match_relation": lambda a: a.relation.value,
    "match_related_uprn": lambda a: a.related_uprn,
    "match_reason": lambda a: a.reason.value,
    "match_error": lambda a: a.error,
}

NUMERIC_COLUMNS = frozenset({"match_probability", "match_absent_probability"})


def match_columns(options: MatchOptions) -> tuple[str, ...]:
    """Name the added columns, in their order."""
    return (*_VALUES, CANDIDATES) if options.top is not None else tuple(_VALUES)


def answer_columns(answers: Sequence[Answer], options: MatchOptions) -> list[list[object]]:
    """Turn answers into the values of the added columns, one list a column, in the order of `match_columns`."""
    columns: list[list[object]] = [[value(a) for a in answers] for value in _VALUES.values()]
    if options.top is not None:
        columns.append([_candidates(a, options.top) for a in answers])
    return columns


def answer_rows(
    matcher: AddressMatcher, texts: Sequence[str], errors: Mapping[int, str], options: MatchOptions
) -> list[Answer]:
    """Answer every row of a batch, in order; a row with an error gets that error as its answer."""
    readable = [text for row, text in enumerate(texts) if row not in errors]
    match = partial(matcher.match, top=options.top or 1, thorough=options.thorough)
    found = iter(match_each(match, readable) if readable else [])
    return [unreadable(errors[row]) if row in errors else next(found) for row in range(len(texts))]


def unreadable(error: str) -> Answer:
    """Answer a row that could not be read."""
    return Answer(Status.UNMATCHED, Reason.ERROR, "", "", 0.0, 1.0, Relation.NONE, "", (), error)


def _candidates(answer: Answer, top: int) -> str:
    return json.dumps(
        [
            {
                "uprn": c.uprn,
                "address": c.address,
                "probability": round(c.probability, PROBABILITY_DIGITS),
                "relation": c.relation.value,
            }
            for c in answer.candidates[:top]
        ],
        ensure_ascii=False,
    )
