"""The search for an address: `/addresses` and `/addresses/ids`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from address_match.parser.parse import Parse
from address_match.service.http.aims import envelope
from address_match.service.http.aims.address_objects import address_object
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.scores import confidence, match_type, ratings, recommendation
from address_match.service.http.answering.beside import Matched
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.work_cost import LOOKUP_COST
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.http.our_answer import our_answer, our_candidate
from address_match.service.lookup.premises_texts import PremisesTexts, held_by_uprn
from address_match.service.matching.answer import Answer, RankedPremises

LookedUp = tuple[Json, Mapping[str, PremisesTexts]]
"""Tokens of an address, and premises by their identifiers."""
NO_TEXT = frozenset({"", "*"})
NOTHING_NEAR = "premises around a point are found by a text alone; give one"


async def search(ask: Ask) -> Json:
    """Answer with the premises that an address may mean, in the shape of `/addresses`."""
    text = ask.parameters.word("input").strip()
    if text in NO_TEXT:
        return _nothing_near(ask)
    threshold = threshold_of(ask)
    answer, (tokens, held) = await ask.service.match_and_find(
        TokensAndPremises(threshold),
        text,
        Question(most_above(threshold, ask.candidates), ask.client),
        more_cost=LOOKUP_COST,
    )
    likely = above(answer, threshold)
    narrowing = Narrowing.of(ask.parameters)
    passing = [(c, held[c.uprn]) for c in likely if c.uprn in held and narrowing.lets_pass(held[c.uprn])]
    confidences = [confidence(c.probability) for c, _ in passing]
    recommended = recommendation(confidences)
    rated = zip(passing, ratings(recommended, len(passing)), strict=True)
    start = ask.parameters.whole("offset")
    shown = list(rated)[start : start + ask.parameters.whole("limit")]
    container = envelope.search(
        ask,
        tokens=tokens,
        addresses=[_address(ask, candidate, premises, rating) for (candidate, premises), rating in shown],
        kind=match_type(len(passing)),
        recommended=recommended,
        total=len(passing),
        sample=len(answer.candidates),
        most=confidences[0] if confidences else 0.0,
        threshold=threshold,
    )
    container["response"]["addressMatch"] = our_answer(answer)
    return envelope.answered(container)


async def search_ids(ask: Ask) -> Json:
    """Answer with the identifiers alone, in the shape of `/addresses/ids`."""
    found = (await search(ask))["response"]
    response = {
        "addresses": [
            {"addressEntryId": one["uprn"], "confidenceScore": one["confidenceScore"]}
            for one in found["addresses"]
        ],
        "matchtype": found["matchtype"],
        "recommendationCode": found["recommendationCode"],
        "addressMatch": found["addressMatch"],
    }
    named = {"apiVersion": envelope.API_VERSION, "matchDate": datetime.now(UTC).date().isoformat()}
    return envelope.answered({**named, "response": response})


def threshold_of(ask: Ask) -> float:
    """Return the least confidence that is shown."""
    return ask.parameters.number("matchthreshold")


def most_above(threshold: float, most: int) -> int:
    """Return how many candidates can reach a threshold, since their probabilities sum to one at most."""
    return most if threshold < 1 else min(most, int(100 / threshold))


def above(answer: Answer, threshold: float) -> list[RankedPremises]:
    """Return the candidates that reach a threshold."""
    return [one for one in answer.candidates if confidence(one.probability) >= threshold]


@dataclass(frozen=True, slots=True)
class TokensAndPremises:
    """Looks up what AIMS says beside answers: what the words of each address stand for, and the premises that reach a threshold."""

    threshold: float

    def __call__(self, pipeline: ServedPipeline, matched: Sequence[Matched]) -> Sequence[LookedUp]:
        """Return the tokens of each address, and the premises of all by their identifiers."""
        uprns = dict.fromkeys(one.uprn for _, answer in matched for one in above(answer, self.threshold))
        held = held_by_uprn(pipeline.retriever, list(uprns))
        parses = pipeline.parser.parse_batch([text for text, _ in matched]) if matched else ()
        return [(tokens_of(parse), held) for parse in parses]


def tokens_of(parse: Parse) -> Json:
    """Write what the words of a text stand for."""
    tokens: dict[str, str] = {}
    for part in parse.components:
        label = part.label.value
        tokens[label] = f"{tokens[label]} {part.text}" if label in tokens else part.text
    return tokens


def _address(ask: Ask, candidate: RankedPremises, premises: PremisesTexts, rating: str) -> Json:
    return address_object(
        premises,
        confidence(candidate.probability),
        rating,
        favours_paf=ask.parameters.flag("pafdefault"),
        is_verbose=ask.parameters.flag("verbose"),
        ours=our_candidate(candidate),
    )


def _nothing_near(ask: Ask) -> Json:
    container = envelope.search(ask, kind=match_type(0), recommended=recommendation([]), sample=0)
    container["response"]["addressMatch"] = {"error": NOTHING_NEAR}
    return envelope.answered(container)
