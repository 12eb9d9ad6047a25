"""From answers, and what they rest on, to facts."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import repeat

import pyarrow as pa

from address_match.indexer.retrieval import Channel
from address_match.service.lifecycle.facts.fact import FINGERPRINT_DIGITS, Fact
from address_match.service.matching.account.match_code import MARKS
from address_match.service.matching.account.verdict import ELEMENTS
from address_match.service.matching.answer import Answer
from address_match.service.matching.features.cosine import COSINE
from address_match.service.matching.features.word_overlap import CANDIDATE_SHARE, QUERY_SHARE
from address_match.service.matching.told_answers import UNKNOWN, Search, ToldAnswers

_MINUTE = 60
_DIGITS = 3
_PARSE_DIGITS = 2
_SHARES, _SHARE_DIGITS = (COSINE, QUERY_SHARE, CANDIDATE_SHARE), 1
_CHARACTER_STEP = 20
_VERDICT_OF_MARK = {mark: verdict.name.lower() for verdict, mark in MARKS.items()}
_AGREES = "agrees"


_Column = Iterable[object]

_OF_SEARCH = Fact._fields[Fact._fields.index("next_probability") : Fact._fields.index("level")]
_OF_CODE = Fact._fields[Fact._fields.index("level") : Fact._fields.index("characters")]
_OF_TEXT = Fact._fields[Fact._fields.index("characters") : Fact._fields.index("champion")]
_OF_OTHERS: tuple[_Column, ...] = (repeat(None),) * (len(Fact._fields) - Fact._fields.index("champion"))
"""No bundle answers beside another unless somebody says so, and no stretch of addresses ends here."""
_NO_CODE: tuple[str | None, ...] = (None,) * len(_OF_CODE)


def facts_of_call(told: Sequence[ToldAnswers], *, asked: int, seconds: float) -> list[Fact]:
    """Return a fact for each of the `asked` addresses of a call that took so long; those that nothing was told of have failed."""
    facts = [fact for each in told for fact in _facts(each, asked, seconds)]
    if len(facts) == asked:
        return facts
    failed = [Answer.failed("")] * (asked - len(facts))
    policy = told[0] if told else ToldAnswers((), UNKNOWN, None)
    return facts + _facts(replace(policy, answers=failed, search=None), asked, seconds)


def _facts(told: ToldAnswers, asked: int, seconds: float) -> list[Fact]:
    """Make the columns of the facts one by one, and rows of them at the end."""
    call = (
        int(time.time()) // _MINUTE * _MINUTE,
        _release(),
        told.origin.bundle_fingerprint[:FINGERPRINT_DIGITS],
        told.origin.generation,
        told.threshold,
        told.prior,
        asked,
        round(1_000 * seconds / asked, 2),
    )
    columns = [*map(repeat, call), *_decisions(told.answers), *_searched(told.search), *_codes(told.answers)]
    columns += [*_texts(told.search), *_OF_OTHERS]
    return [*map(Fact._make, zip(*columns, strict=False))]


def _decisions(answers: Sequence[Answer]) -> list[_Column]:
    return [
        [answer.status for answer in answers],
        [answer.reason for answer in answers],
        [answer.relation for answer in answers],
        _rounded([answer.probability for answer in answers]),
        _rounded([answer.absent_probability for answer in answers]),
    ]


def _searched(search: Search | None) -> list[_Column]:
    """Return what the search says of the best candidates."""
    if search is None:
        return [repeat(None)] * len(_OF_SEARCH)
    bounds = search.calibrated.starts().tolist()
    classes = search.calibrated.ranked.candidates.texts.column("classification")
    found = [_of_best(search, classes, bounds[row], bounds[row + 1]) for row in search.rows]
    return [*zip(*found, strict=True)]


def _of_best(search: Search, classes: pa.ChunkedArray, start: int, end: int) -> tuple[object, ...]:
    """Return how the best candidate of a query was found, whose premises lie from `start` to `end`.

    Values are taken one by one: of a single address that takes a fifth of what whole columns do, and of a file no longer.
    """
    batch, by_block = search.calibrated, search.by_block_alone
    if start == end:
        return None, 0, None, by_block, None, None, None, None
    ranked = batch.ranked
    pair = ranked.pair.item(start)
    following = batch.probability.item(start + 1) if end - start > 1 else 0.0
    return (
        round(following, _DIGITS),
        end - start,
        _channel_names(ranked.candidates.channels.item(pair)),
        by_block,
        *[round(ranked.features.column(feature).item(start), _SHARE_DIGITS) for feature in _SHARES],
        classes[ranked.candidates.text.item(pair)].as_py()[:1],
    )


def _codes(answers: Sequence[Answer]) -> list[_Column]:
    read = [_read_code(answer.match_code) for answer in answers]
    return [*zip(*read, strict=True)] or [repeat(None)] * len(_OF_CODE)


def _texts(search: Search | None) -> list[_Column]:
    """Return what the texts of the search look like, and which fields they name."""
    if search is None:
        return [repeat(None)] * len(_OF_TEXT)
    texts = [search.parsed.texts[row] for row in search.rows]
    fields = [text.fields for text in texts]
    return [
        [sum(map(len, text.words)) // _CHARACTER_STEP * _CHARACTER_STEP for text in texts],
        [len(text.words) for text in texts],
        _rounded([text.probability for text in texts], _PARSE_DIGITS),
        [len(text.alternatives) for text in texts],
        [says.organisation != "" for says in fields],
        [says.building != "" for says in fields],
        [says.unit != "" for says in fields],
        [says.floor != "" for says in fields],
        [says.number >= 0 for says in fields],
        [says.suffix != "" for says in fields],
        [says.street != "" for says in fields],
        [says.locality != "" for says in fields],
        [says.town != "" for says in fields],
        [says.county != "" for says in fields],
        [says.postcode != "" for says in fields],
        [says.position != "" for says in fields],
    ]


def _rounded(numbers: Iterable[float], digits: int = _DIGITS) -> list[object]:
    return [round(number, digits) for number in numbers]


@cache
def _read_code(match_code: str) -> tuple[str | None, ...]:
    """Return the level of a match code, and how each of `ELEMENTS` stands; None each where there is no candidate.

    >>> _read_code("premises ~street -town")[:5]
    ('premises', 'agrees', 'agrees', 'agrees', 'respelled')
    """
    if not match_code:
        return _NO_CODE
    level, *marked = match_code.split(" ")
    by_element = {item[1:]: _VERDICT_OF_MARK[item[0]] for item in marked}
    return level, *(by_element.get(element, _AGREES) for element in ELEMENTS)


@cache
def _channel_names(flags: int) -> str:
    return "+".join(channel.name.lower() for channel in Channel if channel.name and channel & flags)


@cache
def _release() -> str:
    return version("address-match")
