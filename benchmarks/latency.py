"""How long one address takes, asked alone, in process, with the full search that the online service does."""

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from address_match.service.wiring import open_pipeline
from benchmarks.harness.cost import timed
from benchmarks.harness.million_texts import MILLION_MIX, publish_measured
from benchmarks.harness.result import Result
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

QUERIES = 3_000
WARMING = 300
"""Addresses that are matched before the clock starts, so that the files of the index are in memory."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    return publish_measured("latency", str(__doc__), measure, arguments, queries=QUERIES)


def measure(country: Country, count: int, *, bundle: Path | None, reuse: bool) -> Result:
    """Match addresses of the standard mix one by one."""
    index = index_of(country, bundle=bundle, reuse=reuse)
    mix = addresses_of(standard_mix_of(country, MILLION_MIX, reuse=reuse))
    asked = random.Random(country.seed).sample(mix, min(count + WARMING, len(mix)))
    pipeline = open_pipeline(index, bundle)
    try:
        for text in asked[:WARMING]:
            pipeline.match([text], thorough=True)
        milliseconds = []
        with timed() as watch:
            for text in asked[WARMING:]:
                start = time.perf_counter()
                pipeline.match([text], thorough=True)
                milliseconds.append((time.perf_counter() - start) * 1_000)
    finally:
        pipeline.close()
    p50, p90, p99 = np.percentile(milliseconds, (50, 90, 99)).tolist()
    return Result(
        benchmark="latency",
        settings={"premises": country.premises, "queries": count, "seed": country.seed},
        figures={
            "p50_ms": p50,
            "p90_ms": p90,
            "p99_ms": p99,
            "worst_ms": max(milliseconds),
            "cpu_ms_an_address": watch.cpu_seconds * 1_000 / len(milliseconds),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
