"""How many requests a second the HTTP service answers, one address each, asked by several clients at once on one machine."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from urllib.parse import quote

import numpy as np

from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, publish
from benchmarks.harness.served import cpu_seconds_of, serving
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

PREMISES = 20_000
REQUESTS = 3_000
WARMING = 500
SEED = 11
LEFT_OUT = 0.05
CLIENTS = 8


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
    with serving(index, options.bundle) as (server, port):
        asyncio.run(_asked(texts[:WARMING], port, options.clients))
        start, cpu = time.perf_counter(), cpu_seconds_of(server)
        outcomes = asyncio.run(_asked(texts, port, options.clients))
        seconds, cpu = time.perf_counter() - start, cpu_seconds_of(server) - cpu
    milliseconds = [taken * 1_000 for taken, _ in outcomes]
    p50, p99 = np.percentile(milliseconds, (50, 99)).tolist()
    result = Result(
        benchmark="http_load",
        settings={
            "premises": country.premises,
            "requests": len(texts),
            "clients": options.clients,
            "seed": country.seed,
        },
        figures={
            "requests_per_second": len(outcomes) / seconds,
            "p50_ms": p50,
            "p99_ms": p99,
            "worst_ms": max(milliseconds),
            "server_cpu_ms_per_request": 1_000 * cpu / len(outcomes),
            "errors": sum(status != 200 for _, status in outcomes),
        },
    )
    publish(result, options.out)
    return 0


async def _asked(texts: Sequence[str], port: int, clients: int) -> list[tuple[float, int]]:
    """Ask for all texts, `clients` at a time over connections that stay open; return seconds and status of each."""
    waiting = iter(texts)
    outcomes: list[tuple[float, int]] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for text in waiting:
            start = time.perf_counter()
            writer.write(
                f"GET /v1/addresses?input={quote(text)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
            await reader.readexactly(int(length.partition(":")[2]))
            outcomes.append((time.perf_counter() - start, int(head.split(" ", 2)[1])))
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
