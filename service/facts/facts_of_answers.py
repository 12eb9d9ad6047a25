"""From answers, and what they rest on, to facts."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import repeat

from address_match.indexer.retrieval import Channel
from address_match.indexer.texts.coded_strings import Coded
from address_match.parser.parsed_address import ParsedAddress
from address_match.service.facts.fact import FINGERPRINT_DIGITS, Fact
from address_match.service.matching.account.match_code import MARKS
from address_match.service.matching.account.verdict import ELEMENTS
from address_match.service.matching.answer import Answer
from address_match.service.matching.answer_listener import UNKNOWN, AnsweredBatch, Search
from address_match.service.matching.features.cosine import COSINE
from address_match.service.matching.features.words.word_overlap import CANDIDATE_SHARE, QUERY_SHARE

_MINUTE = 60
_DIGITS = 3
_PARSE_DIGITS = 2
_SHARES, _SHARE_DIGITS = (COSINE, QUERY_SHARE, CANDIDATE_SHARE), 1
_CHARACTER_STEP = 20
_VERDICT_OF_MARK = {mark: verdict.name.lower() for verdict, mark in MARKS.items()}
_AGREES = "agrees"


_Values = tuple[object, ...]
"""Of some fields of a fact, in their order."""

_FIELDS = Fact._fields
_NO_SEARCH: _Values = (None,) * (_FIELDS.index("level") - _FIELDS.index("next_probability"))
_NO_CODE: tuple[str | None, ...] = (None,) * (_FIELDS.index("characters") - _FIELDS.index("level"))
_NO_TEXT: _Values = (None,) * (_FIELDS.index("champion") - _FIELDS.index("characters"))
_OF_OTHERS: _Values = (None,) * (len(_FIELDS) - _FIELDS.index("champion"))
"""No bundle answers beside another unless somebody says so, and no stretch of addresses ends here."""


def facts_of_call(answered: Sequence[AnsweredBatch], *, asked: int, seconds: float) -> list[Fact]:
    """Return a fact for each of the `asked` addresses of a call that took so long; those that are not among the
    `answered` have failed.
    """
    facts = [fact for each in answered for fact in _facts(each, asked, seconds)]
    if len(facts) == asked:
        return facts
    failed = [Answer.failed("")] * (asked - len(facts))
    policy = answered[0] if answered else AnsweredBatch((), UNKNOWN, None)
    return facts + _facts(replace(policy, answers=failed, search=None), asked, seconds)


def _facts(batch: AnsweredBatch, asked: int, seconds: float) -> list[Fact]:
    """Return a fact for each answer of a batch.

    Values are taken one by one: of a single address that costs a fifth of what columns do, and of a file no more.
    """
    call = (
        int(time.time()) // _MINUTE * _MINUTE,
        _release(),
        batch.origin.bundle_fingerprint[:FINGERPRINT_DIGITS],
        batch.origin.generation,
        batch.threshold,
        batch.prior,
        asked,
        round(1_000 * seconds / asked, 2),
    )
    of_search = repeat((_NO_SEARCH, _NO_TEXT)) if batch.search is None else _of_search(batch.search)
    return [
        Fact._make(
            (*call, *_of_decision(answer), *of_best, *_read_code(answer.match_code), *of_text, *_OF_OTHERS)
        )
        for answer, (of_best, of_text) in zip(batch.answers, of_search, strict=False)
    ]


def _of_decision(answer: Answer) -> _Values:
    return (
        answer.status,
        answer.reason,
        answer.relation,
        round(answer.probability, _DIGITS),
        round(answer.absent_probability, _DIGITS),
    )


def _of_search(search: Search) -> Iterator[tuple[_Values, _Values]]:
    """Yield for each row what the search says of its best candidate, and what its text is like."""
    bounds = search.calibrated.starts().tolist()
    classes = search.calibrated.ranked.candidates.texts.strings("classification")
    for row in search.rows:
        yield _of_best(search, classes, bounds[row], bounds[row + 1]), _of_text(search.parsed.texts[row])


def _of_best(search: Search, classes: Coded, start: int, end: int) -> _Values:
    """Return how the best candidate of a query was found, whose premises lie from `start` to `end`."""
    batch, by_block = search.calibrated, search.is_short
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
        classes.value_at(ranked.candidates.text.item(pair))[:1],
    )


def _of_text(text: ParsedAddress) -> _Values:
    """Return what a text looks like, and which fields it names."""
    says = text.fields
    return (
        sum(map(len, text.words)) // _CHARACTER_STEP * _CHARACTER_STEP,
        len(text.words),
        round(text.probability, _PARSE_DIGITS),
        len(text.alternatives),
        says.organisation != "",
        says.building != "",
        says.unit != "",
        says.floor != "",
        says.number >= 0,
        says.suffix != "",
        says.street != "",
        says.locality != "",
        says.town != "",
        says.county != "",
        says.postcode != "",
        says.position != "",
    )


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
