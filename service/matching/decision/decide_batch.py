"""The last stage over a batch: describes the best candidates of each query and decides about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, islice, pairwise

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
from address_match.service.matching.decision.decide import (
    BestPremises,
    CandidatesOfQuery,
    RelatedPremises,
    decide,
)
from address_match.service.matching.decision.duplicates import duplicates_of_best
from address_match.service.matching.ranking.rank import CalibratedBatch
from address_match.service.matching.rules.place_rules import agrees_in_place

NEEDED_TO_OFFER = 10
"""Best candidates among which the related premises of a premises that is not held is looked for."""
NEEDED_TO_DECIDE = 2
"""Best candidates that are described even where fewer are listed: the second may be about as likely as the best."""


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
    first_of_each = np.repeat(bounds[:-1], np.diff(bounds))
    is_listed = np.arange(len(rows)) - first_of_each < max(top, NEEDED_TO_DECIDE)
    listed, related, agreeing = _candidates(batch, rows, is_listed)
    best = best_premises(batch, starts[starts < ends], statistics)
    duplicates = duplicates_of_best(batch, rows, first_of_each)
    answers: list[Answer] = []
    absent = batch.absent[queries].tolist()
    for place, (first, last) in enumerate(pairwise(bounds.tolist())):
        near = range(first, min(first + NEEDED_TO_OFFER, last))
        described = list(islice(listed, min(last - first, max(top, NEEDED_TO_DECIDE))))
        of_best = next(best) if near else BestPremises()
        if described:
            described[0], of_best = judged_by_words(
                described[0], of_best, words[queries[place]], threshold=threshold
            )
        query = CandidatesOfQuery(
            described,
            absent[place],
            related=[related[row] for row in near if agreeing[row]],
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


def _candidates(
    batch: CalibratedBatch, rows: NDArray[np.int64], is_listed: NDArray[np.bool_]
) -> tuple[Iterator[RankedPremises], list[RelatedPremises], list[bool]]:
    """Describe rows of the ranked batch: in full those that may be listed, of all how they stand to the premises asked
    for, and whether nothing that the query says of their place contradicts.
    """
    features = batch.ranked.features.take(rows)
    verdicts = verdicts_of(features)
    (uprns,) = batch.ranked.of_texts(rows, "uprn")
    relations = agreed_relations(features, verdicts)
    places = is_listed.nonzero()[0]
    addresses, kinds, statuses = batch.ranked.of_texts(rows[places], "address", "text_kind", "status")
    former = ["historical" in of_text for of_text in zip(kinds, statuses, strict=True)]
    listed = map(
        RankedPremises,
        compress(uprns, is_listed),
        addresses,
        batch.probability[rows[places]].tolist(),
        compress(relations, is_listed),
        match_codes(verdicts[places]),
        former,
    )
    related = list(map(RelatedPremises, relations, uprns))
    return listed, related, agrees_in_place(features).tolist()
