"""The last stage over a batch: describes the best candidates of each query and decides about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.retrieval import TermStatistics
from service.matching.answer import Answer, RankedPremises
from service.matching.decision import decide
from service.matching.placing import agrees_in_place, covers_one_place, names_no_place, stands_elsewhere
from service.matching.ranking import CalibratedBatch
from service.matching.relation import relation

NEEDED_TO_MATCH = 2
"""Premises that the decision about a sure candidate looks at: the candidate and its rival."""
NEEDED_TO_OFFER = 10
"""Best candidates among which the kin of a premises that is not held is looked for."""
_COLUMNS = ("uprn", "address", "classification", "parent_uprn", "town", "locality")


@dataclass(frozen=True, slots=True)
class _Span:
    """Rows of a ranked batch that are described: the best candidates of one query."""

    query: int
    start: int
    end: int


def answers_of(
    batch: CalibratedBatch, queries: Sequence[int], *, top: int, threshold: float, statistics: TermStatistics
) -> list[Answer]:
    """Decide about some queries of a batch, in the order given; an answer lists at most `top` candidates."""
    spans = _spans(batch, queries, top, threshold)
    texts, rows = batch.ranked.candidates.texts, batch.ranked.text_rows()
    shown = np.concatenate([rows[:0], *(rows[span.start : span.end] for span in spans)])
    described = iter(texts.select(_COLUMNS).take(shown).to_pylist())
    return [_answer(batch, span, described, top, threshold, statistics) for span in spans]


def _spans(batch: CalibratedBatch, queries: Sequence[int], top: int, threshold: float) -> list[_Span]:
    starts = batch.starts().tolist()
    spans = []
    for query in queries:
        start, end = starts[query], starts[query + 1]
        sure = start < end and batch.probability[start] >= threshold
        needed = NEEDED_TO_MATCH if sure else NEEDED_TO_OFFER
        spans.append(_Span(query, start, min(start + max(top, needed), end)))
    return spans


def _answer(
    batch: CalibratedBatch,
    span: _Span,
    described: Iterator[dict[str, str]],
    top: int,
    threshold: float,
    statistics: TermStatistics,
) -> Answer:
    features = batch.ranked.features[span.start : span.end]
    rows = [next(described) for _ in features]
    candidates = tuple(
        RankedPremises(row["uprn"], row["address"], float(probability), relation(of_pair))
        for row, probability, of_pair in zip(
            rows, batch.probability[span.start : span.end], features, strict=True
        )
    )
    near = zip(candidates[:NEEDED_TO_OFFER], features[:NEEDED_TO_OFFER], strict=True)
    best = rows[0] if rows else dict.fromkeys(_COLUMNS, "")
    answer = decide(
        candidates,
        float(batch.absent[span.query]),
        kin=tuple(c for c, of_pair in near if agrees_in_place(of_pair)),
        threshold=threshold,
        place_known=not rows or _place_known(features[0], best, statistics),
        classification=best["classification"],
        parent_uprn=best["parent_uprn"],
    )
    return replace(answer, candidates=candidates[:top])


def _place_known(of_best: NDArray[np.float32], best: dict[str, str], statistics: TermStatistics) -> bool:
    """Say whether the query names the best candidate's place, or need not."""
    if names_no_place(of_best):
        return covers_one_place(best["town"] or best["locality"], statistics)
    return not stands_elsewhere(of_best)
