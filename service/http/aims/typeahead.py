"""The completion of what is typed: `/addresses/partial`."""

from address_match.service.http.aims import envelope
from address_match.service.http.aims.address_objects import address_object
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.forms import Forms
from address_match.service.http.aims.found import Found, page_of
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.scores import ratings
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.work_cost import LOOKUP_COST, SUGGEST_COST
from address_match.service.lookup.highlighter import Highlighter
from address_match.service.lookup.premises_texts import PremisesTexts, whole
from address_match.service.lookup.suggest import likely
from address_match.service.lookup.typed_text import TypedText
from address_match.service.lookup.typed_texts import typed_texts

UNSCORED = 0.0
"""Names that go on from what is typed have no probability."""
_SOURCES = {"PAF": ("P", "E"), "WELSHPAF": ("P", "W"), "NAG": ("L", "E"), "WELSHNAG": ("L", "W")}
"""How highlights speak of the types of address: by source and language."""


async def complete(ask: Ask) -> Json:
    """Answer with the premises that go on from what is typed, in the shape of `/addresses/partial`."""
    found = await completed(ask)
    addresses = [
        address_object(
            premises,
            UNSCORED,
            rating,
            favours_paf=ask.parameters.flag("favourpaf"),
            is_verbose=ask.parameters.flag("verbose"),
            highlights=_highlights(ask, premises),
        )
        for premises, rating in zip(found.premises, ratings("A", len(found.premises)), strict=True)
    ]
    return envelope.answered(envelope.partial(ask, addresses, total=found.total))


async def completed(ask: Ask) -> Found:
    """Return the page of the premises whose names go on from what is typed; as a fallback those that matching finds likely."""
    said, text = ask.parameters, ask.parameters.word("input")
    typed, narrowing = TypedText.of(text), Narrowing.of(said)
    offset, limit = said.whole("offset"), said.whole("limit")
    found = await ask.service.lookups.ask(
        lambda lists: page_of(lists, typed_texts(lists, typed), narrowing, offset=offset, limit=limit),
        route="suggest",
        client=ask.client,
        cost=SUGGEST_COST,
    )
    if found.total or not (said.flag("fallback") and typed.is_telling):
        return found
    uprns = likely(await ask.service.match(text, Question(ask.candidates, ask.client)))
    held = await ask.service.lookups.ask(
        lambda lists: whole(lists, uprns), route="held", client=ask.client, cost=LOOKUP_COST
    )
    passing = tuple(premises for premises in held if narrowing.lets_pass(premises))
    return Found(passing[offset : offset + limit], len(passing))


def _highlights(ask: Ask, premises: PremisesTexts) -> Json | None:
    """Write which text fits best and, where it is asked for, what of it was typed; None where nothing of it is."""
    said = ask.parameters
    if said.word("highlight") == "off":
        return None
    text, kind = Forms.of(premises).shown(
        favours_paf=said.flag("favourpaf"), favours_welsh=said.flag("favourwelsh")
    )
    source, language = _SOURCES[kind]
    best = {"bestMatchAddress": text.address, "source": source, "lang": language}
    if said.word("highlight") != "debug":
        return best
    spans = Highlighter.of(said.word("input")).spans(text.address)
    hit = {"source": source, "lang": language, "distinctHitCount": len(spans)}
    return {**best, "hits": [{**hit, "highLightedText": _marked(text.address, spans)}]}


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """Put marks around parts of a text; parts ascend."""
    marked, at = "", 0
    for start, end in spans:
        marked += f"{text[at:start]}<em>{text[start:end]}</em>"
        at = end
    return marked + text[at:]
