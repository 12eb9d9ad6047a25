"""What it costs to compare a query with 50 candidates and to rank them, alone and in batches; retrieval is not counted."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from address_match.indexer.retrieval import Candidates, Quotas
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.query.parse_and_encode import ParsedBatch, parse_and_encode
from address_match.service.matching.ranking.rank import rank
from address_match.service.wiring import open_pipeline
from benchmarks.harness.cost import timed
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

SIZE = 200_000
SEED = 90210
LEFT_OUT = 0.15
QUERIES = 4_000
BATCH = 1_000
CANDIDATES = 50
MIX = 10_000

Task = tuple[ParsedBatch, Candidates]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparison", description=__doc__)
    add_common_options(parser, size=SIZE, queries=QUERIES, seed=SEED)
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    result = measure(country, options.queries, bundle=options.bundle, reuse=options.reuse)
    publish(result, options.out)
    return 0


def measure(country: Country, count: int, *, bundle: Path | None, reuse: bool) -> Result:
    """Rank the candidates of addresses of the standard mix, `BATCH` at a time and then one by one."""
    index = index_of(country, bundle=bundle, reuse=reuse)
    mix = addresses_of(standard_mix_of(country, MIX, reuse=reuse))
    asked = random.Random(country.seed).sample(mix, min(count, len(mix)))
    pipeline = open_pipeline(index, bundle)
    try:
        tasks = [_task(asked[start : start + BATCH], pipeline) for start in range(0, len(asked), BATCH)]
        pairs = sum(len(candidates.query) for _, candidates in tasks)
        with timed() as batches:
            for task in tasks:
                _rank(task, pipeline)
        milliseconds = _one_by_one([_task([text], pipeline) for text in asked[:BATCH]], pipeline)
    finally:
        pipeline.close()
    p50, p99 = np.percentile(milliseconds, (50, 99)).tolist()
    return Result(
        benchmark="comparison",
        settings={"premises": country.premises, "queries": count, "seed": country.seed, "batch": BATCH},
        figures={
            "candidates_a_query": pairs / len(asked),
            "batch_cpu_ms_a_query": batches.cpu_seconds * 1_000 / len(asked),
            "alone_p50_ms": p50,
            "alone_p99_ms": p99,
        },
    )


def _task(texts: Sequence[str], pipeline: MatchPipeline) -> Task:
    """Read texts and propose candidates for them, the `CANDIDATES` nearest by vector for each."""
    batch = parse_and_encode(texts, pipeline.parser, pipeline.encoder)
    return batch, pipeline.retriever.retrieve(batch.queries, Quotas(block=0, lexical=0, dense=CANDIDATES))


def _rank(task: Task, pipeline: MatchPipeline) -> None:
    batch, candidates = task
    rank(batch.columns, candidates, pipeline.retriever.statistics, pipeline.ranker)


def _one_by_one(tasks: Sequence[Task], pipeline: MatchPipeline) -> list[float]:
    milliseconds = []
    for task in tasks:
        start = time.perf_counter()
        _rank(task, pipeline)
        milliseconds.append((time.perf_counter() - start) * 1_000)
    return milliseconds


if __name__ == "__main__":
    sys.exit(main())
