"""The stages an address passes: parse and encode, retrieve, rank, calibrate, decide. All work on batches; one address is
a batch of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from address_match.indexer.ports import Encoder
from address_match.indexer.retrieval import Quotas, Retriever
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker import AdditiveRanker
from address_match.parser.address_parser import AddressParser
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.parsed_address import ParsedAddress
from address_match.parser.text_length import length_problem
from address_match.service.errors import UsageError
from address_match.service.matching.answer import Answer
from address_match.service.matching.answer_listener import (
    UNKNOWN,
    AnsweredBatch,
    PipelineOrigin,
    Search,
    answer_listener,
)
from address_match.service.matching.decision.decide_batch import decide_batch
from address_match.service.matching.decision.equal_text import answers_by_equal_text, equal_text_probability
from address_match.service.matching.decision.settled import SettledQueries
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.matching.query.admission import Admission, admitted, without
from address_match.service.matching.query.parse_and_encode import ParsedBatch, encode
from address_match.service.matching.query.parse_texts import ParsedTexts, parse_texts_in
from address_match.service.matching.query.placed_texts import refuse_unknown_places
from address_match.service.matching.ranking.rank import CalibratedBatch, calibrate, rank
from address_match.service.matching.stage_times import timed

if TYPE_CHECKING:
    from address_match.service.matching.explanation.explanation import Explanation

PROPOSED_WITHIN = 8
"""How many times as many texts each channel proposes where only some premises are admitted."""
LISTED = 10
"""Candidates that an explanation lists."""
SHORT_SEARCH = Quotas(block=8, lexical=0, dense=0, street_numbers=True)
"""What bulk searches first: the texts of the postcode, and those that name the same number of the street."""

Excluded = Sequence[frozenset[str]] | None
"""For each query the UPRNs that are treated as not held; None where there are none."""


@dataclass(frozen=True)
class MatchPipeline:
    """Matches addresses against one reference; made by `address_match.service.wiring`."""

    parser: AddressParser
    encoder: Encoder
    retriever: Retriever
    ranker: AdditiveRanker
    calibration: ListwiseCalibration
    """For the prior of absence that is assumed."""
    threshold: float
    """Least probability of a match."""
    least: float = 0.0
    """Least probability of any match, even of one by number and postcode; never above `threshold`."""
    quotas: Quotas = field(default_factory=Quotas)
    places: tuple[str, ...] = ()
    """Towns in which the addresses are known to lie: an address that names a street and no place is answered as if it
    named the one town among them that has the street.
    """
    admission: Admission | None = None
    """Which premises an address may be answered with; all where it is None."""
    as_at: date | None = None
    """The day on which candidates have to be valid; None where that does not matter."""
    origin: PipelineOrigin = UNKNOWN

    def match(
        self,
        texts: Sequence[str],
        *,
        top: int = 5,
        thorough: bool = False,
        excluded: Excluded = None,
    ) -> list[Answer]:
        """Answer each text, in order.

        `top` bounds the candidates listed in an answer. Unless `thorough`, two shortcuts are taken: the search ends
        with the postcode of an address, or with the texts of its number in its street, where these settle it; and with
        `top` 1, an address that equals a text of exactly one premises is answered without a search.
        `excluded` names for each text the UPRNs that are to be treated as not held (for measuring).
        """
        answers = dict(enumerate(map(_answer_without_search, texts)))
        if top == 1 and not thorough:
            answers |= self._by_equal_text(texts, answers, excluded)
        searched = [row for row, answer in answers.items() if answer is None]
        unsearched = [answer for answer in answers.values() if answer is not None]
        if searched:
            with timed("parse_and_encode"):
                batch = encode(self._asked([texts[row] for row in searched]), self.encoder)
            barred = _part(excluded, searched)
            found = (
                self._search_all(batch, top, barred)
                if thorough
                else self._search_shortly_first(batch, top, barred)
            )
            answers.update(zip(searched, found, strict=True))
        self._report(unsearched)
        return [answer for answer in answers.values() if answer is not None]

    def explain(self, text: str, *, uprn: str | None = None) -> "Explanation":
        """Show what the answer for one text rests on; `uprn` adds a premises to the candidates listed.

        Raises UsageError for a premises that the index does not hold: no search could have found it.
        """
        if uprn is not None and not self.retriever.lookup(uprn).num_rows:
            raise UsageError(f"the index holds no premises {uprn!r}; give an identifier of its reference")
        return self.explain_each([text], top=LISTED, uprn=uprn)[0]

    def explain_each(
        self, texts: Sequence[str], *, top: int = 5, listed: int = LISTED, uprn: str | None = None
    ) -> "list[Explanation]":
        """Answer each text by the full search, in order, and show what the answer and its `listed` best candidates rest on."""
        from address_match.service.matching.explanation.explain import Explainer

        unsearched = [_answer_without_search(text) for text in texts]
        readable = [text if answer is None else "" for text, answer in zip(texts, unsearched, strict=True)]
        with timed("parse_and_encode"):
            asked = self._asked(readable, shown=True)
            batch = encode(asked, self.encoder)
        calibrated, answers = self._search(batch, self.quotas, top, None)
        explainer = Explainer(calibrated, batch.columns.alternatives, self.ranker, self.calibration)
        given = [unsearched[row] or answers[row] for row in range(len(texts))]
        explained = explainer.explain(asked.parses, given, listed=listed, uprn=uprn)
        searched = {row: answers[row] for row, answer in enumerate(unsearched) if answer is None}
        self._report_found(batch, calibrated, searched)
        self._report([answer for answer in unsearched if answer is not None])
        return explained

    def under(self, policy: DecisionPolicy) -> "MatchPipeline":
        """Return the same pipeline with other decisions.

        Raises `address_match.models.errors.PrecisionError`, and UsageError for a place that the reference does not
        name.
        """
        refuse_unknown_places(policy.places, self.retriever.statistics)
        calibration = self.calibration.with_prior(policy.absence_prior)
        threshold = max(calibration.threshold(policy.precision), policy.threshold)
        return replace(
            self,
            calibration=calibration,
            threshold=threshold,
            least=policy.threshold,
            places=policy.places,
            as_at=policy.as_at,
        )

    def knowing(self, gazetteer: Gazetteer | None) -> "MatchPipeline":
        """Return the same pipeline, parsing addresses with the names of another reference."""
        return replace(self, parser=self.parser.knowing(gazetteer))

    def parsed(self, texts: Sequence[str]) -> list[ParsedAddress]:
        """Return the parsed texts, completed by `places`."""
        return self._asked(texts).addresses

    def within(self, admission: Admission) -> "MatchPipeline":
        """Return the same pipeline for addresses that are known to be among some premises; all others count as not held.

        Its channels propose more texts, since many of them are not admitted.
        """
        return replace(self, admission=admission, quotas=self.quotas.times(PROPOSED_WITHIN))

    def at(self, day: date) -> "MatchPipeline":
        """Return the same pipeline over what was valid on a day."""
        return replace(self, as_at=day)

    def close(self) -> None:
        """Release the index."""
        self.retriever.close()

    def _asked(self, texts: Sequence[str], *, shown: bool = False) -> ParsedTexts:
        return parse_texts_in(texts, self.parser, self.places, self.retriever.statistics, shown=shown)

    def _by_equal_text(
        self, texts: Sequence[str], answers: Mapping[int, Answer | None], excluded: Excluded
    ) -> dict[int, Answer]:
        """Answer those that equal a text of exactly one premises, unless something is asked that only a search can tell."""
        probability = equal_text_probability(self.calibration.prior)
        narrowed = self.admission is not None or self.as_at is not None
        if narrowed or probability < self.threshold:
            return {}
        rows = [row for row, answer in answers.items() if answer is None]
        found = self.retriever.equal_texts([texts[row] for row in rows])
        equal = {rows[place]: answer for place, answer in answers_by_equal_text(found, probability).items()}
        if excluded is None:
            return equal
        return {row: answer for row, answer in equal.items() if answer.uprn not in excluded[row]}

    def _search_all(self, batch: ParsedBatch, top: int, excluded: Excluded) -> list[Answer]:
        """Search in all channels."""
        calibrated, found = self._search(batch, self.quotas, top, excluded)
        self._report_found(batch, calibrated, found)
        return list(found.values())

    def _search_shortly_first(self, batch: ParsedBatch, top: int, excluded: Excluded) -> list[Answer]:
        """Search among the texts of the postcode and of the number in its street; in all channels only for the rest."""
        by_number = self.retriever.finds_street_numbers
        asked = [
            row
            for row, query in enumerate(batch.queries.queries)
            if query.postcodes or (by_number and query.street_numbers)
        ]
        answers: dict[int, Answer] = {}
        if asked:
            short, barred = batch.part(asked), _part(excluded, asked)
            calibrated, settled = self._settled(short, top, barred)
            answers |= {asked[row]: answer for row, answer in settled.items()}
        unsettled = [row for row in range(len(batch.texts)) if row not in answers]
        if unsettled:
            part, barred = batch.part(unsettled), _part(excluded, unsettled)
            answers |= dict(zip(unsettled, self._search_all(part, top, barred), strict=True))
        if asked:
            self._report_found(short, calibrated, settled, is_short=True)
        return [answers[row] for row in range(len(batch.texts))]

    def _settled(
        self, batch: ParsedBatch, top: int, excluded: Excluded
    ) -> tuple[CalibratedBatch, dict[int, Answer]]:
        """Do the short search; return the answers that stand, by row."""
        calibrated = self._calibrated(batch, SHORT_SEARCH, excluded)
        sees_place = top == 1 and self.retriever.finds_street_numbers
        settled = SettledQueries.of(batch, calibrated, sees_place=sees_place)
        found = self._decided(batch, calibrated, settled.rows(), top)
        return calibrated, {row: answer for row, answer in found.items() if settled.stands(row, answer)}

    def _search(
        self, batch: ParsedBatch, quotas: Quotas, top: int, excluded: Excluded
    ) -> tuple[CalibratedBatch, dict[int, Answer]]:
        """Send parsed addresses through the remaining stages; return the answers by row."""
        calibrated = self._calibrated(batch, quotas, excluded)
        return calibrated, self._decided(batch, calibrated, range(len(batch.texts)), top)

    def _calibrated(self, batch: ParsedBatch, quotas: Quotas, excluded: Excluded) -> CalibratedBatch:
        """Retrieve, rank and calibrate."""
        with timed("retrieve"):
            proposed = self.retriever.retrieve(batch.queries, quotas, self.as_at)
        candidates = proposed if excluded is None else without(proposed, excluded)
        if self.admission is not None:
            candidates = admitted(candidates, len(batch.texts), self.admission, self.retriever)
        with timed("rank"):
            ranked = rank(batch.columns, candidates, self.retriever.statistics, self.ranker)
        with timed("calibrate"):
            return calibrate(ranked, self.calibration)

    def _decided(
        self, batch: ParsedBatch, calibrated: CalibratedBatch, rows: Sequence[int], top: int
    ) -> dict[int, Answer]:
        """Decide some rows; return their answers by row."""
        with timed("decide"):
            words = [text.words for text in batch.texts]
            answers = decide_batch(
                calibrated,
                rows,
                words,
                top=top,
                threshold=self.threshold,
                least=self.least,
                statistics=self.retriever.statistics,
            )
        return dict(zip(rows, answers, strict=True))

    def _report_found(
        self,
        batch: ParsedBatch,
        calibrated: CalibratedBatch,
        found: dict[int, Answer],
        *,
        is_short: bool = False,
    ) -> None:
        """Report the answers to rows of a batch to the listener, if there is one."""
        if found and answer_listener() is not None:
            self._report([*found.values()], Search(batch, calibrated, [*found], is_short))

    def _report(self, answers: list[Answer], search: Search | None = None) -> None:
        """Report answers to the listener; called last, since a batch that fails is answered again in halves."""
        listener = answer_listener()
        if answers and listener is not None:
            listener(AnsweredBatch(answers, self.origin, self.threshold, search, self.calibration.prior))


def _answer_without_search(text: str) -> Answer | None:
    if not text or not text.strip():
        return Answer.blank()
    problem = length_problem(text)
    return Answer.failed(problem) if problem else None


def _part(excluded: Excluded, rows: Sequence[int]) -> Excluded:
    return None if excluded is None else [excluded[row] for row in rows]
