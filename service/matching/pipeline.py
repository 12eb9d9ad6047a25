"""The way of an address: read, retrieve, rank, calibrate, decide. Written over batches; one address is a batch of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from address_match.indexer.ports import Encoder
from address_match.indexer.retrieval import Candidates, Quotas, Retriever
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker.additive_ranker import AdditiveRanker
from address_match.parser.address_parser import AddressParser
from address_match.parser.text_length import length_problem
from address_match.service.matching.answer import Answer
from address_match.service.matching.decision.decide import blank_answer, error_answer
from address_match.service.matching.decision.decide_batch import decide_batch
from address_match.service.matching.explanation.explain import LISTED, Scorer, explain
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.matching.query.parse_and_encode import ParsedBatch, parse_and_encode
from address_match.service.matching.ranking.rank import CalibratedBatch, calibrate, rank, without

SETTLED_PROBABILITY = 0.99
"""Probability from which the answer out of the block channel alone ends the search in bulk (benchmarks/throughput)."""
BLOCK_ONLY = Quotas(block=8, lexical=0, dense=0)


@dataclass(frozen=True)
class MatchPipeline:
    """Matches addresses against one reference; made by `address_match.service.wiring`."""

    parser: AddressParser
    encoder: Encoder
    retriever: Retriever
    ranker: AdditiveRanker
    calibration: ListwiseCalibration
    """At the prior of absence that is assumed."""
    threshold: float
    """Least probability of a match."""
    quotas: Quotas = field(default_factory=Quotas)

    def match(
        self,
        texts: Sequence[str],
        *,
        top: int = 5,
        thorough: bool = False,
        excluded: Sequence[frozenset[str]] | None = None,
    ) -> list[Answer]:
        """Answer each text, in order.

        `top` bounds the candidates listed in an answer. Unless `thorough`, the search for an address ends with its postcode
        when that settles it. `excluded` names for each text the UPRNs that are to be treated as not held (for measuring).
        """
        answers = [_answer_without_search(text) for text in texts]
        open_rows = [i for i, answer in enumerate(answers) if answer is None]
        if open_rows:
            batch = parse_and_encode([texts[i] for i in open_rows], self.parser, self.encoder)
            barred = None if excluded is None else [excluded[i] for i in open_rows]
            for row, answer in zip(
                open_rows, self._search(batch, top, barred, thorough=thorough), strict=True
            ):
                answers[row] = answer
        return [answer for answer in answers if answer is not None]

    def explain(self, text: str, *, uprn: str | None = None) -> Explanation:
        """Show what the answer for one text rests on; `uprn` adds a premises that would not be among those listed."""
        return self.explain_each([text], top=LISTED, uprn=uprn)[0]

    def explain_each(
        self, texts: Sequence[str], *, top: int = 5, uprn: str | None = None
    ) -> list[Explanation]:
        """Answer each text by the full search, in order, and show what each answer rests on."""
        unsearched = [_answer_without_search(text) for text in texts]
        readable = [text if answer is None else "" for text, answer in zip(texts, unsearched, strict=True)]
        batch = parse_and_encode(readable, self.parser, self.encoder)
        parses = self.parser.parse_batch(readable)
        weighed = self._weigh(batch, self.quotas, None)
        scorer = Scorer(self.ranker, self.calibration)
        return [
            explain(parse, unsearched[row] or answer, weighed, row, batch.columns.others, scorer, uprn)
            for row, (parse, answer) in enumerate(zip(parses, self._answers(weighed, top), strict=True))
        ]

    def under(self, policy: DecisionPolicy) -> "MatchPipeline":
        """Return the same pipeline with other decisions; raises `address_match.models.errors.PrecisionError`."""
        calibration = self.calibration.with_prior(policy.absence_prior)
        return replace(self, calibration=calibration, threshold=calibration.threshold(policy.precision))

    def close(self) -> None:
        """Release the index."""
        self.retriever.close()

    def _search(
        self, batch: ParsedBatch, top: int, barred: Sequence[frozenset[str]] | None, *, thorough: bool
    ) -> list[Answer]:
        if thorough:
            return self._answers(self._weigh(batch, self.quotas, barred), top)
        in_block = [i for i, query in enumerate(batch.queries.queries) if query.postcodes]
        answers: dict[int, Answer] = {}
        if in_block:
            blocked = self._weigh(batch.part(in_block), BLOCK_ONLY, _part(barred, in_block))
            settled = _settled(blocked)
            first = self._answers(blocked, top, settled)
            answers = {in_block[query]: a for query, a in zip(settled, first, strict=True)}
        unsettled = [i for i in range(len(batch.texts)) if i not in answers]
        if unsettled:
            searched = self._weigh(batch.part(unsettled), self.quotas, _part(barred, unsettled))
            answers |= dict(zip(unsettled, self._answers(searched, top), strict=True))
        return [answers[i] for i in range(len(batch.texts))]

    def _weigh(
        self, batch: ParsedBatch, quotas: Quotas, barred: Sequence[frozenset[str]] | None
    ) -> CalibratedBatch:
        candidates: Candidates = self.retriever.retrieve(batch.queries, quotas)
        if barred is not None:
            candidates = without(candidates, barred)
        ranked = rank(batch.columns, candidates, self.retriever.statistics, self.ranker)
        return calibrate(ranked, self.calibration)

    def _answers(
        self, batch: CalibratedBatch, top: int, queries: Sequence[int] | None = None
    ) -> list[Answer]:
        """Decide about some queries of a batch, or about all of them."""
        asked = range(len(batch.absent)) if queries is None else queries
        return decide_batch(
            batch, asked, top=top, threshold=self.threshold, statistics=self.retriever.statistics
        )


def _answer_without_search(text: str) -> Answer | None:
    if not text or not text.strip():
        return blank_answer()
    problem = length_problem(text)
    return error_answer(problem) if problem else None


def _settled(batch: CalibratedBatch) -> list[int]:
    """Return the queries for which the block's best premises is so sure that no other channel could change the answer."""
    best = np.zeros(len(batch.absent))
    np.maximum.at(best, batch.ranked.query, batch.probability)
    settled: list[int] = np.flatnonzero(best >= SETTLED_PROBABILITY).tolist()
    return settled


def _part(barred: Sequence[frozenset[str]] | None, rows: Sequence[int]) -> Sequence[frozenset[str]] | None:
    return None if barred is None else [barred[i] for i in rows]
