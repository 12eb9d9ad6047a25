"""Whether a service that is asked for minutes keeps its memory: addresses, explanations, what somebody types, postcodes
and refused requests, mixed.

Everything is asked once before the time counts. Reported are the requests, by how much the memory of the service grows
a minute, and what was answered with 5xx. Fails where memory grows faster than the goal, or anything with 5xx was
answered.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice

import numpy as np

from benchmarks.harness.http_client import ask_all
from benchmarks.harness.options import add_common_options
from benchmarks.harness.paths import address_paths, postcode_paths, typed_paths
from benchmarks.harness.result import Result, Table, publish
from benchmarks.harness.served import resident_mib, serving
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

PREMISES = 20_000
QUERIES = 2_000
SEED = 11
LEFT_OUT = 0.05
MINUTES = 5.0
CLIENTS = 4
REQUESTS_AT_ONCE = 200
"""Between two looks at the memory."""
MOST_MIB_A_MINUTE = 1.0
REFUSED = (
    "/v1/addresses",
    "/v1/addresses?input=x&limit=0",
    "/v1/postcodes/nowhere",
    "/v1/parse?input=x&nbest=99",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long it is asked (%(default)s)")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    paths = _mixed(country, addresses_of(standard_mix_of(country, options.queries, reuse=options.reuse)))
    with serving(index, options.bundle) as (server, port):
        asyncio.run(ask_all(paths, port, CLIENTS))  # caches fill, and allocators take what they keep
        looks, statuses = _asked(paths, port, server.pid, 60 * options.minutes)
    result = _result(country, looks, statuses)
    publish(result, options.out)
    missed = _missed(result)
    print("\n".join(f"missed: {goal}" for goal in missed))
    return 1 if missed else 0


def _mixed(country: Country, texts: Sequence[str]) -> list[str]:
    """Ask for some of everything, in an order that is the same each time."""
    addresses, count = address_paths(texts), len(texts)
    explained = [f"{path}&explain=true" for path in addresses[: count // 10]]
    typed, postcodes = typed_paths(country, count // 2), postcode_paths(country, count // 2)
    paths = [*addresses, *explained, *typed, *postcodes, *REFUSED * (count // 40)]
    random.Random(country.seed).shuffle(paths)
    return paths


Look = tuple[float, float]
"""Minutes since the beginning, and the memory in MiB."""


def _asked(paths: Sequence[str], port: int, pid: int, seconds: float) -> tuple[list[Look], Counter[int]]:
    """Ask for the paths again and again, and look at the memory of the service between."""
    looks: list[Look] = []
    statuses: Counter[int] = Counter()
    waiting, begun = cycle(paths), time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        looks.append((passed / 60, resident_mib(pid)))
        outcomes = asyncio.run(ask_all(list(islice(waiting, REQUESTS_AT_ONCE)), port, CLIENTS))
        statuses.update(status for _, status in outcomes)
    return looks, statuses


def _result(country: Country, looks: Sequence[Look], statuses: Counter[int]) -> Result:
    minutes, mib = np.array(looks).T
    slope = float(np.polyfit(minutes, mib, 1)[0])
    return Result(
        benchmark="soak",
        settings={
            "premises": country.premises,
            "seed": country.seed,
            "minutes": round(looks[-1][0], 1),
            "clients": CLIENTS,
        },
        figures={
            "requests": statuses.total(),
            "memory_mib_a_minute": slope,
            "memory_at_end_mib": looks[-1][1],
            "server_errors": sum(count for status, count in statuses.items() if status >= 500),
        },
        tables=(Table("Answers", ("status", "requests"), tuple(sorted(statuses.items()))),),
    )


def _missed(result: Result) -> list[str]:
    slope, errors = (result.figures[name] or 0.0 for name in ("memory_mib_a_minute", "server_errors"))
    goals = {
        f"memory grows {slope:.2f} MiB a minute, not {MOST_MIB_A_MINUTE}": slope <= MOST_MIB_A_MINUTE,
        f"{errors:.0f} answers of 5xx, not 0": errors == 0,
    }
    return [goal for goal, is_met in goals.items() if not is_met]


if __name__ == "__main__":
    sys.exit(main())
