"""Several addresses in one request: `/bulk`, `/bulk-full` and `/bulk-debug`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from address_match.service.http.aims import envelope
from address_match.service.http.aims.address_objects import NO_PARENT, address_object
from address_match.service.http.aims.ask import Answering, Ask, Json
from address_match.service.http.aims.forms import Forms
from address_match.service.http.aims.scores import confidence, match_type, ratings, recommendation
from address_match.service.http.aims.search import (
    TokensAndPremises,
    above,
    most_above,
    threshold_of,
)
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.work_cost import COST_OF_A_PREMISES, LOOKUP_COST
from address_match.service.http.our_answer import our_answer, our_candidate
from address_match.service.lookup.premises_texts import PremisesTexts
from address_match.service.matching.answer import Answer, RankedPremises

TextOf = Callable[[Json], str]


@dataclass(frozen=True, slots=True)
class _Item:
    """One address of a request, and what was found for it."""

    id: str
    text: str
    tokens: Json
    answer: Answer


def bulk(text_of: TextOf, *, is_full: bool) -> Answering:
    """Return what answers a call in bulk, whose items hold their text as `text_of` reads it; full with all of each premises."""

    async def answer(ask: Ask) -> Json:
        sent: list[Json] = ask.body["addresses"]
        texts = [text_of(one) for one in sent]
        top = most_above(
            threshold_of(ask), ask.candidates
        )  # what is recommended depends on the second as well
        answers = await ask.service.bulk.match_all(texts, Question(top, ask.client), ask.is_gone)
        tokens, held = await _read(ask, texts, answers)
        items = map(_Item, (one["id"] for one in sent), texts, tokens, answers)
        shown = [row for item in items for row in _rows(ask, item, held, is_full=is_full)]
        return envelope.answered({**envelope.versions(ask), "bulkAddresses": shown})

    return answer


def is_bulk(holds: Callable[[Json], bool]) -> Callable[[Any], bool]:
    """Return whether a body is a list of items with an id that is text, each of which holds what it must."""

    def reads(body: Any) -> bool:
        addresses = body.get("addresses") if isinstance(body, dict) else None
        return isinstance(addresses, list) and all(
            isinstance(one, dict) and isinstance(one.get("id"), str) and holds(one) for one in addresses
        )

    return reads


def holds_address(item: Json) -> bool:
    """Return whether an item holds an address."""
    return isinstance(item.get("address"), str)


def address_of(item: Json) -> str:
    """Return the address of an item."""
    text: str = item["address"]
    return text


def holds_tokens(item: Json) -> bool:
    """Return whether an item holds what the words of an address stand for."""
    tokens = item.get("tokens")
    return isinstance(tokens, dict) and all(isinstance(text, str) for text in tokens.values())


def joined_tokens(item: Json) -> str:
    """Return the address that tokens are of; it is parsed again."""
    return ", ".join(item["tokens"].values())


async def _read(
    ask: Ask, texts: Sequence[str], answers: Sequence[Answer]
) -> tuple[list[Json], Mapping[str, PremisesTexts]]:
    """Return the tokens of each text, and the premises of all answers by their identifiers."""
    beside = TokensAndPremises(threshold_of(ask))
    readable = ["" if answer.error else text for text, answer in zip(texts, answers, strict=True)]
    matched = list(zip(readable, answers, strict=True))
    candidates = sum(len(above(answer, beside.threshold)) for answer in answers)
    read = await ask.service.lookups.do(
        lambda pipeline: beside(pipeline, matched),
        route="held",
        client=ask.client,
        cost=LOOKUP_COST + COST_OF_A_PREMISES * (candidates + len(texts)),
    )
    return [tokens for tokens, _ in read], read[0][1] if read else {}


def _rows(ask: Ask, item: _Item, held: Mapping[str, PremisesTexts], *, is_full: bool) -> list[Json]:
    likely = [
        one
        for one in above(item.answer, threshold_of(ask))
        if confidence(one.probability) > threshold_of(ask)
        and one.uprn in held
        and (ask.parameters.flag("historical") or not held[one.uprn].is_historical)
    ]
    recommended = recommendation([confidence(one.probability) for one in likely])
    shown = likely[: ask.parameters.whole("limitperaddress")]
    kind = match_type(len(shown))
    if not shown:
        return [_row(item, recommended, kind)]
    rated = zip(shown, ratings(recommended, len(shown)), strict=True)
    return [
        _row(
            item,
            recommended,
            kind,
            one,
            held[one.uprn],
            _full(ask, one, held[one.uprn], rating) if is_full else None,
        )
        for one, rating in rated
    ]


def _row(
    item: _Item,
    recommended: str,
    kind: str,
    candidate: RankedPremises | None = None,
    premises: PremisesTexts | None = None,
    full: Json | None = None,
) -> Json:
    score = 0.0 if candidate is None else confidence(candidate.probability)
    return {
        "id": item.id,
        "inputAddress": item.text,
        "uprn": "" if premises is None else premises.uprn,
        "parentUprn": "" if premises is None else premises.parent_uprn or NO_PARENT,
        "udprn": "",
        "matchedFormattedAddress": "" if premises is None else _formatted(premises),
        **({} if full is None else {"matchedAddress": full}),
        "tokens": item.tokens,
        "confidenceScore": score,
        "underlyingScore": score,
        "recommendationCode": recommended,
        "matchtype": kind,
        "addressMatch": our_answer(item.answer) if candidate is None else our_candidate(candidate),
    }


def _formatted(premises: PremisesTexts) -> str:
    return Forms.of(premises).shown(favours_paf=False)[0].address


def _full(ask: Ask, candidate: RankedPremises, premises: PremisesTexts, rating: str) -> Json:
    return address_object(
        premises,
        confidence(candidate.probability),
        rating,
        favours_paf=ask.parameters.flag("pafdefault"),
        is_verbose=True,
    )
