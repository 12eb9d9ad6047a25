"""How soon somebody who types an address gets suggestions, key by key, as the search page asks for them over HTTP.
Fails where the goal is missed.
"""

import argparse
import csv
import http.client
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.harness.million_texts import add_country_options, country_of
from benchmarks.harness.result import Result, publish
from benchmarks.harness.served import cpu_seconds_of, serving
from benchmarks.harness.synthetic import index_of, reference_of, rows_of

GOAL_P95_MS = 50.0
ADDRESSES = 100
WARMING = 10
"""Addresses that are typed before the clock starts, so that the files of the index are in memory."""
SHORTEST, LONGEST = 3, 25
"""Characters that somebody has typed of an address when the page asks."""
LIMIT = 8
"""Suggestions that the page asks for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and return 1 where the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions", description=__doc__)
    add_country_options(parser, queries=ADDRESSES)
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="an index that there is, beside its reference.csv"
    )
    options = parser.parse_args(arguments)
    country = country_of(options)
    index = options.index or index_of(country, bundle=options.bundle, reuse=options.reuse)
    reference = options.index.parent / "reference.csv" if options.index else reference_of(country, reuse=True)
    addresses = _drawn(reference, options.queries + WARMING, options.seed)
    with serving(index, options.bundle) as (server, port):
        list(_asked(addresses[:WARMING], port))
        cpu = cpu_seconds_of(server)
        milliseconds = list(_asked(addresses[WARMING:], port))
        cpu = cpu_seconds_of(server) - cpu
    p50, p95, p99 = np.percentile(milliseconds, (50, 95, 99)).tolist()
    result = Result(
        benchmark="suggestions",
        settings={"texts": rows_of(reference), "addresses": options.queries, "seed": options.seed},
        figures={
            "keys": len(milliseconds),
            "p50_ms": p50,
            "p95_ms": p95,
            "p99_ms": p99,
            "worst_ms": max(milliseconds),
            "server_cpu_ms_a_key": 1_000 * cpu / len(milliseconds),
        },
    )
    publish(result, options.out)
    if p95 > GOAL_P95_MS:
        print(f"missed: 95 % of the keys are answered within {GOAL_P95_MS:g} ms", file=sys.stderr)
    return int(p95 > GOAL_P95_MS)


def _drawn(reference: Path, count: int, seed: int) -> list[str]:
    """Draw registered addresses, written as people type them."""
    with reference.open(encoding="utf-8", newline="") as file:
        addresses = [row["address"].lower() for row in csv.DictReader(file)]
    return random.Random(seed).sample(addresses, count)


def _asked(addresses: Sequence[str], port: int) -> Iterator[float]:
    """Type some addresses over one connection; yield the milliseconds until the suggestions for each beginning are
    there.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for address in addresses:
        for end in range(SHORTEST, min(len(address), LONGEST) + 1):
            question = json.dumps({"q": address[:end], "limit": LIMIT})
            start = time.perf_counter()
            connection.request("POST", "/v1/suggest", question, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            yield (time.perf_counter() - start) * 1_000
            if answer.status != http.client.OK:
                raise RuntimeError(f"the service answered {answer.status}")
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
