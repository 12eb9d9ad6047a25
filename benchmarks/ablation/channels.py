"""The search without one of its channels, and with one alone."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from address_match.indexer.retrieval import Quotas
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import judge
from address_match.service.evaluation.scores import score
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from address_match.service.wiring import open_pipeline
from benchmarks.accuracy import ABSENT
from benchmarks.harness.answers import BATCH, addresses, answers_to
from benchmarks.harness.cost import timed
from benchmarks.harness.synthetic import RESERVED, Country, evaluation_queries, index_of, with_truth

Measures = dict[str, float | None]
"""By name."""
ALL = Quotas()
CHANNELS: dict[str, Quotas] = {
    "all": ALL,
    "without the postcode's block": replace(ALL, block=0),
    "without the words": replace(ALL, lexical=0),
    "without the vectors": replace(ALL, dense=0),
    "the postcode's block alone": replace(ALL, lexical=0, dense=0),
    "the words alone": replace(ALL, block=0, dense=0),
    "the vectors alone": replace(ALL, block=0, lexical=0),
}


def by_channels(country: Country, count: int, bundle: Path | None, *, reuse: bool) -> dict[str, Measures]:
    """Match the same queries with each of CHANNELS."""
    index = index_of(country, reuse=reuse, bundle=bundle)
    queries = with_truth(evaluation_queries(country, count, ABSENT))
    pipeline = open_pipeline(index, bundle)
    try:
        answers_to(
            pipeline, addresses(queries[:BATCH])
        )  # so that the first is not the one that warms the memory maps
        return {
            name: _measured(replace(pipeline, quotas=quotas), queries) for name, quotas in CHANNELS.items()
        }
    finally:
        pipeline.close()


def _measured(pipeline: MatchPipeline, queries: Sequence[EvaluationQuery]) -> Measures:
    with timed() as watch:
        answers = answers_to(pipeline, addresses(queries), top=1)
    outcomes = judge(queries, answers)
    scores = score(outcomes)
    reserved = score(outcomes.at(np.flatnonzero(np.isin(outcomes.kind, sorted(RESERVED)))))
    return {
        "found": _found(pipeline, queries),
        "rank-1": scores.rank_1,
        "rank-1 reserved": reserved.rank_1,
        "recall": scores.recall,
        "precision": scores.precision,
        "absent accepted": scores.absent_accepted,
        "CPU ms": watch.cpu_seconds * 1_000 / len(queries),
    }


def _found(pipeline: MatchPipeline, queries: Sequence[EvaluationQuery]) -> float:
    """Return the share of the present queries of which a right premises is among the candidates."""
    found = 0
    present = [query for query in queries if query.present]
    for start in range(0, len(present), BATCH):
        part = present[start : start + BATCH]
        batch = parse_and_encode([query.address for query in part], pipeline.parser, pipeline.encoder)
        candidates = pipeline.retriever.retrieve(batch.queries, pipeline.quotas)
        uprns = candidates.texts.strings("uprn").rows()
        pairs = zip(candidates.query.tolist(), candidates.text.tolist(), strict=True)
        found += len({query for query, text in pairs if uprns[text] in part[query].accepted})
    return found / len(present)
