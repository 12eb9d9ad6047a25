"""The last stage over a batch: describes the best candidates of each query and decides about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.retrieval import TermStatistics
from service.matching.answer import Answer, RankedPremises, Reason
from service.matching.decision import decide
from service.matching.placing import agrees_in_place, covers_one_place, names_no_place, stands_elsewhere
from service.matching.ranking import CalibratedBatch
from service.matching.relation import points_elsewhere, relation

NEEDED_TO_MATCH = 2
"""Premises that the decision about a sure candidate looks at: the candidate and its rival."""
NEEDED_TO_OFFER = 10
"""Best candidates among which the kin of a premises that is not held is looked for."""
_COLUMNS = ("uprn", "address", "classification", "parent_uprn", "town", "locality")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is described of one query: its best candidates, with what the decision needs to know of them."""

    candidates: tuple[RankedPremises, ...]
    """Best first."""
    agreeing: Sequence[bool]
    """Of each candidate: whether nothing that the query says of its place contradicts."""
    place_unnamed: bool
    """Whether the query says nothing of a place."""
    stands_elsewhere: bool
    """Whether all that is known of the best candidate's place contradicts."""
    points_elsewhere: bool
    """Whether the query but quotes the best candidate's number, or that one another's."""
    best: dict[str, str]
    """`_COLUMNS` of the best candidate; empty texts where there is none."""


def answers_of(
    batch: CalibratedBatch, queries: Sequence[int], *, top: int, threshold: float, statistics: TermStatistics
) -> list[Answer]:
    """Decide about some queries of a batch, in the order given; an answer lists at most `top` candidates."""
    return [
        _answer(shown, absent, top, threshold, statistics)
        for shown, absent in zip(
            _shown(batch, _spans(batch, queries, top, threshold)), batch.absent[queries].tolist(), strict=True
        )
    ]


def _spans(
    batch: CalibratedBatch, queries: Sequence[int], top: int, threshold: float
) -> list[tuple[int, int]]:
    """Return which rows of the ranked batch are described: for each query where its best candidates begin and end."""
    starts = batch.starts().tolist()
    spans = []
    for query in queries:
        start, end = starts[query], starts[query + 1]
        sure = start < end and batch.probability[start] >= threshold
        needed = NEEDED_TO_MATCH if sure else NEEDED_TO_OFFER
        spans.append((start, min(start + max(top, needed), end)))
    return spans


def _shown(batch: CalibratedBatch, spans: Sequence[tuple[int, int]]) -> Iterator[_Shown]:
    """Describe the candidates of each span; what can be said of all of them at once is."""
    ranked = batch.ranked
    rows = np.concatenate([np.empty(0, dtype=np.int64), *(np.arange(*span) for span in spans)])
    features = ranked.features[rows]
    described = ranked.candidates.texts.select(_COLUMNS).take(ranked.text_rows()[rows]).to_pylist()
    premises = [
        RankedPremises(row["uprn"], row["address"], probability, relation(of_pair))
        for row, probability, of_pair in zip(
            described, batch.probability[rows].tolist(), features, strict=True
        )
    ]
    agreeing = agrees_in_place(features).tolist()
    unnamed, elsewhere = names_no_place(features).tolist(), stands_elsewhere(features).tolist()
    pointing = points_elsewhere(features).tolist()
    first = 0
    for start, end in spans:
        last = first + end - start
        if first < last:
            some = tuple(premises[first:last])
            yield _Shown(
                some,
                agreeing[first:last],
                unnamed[first],
                elsewhere[first],
                pointing[first],
                described[first],
            )
        else:
            yield _NOTHING
        first = last


_NOTHING = _Shown(
    (),
    (),
    place_unnamed=False,
    stands_elsewhere=False,
    points_elsewhere=False,
    best=dict.fromkeys(_COLUMNS, ""),
)


def _answer(shown: _Shown, absent: float, top: int, threshold: float, statistics: TermStatistics) -> Answer:
    near = zip(shown.candidates[:NEEDED_TO_OFFER], shown.agreeing[:NEEDED_TO_OFFER], strict=True)
    answer = decide(
        shown.candidates,
        absent,
        kin=tuple(candidate for candidate, agrees in near if agrees),
        threshold=threshold,
        unsettled=_unsettled(shown, statistics),
        classification=shown.best["classification"],
        parent_uprn=shown.best["parent_uprn"],
    )
    return replace(answer, candidates=shown.candidates[:top])


def _unsettled(shown: _Shown, statistics: TermStatistics) -> Reason:
    """Return why the best candidate, however sure, may not be the one that is meant; no reason where it is."""
    if shown.points_elsewhere:
        return Reason.POSITION
    if shown.place_unnamed:
        known = covers_one_place(shown.best["town"] or shown.best["locality"], statistics)
    else:
        known = not shown.stands_elsewhere
    return Reason.NONE if known else Reason.PLACE
