"""The columns that matching adds to a row. Their names are a contract with the users' own programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.batch.matcher import AddressMatcher, MatchOptions
from address_match.service.batch.output.held_columns import HELD_NUMBERS, held_column, held_columns
from address_match.service.batch.uprn_audit.audit_columns import AUDIT_COLUMNS, LISTED, PROBABILITY
from address_match.service.fault_isolation import answers_or_faults, fault_answer, match_each
from address_match.service.matching.answer import Answer
from address_match.service.matching.answer_listener import answer_listener
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.wire.answer import candidate_object
from address_match.service.wire.explanation import CANDIDATES as EXPLAINED
from address_match.service.wire.explanation import explanation_object

PREFIX = "match_"
CANDIDATES = "match_candidates"
EXPLANATION = "match_explanation"
HISTORICAL = "match_historical"
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
    "match_code": lambda a: a.match_code,
}

MAY_BE_EMPTY = frozenset({*HELD_NUMBERS, PROBABILITY})
NUMERIC_COLUMNS = frozenset({"match_probability", "match_absent_probability", *MAY_BE_EMPTY})


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """The answer for a row, and what it rests on where that was asked for and can be said."""

    answer: Answer
    explanation: Explanation | None = None


def match_columns(options: MatchOptions) -> tuple[str, ...]:
    """Name the added columns, in their order."""
    names = tuple(_VALUES)
    names += (CANDIDATES,) if options.top is not None else ()
    names += (EXPLANATION,) if options.explain else ()
    names += (HISTORICAL,) if options.historical else ()
    names += tuple(map(held_column, options.fields))
    return (*names, *AUDIT_COLUMNS) if options.audit else names


def answer_columns(
    rows: Sequence[AnsweredRow], options: MatchOptions, reference: PremisesLookup
) -> list[list[object]]:
    """Turn answers into the values of the added columns, one list per column, in the order of `match_columns`, except for an
    audit's.
    """
    columns: list[list[object]] = [[value(row.answer) for row in rows] for value in _VALUES.values()]
    if options.top is not None:
        columns.append([_candidates(row.answer, options.top) for row in rows])
    if options.explain:
        columns.append([_explanation(row.explanation) for row in rows])
    if options.historical:
        columns.append(["true" if row.answer.is_historical else "" for row in rows])
    if options.fields:
        columns += held_columns([row.answer.uprn for row in rows], options.fields, reference)
    return columns


def duplicate_pairs(rows: Sequence[AnsweredRow]) -> list[object]:
    """Return for each row the pairs of identifiers for one place that it met, each with the reason; None where there
    are none.
    """
    return [_pairs(row.answer) if row.answer.duplicates else None for row in rows]


def _pairs(answer: Answer) -> list[list[str]]:
    best = answer.candidates[0].uprn
    return [[*sorted((best, other.uprn)), other.reason.value] for other in answer.duplicates]


def answer_rows(
    matcher: AddressMatcher, texts: Sequence[str], errors: Mapping[int, str], options: MatchOptions
) -> list[AnsweredRow]:
    """Answer every row of a batch, in order; a row with an error gets that error as its answer."""
    readable = [text for row, text in enumerate(texts) if row not in errors]
    # Equal rows have equal answers; but the listener is notified of each.
    asked = list(dict.fromkeys(readable)) if answer_listener() is None else readable
    answer = _explained if options.explain else _answered
    found = dict(zip(asked, answer(matcher, asked, options) if asked else [], strict=True))
    return [
        AnsweredRow(Answer.failed(errors[row])) if row in errors else found[text]
        for row, text in enumerate(texts)
    ]


def _answered(matcher: AddressMatcher, texts: Sequence[str], options: MatchOptions) -> list[AnsweredRow]:
    match = partial(matcher.match, top=_listed(options), thorough=options.thorough)
    return [AnsweredRow(answer) for answer in match_each(match, texts)]


def _listed(options: MatchOptions) -> int:
    """Return how many candidates an answer lists, whether they are written out or not."""
    return max(options.top or 1, LISTED if options.audit else 1)


def _explained(matcher: AddressMatcher, texts: Sequence[str], options: MatchOptions) -> list[AnsweredRow]:
    explain = partial(matcher.explain_each, top=_listed(options), listed=EXPLAINED)
    found = answers_or_faults(explain, texts)
    return [
        AnsweredRow(fault_answer(each)) if isinstance(each, Exception) else AnsweredRow(each.answer, each)
        for each in found
    ]


def _explanation(explanation: Explanation | None) -> str:
    return json.dumps(explanation_object(explanation) if explanation else None, ensure_ascii=False)


def _candidates(answer: Answer, top: int) -> str:
    listed = [candidate_object(c) for c in answer.candidates[:top]]
    for candidate in listed:
        candidate["probability"] = round(candidate["probability"], PROBABILITY_DIGITS)
    return json.dumps(listed, ensure_ascii=False)
