"""Premises that a text may mean: `/find` and `/match`, which differ here in their name alone, for one text or for several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from address_match.indexer.texts.extent import Extent, Grid
from address_match.service.http.answering.beside import Matched
from address_match.service.http.answering.question import Question
from address_match.service.http.answering.work_cost import COST_OF_A_PREMISES, LOOKUP_COST
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.http.os_places.ask import Ask, MatchedPremises, Page
from address_match.service.http.os_places.parameters import Parameters
from address_match.service.http.os_places.records import Json, Match, truncated
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.http.our_answer import our_answer
from address_match.service.lookup.premises_texts import PremisesTexts, held_by_uprn
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import Answer, RankedPremises, Status

LEAST_MATCH = 0.1
MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a search asks of each of its texts."""

    page: Page
    least: float
    """Of the score; 0 where none is named."""
    digits: int
    extent: Extent | None

    @classmethod
    def of(cls, said: Parameters, least: float = 0.0) -> "_Asked":
        """Read what a request says; `least` is the score that has to be reached where it names none."""
        return cls(
            Page.of(said),
            said.number("minmatch", least, LEAST_MATCH, 1.0),
            said.whole("matchprecision", 1, 1, MOST_DIGITS),
            said.bbox() if said.word("bbox") else None,
        )

    def most(self, candidates: int) -> int:
        """Return how many of the candidates that may be asked for can reach the score: their probabilities sum to one at most."""
        return min(candidates, int(1 / self.least)) if self.least else candidates

    def answer(self, ask: Ask, text: str, answer: Answer, held: Mapping[str, PremisesTexts]) -> Json:
        """Write what was found for one text, and our own answer beside it."""
        found = self.page.answer(
            ask, f"query={text}", self._passing(answer, held), matchprecision=self.digits
        )
        ours = {"error": answer.error} if answer.error else our_answer(answer)
        return {**found, "addressMatch": ours}

    def _passing(self, answer: Answer, held: Mapping[str, PremisesTexts]) -> Iterator[MatchedPremises]:
        for candidate in answer.candidates:
            match = self._match(answer, candidate)
            premises = held.get(candidate.uprn)
            if premises is not None and match.score >= self.least and _lies_in(premises, self.extent):
                yield premises, match

    def _match(self, answer: Answer, candidate: RankedPremises) -> Match:
        """Score a candidate: exact is the premises that is matched without a fault, and any other its probability."""
        is_answer = answer.status is Status.MATCHED and candidate.uprn == answer.uprn
        if is_answer and candidate.match_code == Level.PREMISES:
            return Match(1.0)
        return Match(truncated(candidate.probability, self.digits))


async def search(ask: Ask) -> Json:
    """Answer with the premises that a text may mean."""
    asked, text = _Asked.of(ask.parameters), ask.parameters.needed("query")
    answer, held = await ask.service.match_and_find(
        PremisesOfCandidates(),
        text,
        Question(asked.most(ask.candidates), ask.client),
        more_cost=LOOKUP_COST,
    )
    return asked.answer(ask, text, answer, held)


async def search_each(ask: Ask) -> Json:
    """Answer several texts in one request, each as it would be answered alone, by premises that are somewhat likely."""
    asked, texts = _Asked.of(ask.parameters, LEAST_MATCH), _texts_of(ask.body)
    most = asked.most(ask.candidates)
    answers = await ask.service.bulk.match_all(texts, Question(most, ask.client), ask.is_gone)
    matched = list(zip(texts, answers, strict=True))
    candidates = sum(len(answer.candidates) for answer in answers)
    found = await ask.service.lookups.do(
        lambda pipeline: PremisesOfCandidates()(pipeline, matched),
        route="held",
        client=ask.client,
        cost=LOOKUP_COST + COST_OF_A_PREMISES * candidates,
    )
    pairs = zip(matched, found, strict=True)
    return {"answers": [asked.answer(ask, text, answer, held) for (text, answer), held in pairs]}


@dataclass(frozen=True, slots=True)
class PremisesOfCandidates:
    """Looks up the premises of all candidates."""

    def __call__(
        self, pipeline: ServedPipeline, matched: Sequence[Matched]
    ) -> Sequence[Mapping[str, PremisesTexts]]:
        """Return for each the premises of all by their identifiers."""
        uprns = dict.fromkeys(one.uprn for _, answer in matched for one in answer.candidates)
        held = held_by_uprn(pipeline.retriever, list(uprns))
        return [held] * len(matched)


def _texts_of(body: object) -> list[str]:
    queries = body.get("queries") if isinstance(body, dict) else None
    if not isinstance(queries, list) or not all(isinstance(query, str) for query in queries):
        raise RefusedError('The body cannot be read: send {"queries": ["first address", "second address"]}.')
    return queries


def _lies_in(premises: PremisesTexts, extent: Extent | None) -> bool:
    if extent is None:
        return True
    is_british = extent.grid is Grid.BRITISH
    across = premises.easting if is_british else premises.longitude
    along = premises.northing if is_british else premises.latitude
    return across is not None and along is not None and extent.holds(across, along)
