"""Two bundles answer the same addresses, and their answers, their time and their memory are compared."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.match_batches import BATCH_ROWS
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.fault_isolation import match_in_batches
from address_match.service.lifecycle.comparison.cost import peak_mebibytes, slowest_of_100, times
from address_match.service.lifecycle.comparison.paired_answers import (
    Comparison,
    PairedAnswers,
    alike,
    compare_answers,
    lost_rows,
)
from address_match.service.matching.answer import Answer

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex


@dataclass(frozen=True, slots=True)
class ComparedAddresses:
    """On which addresses two bundles are compared."""

    queries: Sequence[EvaluationQuery]
    hard: Sequence[EvaluationQuery] = ()
    """Known to be hard: none that was answered well shall be lost."""
    unlabelled: Sequence[str] = ()
    """Without their truth."""


@dataclass(frozen=True, slots=True)
class BundleAnswers:
    """What a bundle answers, in the order of the addresses, and what that takes."""

    queries: Sequence[Answer]
    hard: Sequence[Answer]
    unlabelled: Sequence[Answer]
    seconds: float
    """CPU time of the queries."""
    single_seconds: float
    """CPU time within which 99 of 100 of them are answered one by one."""
    mebibytes: float | None
    """Most memory of a process that answers the queries; None where it was not taken."""


def answers_of_bundle(
    index: "Path | ElasticIndex", bundle: Path, addresses: ComparedAddresses, *, with_memory: bool
) -> BundleAnswers:
    """Answer the addresses by one bundle; memory is taken by a process of its own, where it is asked for.

    Raises the errors of `address_match.indexer.errors` and `address_match.models.errors`: an index that was built
    with another parser or encoder is refused.
    """
    from address_match.service.wiring import pipeline_opener

    opener, texts = pipeline_opener(index, bundle), [query.address for query in addresses.queries]
    with closing(opener()) as pipeline:
        match = partial(pipeline.match, top=1)

        def answers(texts: Sequence[str]) -> list[Answer]:
            return list(chain.from_iterable(match_in_batches(match, texts, BATCH_ROWS)))

        hard, unlabelled = answers([query.address for query in addresses.hard]), answers(addresses.unlabelled)
        begun = time.process_time()
        queries = answers(texts)
        seconds = time.process_time() - begun
        single_seconds = slowest_of_100(pipeline, texts)
    mebibytes = peak_mebibytes(opener, texts) if with_memory else None
    return BundleAnswers(
        queries=queries,
        hard=hard,
        unlabelled=unlabelled,
        seconds=seconds,
        single_seconds=single_seconds,
        mebibytes=mebibytes,
    )


def compare_bundles(
    addresses: ComparedAddresses, champion: BundleAnswers, candidate: BundleAnswers, least_rows: int
) -> Comparison:
    """Compare what two bundles answered; slices have that many rows at least."""
    found = compare_answers(PairedAnswers(addresses.queries, champion.queries, candidate.queries), least_rows)
    hard = PairedAnswers(addresses.hard, champion.hard, candidate.hard)
    return replace(
        found,
        hard_rows=len(addresses.hard),
        hard_lost=int(lost_rows(hard).sum()) if addresses.hard else 0,
        unlabelled_rows=len(addresses.unlabelled),
        unlabelled_alike=sum(map(alike, champion.unlabelled, candidate.unlabelled)),
        slower=times(candidate.seconds, champion.seconds),
        slower_single=times(candidate.single_seconds, champion.single_seconds),
        more_memory=times(candidate.mebibytes, champion.mebibytes),
    )
