"""The last stage over a batch: describes the best candidates of each query and decides about it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import ReferenceStatistics
from address_match.ragged import places_in_ranges
from address_match.service.matching.account.agreed_relation import agreed_relations
from address_match.service.matching.account.match_code import match_codes
from address_match.service.matching.account.verdict import verdicts_of
from address_match.service.matching.answer import Answer, RankedPremises
from address_match.service.matching.decision.as_written import judged_by_words
from address_match.service.matching.decision.best_premises import best_premises
from address_match.service.matching.decision.decide import BestPremises, CandidatesOfQuery, decide
from address_match.service.matching.decision.duplicates import duplicates_of_best
from address_match.service.matching.ranking.rank import CalibratedBatch
from address_match.service.matching.rules.place_rules import agrees_in_place

NEEDED_TO_OFFER = 10
"""Best candidates among which the related premises of a premises that is not held is looked for."""


def decide_batch(
    batch: CalibratedBatch,
    queries: Sequence[int],
    words: Sequence[Sequence[str]],
    *,
    top: int,
    threshold: float,
    least: float = 0.0,
    statistics: ReferenceStatistics,
) -> list[Answer]:
    """Decide about some queries of a batch, in the order given, by `threshold` and `least`; an answer lists at most
    `top` candidates.

    `words` are those of each query of the batch, in their order.
    """
    starts, ends = _described(batch, np.asarray(queries, dtype=np.int64), top)
    rows, bounds = places_in_ranges(starts, ends)
    candidates, agreeing = _candidates(batch, rows)
    best = best_premises(batch, starts[starts < ends], statistics)
    duplicates = duplicates_of_best(batch, rows, np.repeat(bounds[:-1], np.diff(bounds)))
    answers: list[Answer] = []
    absent = batch.absent[queries].tolist()
    for place, (first, last) in enumerate(pairwise(bounds.tolist())):
        near = range(first, min(first + NEEDED_TO_OFFER, last))
        described, of_best = candidates[first:last], next(best) if near else BestPremises()
        if described:
            described[0], of_best = judged_by_words(
                described[0], of_best, words[queries[place]], threshold=threshold
            )
        query = CandidatesOfQuery(
            described,
            absent[place],
            related=[candidates[row] for row in near if agreeing[row]],
            best=of_best,
        )
        answer = decide(query, threshold=threshold, listed=top, least=least)
        if found := tuple(duplicates[row] for row in near if row in duplicates):
            answer = replace(answer, duplicates=found)
        answers.append(answer)
    return answers


def _described(
    batch: CalibratedBatch, queries: NDArray[np.int64], top: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the candidates that are described begin and end, for each query, as rows of the ranked batch."""
    bounds = batch.starts()
    starts, ends = bounds[queries], bounds[queries + 1]
    return starts, np.minimum(starts + max(top, NEEDED_TO_OFFER), ends)


def _candidates(batch: CalibratedBatch, rows: NDArray[np.int64]) -> tuple[list[RankedPremises], list[bool]]:
    """Describe rows of the ranked batch, and say of each whether nothing that the query says of its place contradicts."""
    features = batch.ranked.features.take(rows)
    uprns, addresses, kinds, statuses = batch.ranked.of_texts(rows, "uprn", "address", "text_kind", "status")
    former = ["historical" in of_text for of_text in zip(kinds, statuses, strict=True)]
    probability = batch.probability[rows].tolist()
    verdicts = verdicts_of(features)
    related, codes = agreed_relations(features, verdicts), match_codes(verdicts)
    described = zip(uprns, addresses, probability, related, codes, former, strict=True)
    candidates = [RankedPremises(*of_premises) for of_premises in described]
    return candidates, agrees_in_place(features).tolist()
