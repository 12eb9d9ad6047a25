"""How many requests a second the HTTP service answers, asked by several clients at once on one machine: addresses, the
same in the manner of AIMS and of OS Places, typed text, postcodes, and of these what two workers answer.

The time that the processor works for a request, in all processes of the service, depends least on what else the machine
does. Of the same cores the client takes its part, which is given beside it.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np

from benchmarks.harness.http_client import Outcome, ask_all
from benchmarks.harness.options import add_common_options
from benchmarks.harness.paths import address_paths, postcode_paths, typed_paths
from benchmarks.harness.result import Result, publish
from benchmarks.harness.served import cpu_seconds_of, serving
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

if TYPE_CHECKING:
    import subprocess

PREMISES = 20_000
REQUESTS = 3_000
WARMING = 500
SEED = 11
LEFT_OUT = 0.05
CLIENTS = 8
AIMS, OS_PLACES = "/aims", "/os"
WORKERS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http_load", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=REQUESTS, seed=SEED)
    parser.add_argument(
        "--clients", type=int, default=CLIENTS, help="requests under way at once (%(default)s)"
    )
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    texts = addresses_of(standard_mix_of(country, options.queries, reuse=options.reuse))
    routes = {
        "": address_paths(texts),
        "aims_": [f"{AIMS}/addresses?input={quote(text)}" for text in texts],
        "os_places_": [f"{OS_PLACES}/find?query={quote(text)}" for text in texts],
        "suggest_": typed_paths(country, options.queries),
        "postcode_": postcode_paths(country, options.queries),
    }
    facades = ("--aims-prefix", AIMS, "--os-prefix", OS_PLACES)
    with serving(index, options.bundle, *facades) as (server, port):
        figures = _of_routes(routes, server, port, options.clients)
    by_two = {f"two_workers_{name}": routes[name] for name in ("", "suggest_", "postcode_")}
    with serving(index, options.bundle, workers=WORKERS) as (server, port):
        figures |= _of_routes(by_two, server, port, options.clients)
    figures |= _ratios(figures)
    result = Result(
        benchmark="http_load",
        settings={
            "premises": country.premises,
            "requests": len(texts),
            "clients": options.clients,
            "seed": country.seed,
        },
        figures=figures,
    )
    publish(result, options.out)
    return 0


def _of_routes(
    routes: Mapping[str, Sequence[str]], server: "subprocess.Popen[bytes]", port: int, clients: int
) -> dict[str, float]:
    """Ask for the paths of each route, after some to warm up, and name its figures by it."""
    figures: dict[str, float] = {}
    for route, paths in routes.items():
        asyncio.run(ask_all(paths[:WARMING], port, clients))
        start, cpu, own = time.perf_counter(), cpu_seconds_of(server), time.process_time()
        outcomes = asyncio.run(ask_all(paths, port, clients))
        seconds, cpu = time.perf_counter() - start, cpu_seconds_of(server) - cpu
        of_route = _figures(outcomes, seconds, cpu, time.process_time() - own)
        figures |= {f"{route}{name}": value for name, value in of_route.items()}
    return figures


def _ratios(figures: Mapping[str, float]) -> dict[str, float]:
    """Compare with `/v1` by one worker: what the façades take of the processor, and how many requests two workers
    answer.
    """
    cpu, rate = "server_cpu_ms_per_request", "requests_per_second"
    return {
        "aims_cpu_ratio": figures[f"aims_{cpu}"] / figures[cpu],
        "os_places_cpu_ratio": figures[f"os_places_{cpu}"] / figures[cpu],
    } | {
        f"two_workers_{route}rate_ratio": figures[f"two_workers_{route}{rate}"] / figures[f"{route}{rate}"]
        for route in ("", "suggest_", "postcode_")
    }


def _figures(outcomes: Sequence[Outcome], seconds: float, cpu: float, own: float) -> dict[str, float]:
    """Summarise what was asked of one route within so many seconds, of which the server worked `cpu` and the client
    `own`.
    """
    milliseconds = [taken * 1_000 for taken, _ in outcomes]
    p50, p99 = np.percentile(milliseconds, (50, 99)).tolist()
    return {
        "requests_per_second": len(outcomes) / seconds,
        "p50_ms": p50,
        "p99_ms": p99,
        "worst_ms": max(milliseconds),
        "server_cpu_ms_per_request": 1_000 * cpu / len(outcomes),
        "client_cpu_ms_per_request": 1_000 * own / len(outcomes),
        "errors": sum(status != 200 for _, status in outcomes),
    }


if __name__ == "__main__":
    sys.exit(main())
