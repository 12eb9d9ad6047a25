"""The last stage over a batch: describes the best candidates of each query and decides about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import ReferenceStatistics
from address_match.parser.ragged import places_in_ranges, places_in_rows
from address_match.service.matching.account.agreed_relation import agreed_relations
from address_match.service.matching.account.match_code import match_codes
from address_match.service.matching.account.verdict import verdicts_of
from address_match.service.matching.answer import Answer, RankedPremises, Reason
from address_match.service.matching.decision.as_written import judged_by_words
from address_match.service.matching.decision.decide import BestPremises, CandidatesOfQuery, decide
from address_match.service.matching.decision.duplicates import duplicates_of_best
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.number import ONE_SIDE_AT_MOST
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.ranking.rank import CalibratedBatch, RankedBatch
from address_match.service.matching.rules.acceptance_rules import (
    has_the_name_alone,
    has_the_number_alone,
)
from address_match.service.matching.rules.place_rules import (
    agrees_in_place,
    covers_one_place,
    gives_number_and_postcode_alone,
    is_of_the_only_place,
    names_no_known_place,
    names_no_place,
    shares_number_and_postcode,
)
from address_match.service.matching.rules.street_rules import (
    has_the_postcode_of_a_namesake,
    has_the_street_alone,
    is_of_asked_street,
    is_respelled,
    names_only_a_street,
)

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
    best = _best(batch, starts[starts < ends], statistics)
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
    uprns, addresses, kinds, statuses = _columns(batch.ranked, rows, "uprn", "address", "text_kind", "status")
    former = ["historical" in of_text for of_text in zip(kinds, statuses, strict=True)]
    probability = batch.probability[rows].tolist()
    verdicts = verdicts_of(features)
    related, codes = agreed_relations(features, verdicts), match_codes(verdicts)
    described = zip(uprns, addresses, probability, related, codes, former, strict=True)
    candidates = [RankedPremises(*of_premises) for of_premises in described]
    return candidates, agrees_in_place(features).tolist()


def _best(
    batch: CalibratedBatch, rows: NDArray[np.int64], statistics: ReferenceStatistics
) -> Iterator[BestPremises]:
    """Yield what the decision needs to know of candidates that are the best of their queries."""
    features = batch.ranked.features.take(rows)
    classifications, parents, towns, localities = _columns(
        batch.ranked, rows, "classification", "parent_uprn", "town", "locality"
    )
    reasons = [batch.ranked.abstain[query] for query in batch.ranked.query[rows].tolist()]
    place_unknown = (names_no_known_place(features) & ~is_of_the_only_place(features)).tolist()
    unnamed = names_no_place(features).tolist()
    number_unread = is_one_of(features.number, ONE_SIDE_AT_MOST).tolist()
    street_only = names_only_a_street(features).tolist()
    share_both = _counted_among_all(
        batch, rows, gives_number_and_postcode_alone(features), shares_number_and_postcode
    )
    named_elsewhere = _counted_among_all(batch, rows, has_the_number_alone(features), has_the_name_alone)
    other_postcode = _counted_among_all(
        batch, rows, has_the_street_alone(features), has_the_postcode_of_a_namesake
    )
    beside_asked = _stand_beside_the_asked_street(batch, rows, features)
    for row, unknown in enumerate(place_unknown):
        reason = reasons[row]
        place = towns[row] or localities[row]
        if reason is Reason.NONE and named_elsewhere[row]:
            reason = Reason.NAME
        if reason is Reason.NONE and (other_postcode[row] or beside_asked[row]):
            reason = Reason.STREET
        if reason is Reason.NONE and unknown and not covers_one_place(place, statistics):
            reason = Reason.PLACE
        yield BestPremises(
            classifications[row],
            parents[row],
            abstain=reason,
            street_only=street_only[row],
            only_of_its_postcode=share_both[row] == 1,
            number_unread=number_unread[row],
            town=towns[row],
            names_place=not unnamed[row],
        )


def _stand_beside_the_asked_street(
    batch: CalibratedBatch, rows: NDArray[np.int64], features: FeatureTable
) -> list[bool]:
    """Return for each best candidate whether the asked street is held letter by letter besides, and has no postcode of
    the candidate's.

    A register that writes one street in two ways does so within its postcodes: PEDLARS CLOSE and PEDDARS CLOSE are two.
    """
    respelled = is_respelled(features)
    if not respelled.any():
        return [False] * len(rows)
    postcodes = batch.ranked.candidates.texts.strings("postcode").codes[batch.ranked.text_rows()]
    starts = batch.starts()
    beside: list[bool] = respelled.tolist()
    for place in np.flatnonzero(respelled).tolist():
        query = batch.ranked.query[rows[place]]
        of_query = np.arange(starts[query], starts[query + 1])
        asked = of_query[is_of_asked_street(batch.ranked.features.take(of_query))]
        beside[place] = len(asked) > 0 and postcodes[rows[place]] not in postcodes[asked].tolist()
    return beside


def _counted_among_all(
    batch: CalibratedBatch,
    rows: NDArray[np.int64],
    which: NDArray[np.bool_],
    rule: Callable[[FeatureTable], NDArray[np.bool_]],
) -> list[int]:
    """Return for each best candidate of how many candidates of its query a rule holds; 0 where it is none of `which`."""
    places = which.nonzero()[0]
    if not len(places):
        return [0] * len(rows)
    of_queries, bounds = places_in_rows(batch.starts(), batch.ranked.query[rows[places]])
    holds = rule(batch.ranked.features.take(of_queries))
    counts: list[int] = np.bincount(np.repeat(places, np.diff(bounds))[holds], minlength=len(rows)).tolist()
    return counts


def _columns(ranked: RankedBatch, rows: NDArray[np.int64], *names: str) -> list[list[str]]:
    """Return some columns of the texts that stand for rows of the ranked batch."""
    texts = ranked.text_rows()[rows]
    return [ranked.candidates.texts.strings(name).at(texts) for name in names]
