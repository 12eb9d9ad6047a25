"""What the service does under more load than it can carry: requests come at a set rate, whether earlier ones were
answered or not.

First the capacity is measured, with clients that wait for their answers, twice as many each time until no more is
answered. Then requests come at 1, 2, 5 and 10 times that rate, over connections that stay open, from a process of its
own whose event loop does nothing else; two others ask `/healthz` ten times a second, on the port of the probes and on
that of the requests. The service has one core, and those who ask it have another. Reported are the accepted a second,
in all and of the capacity, the time of the accepted and of the refused, the probes, the memory of the service, how
long after the end it answers as fast as before, and how late the process that asks was itself, which is part of the
time of each. Fails where a goal is missed.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.harness.load import closed_loop, probe, seconds_to_recover
from benchmarks.harness.open_loop import open_loop
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, Table, publish
from benchmarks.harness.served import cpu_seconds_of, free_port, resident_mib, serving
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

if TYPE_CHECKING:
    import subprocess

PREMISES = 20_000
QUERIES = 2_000
SEED = 11
LEFT_OUT = 0.05
CLIENTS = 8
"""Who ask at the same time at first; their answers take the usual time."""
MOST_CLIENTS = 512
LEAST_GROWTH = 1.05
"""By which twice the clients are answered more often, as long as they do not saturate the service."""
SECONDS = 15
TIMES = (1, 2, 5, 10)
LEAST_OF_CAPACITY = 0.8
"""Share of the capacity that is still accepted at ten times the load."""
SLOWEST_PROBE_MS = 200.0
LONGEST_RECOVERY_SECONDS = 2.0
SLOWEST_REFUSAL_MS = 20.0
"""Of half the refusals at ten times the load."""
MOST_TIMES_AS_SLOW = 2.0
"""As at full load, 99 of 100 that are accepted at ten times the load."""


COLUMNS = (
    "times the capacity",
    "offered/s",
    "accepted/s",
    "refused/s",
    "lost/s",
    "accepted p50 ms",
    "accepted p99 ms",
    "refused p50 ms",
    "refused p99 ms",
    "probe p50 ms",
    "probe p99 ms",
    "probe among requests p99 ms",
    "processor ms per accepted",
    "memory MiB",
    "recovered s",
    "asked late p99 ms",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overload", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="length of a stage (%(default)s)")
    parser.add_argument(
        "--capacity", type=float, default=None, help="requests a second that it can carry (measured)"
    )
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    texts = addresses_of(standard_mix_of(country, options.queries, reuse=options.reuse))
    every = os.sched_getaffinity(0)
    generator, service = {min(every)}, {max(every)}  # the same where there is only one
    os.sched_setaffinity(0, service)  # which the service inherits
    probes = free_port()
    with serving(index, options.bundle, "--probe-port", str(probes)) as (server, port):
        os.sched_setaffinity(0, generator)
        asyncio.run(closed_loop(texts[:500], port, CLIENTS))
        measured, usual, clients = _capacity(texts, port)
        capacity = options.capacity or measured
        rows = [
            _stage(texts, (port, probes), capacity, times, options.seconds, server, usual) for times in TIMES
        ]
    os.sched_setaffinity(0, every)  # a result names the machine by what its process may use
    result = _result(country, capacity, clients, usual, rows, options.seconds)
    publish(result, options.out)
    missed = _missed(result)
    print("\n".join(f"missed: {goal}" for goal in missed))
    return 1 if missed else 0


def _capacity(texts: Sequence[str], port: int) -> tuple[float, float, int]:
    """Return the answers a second that no further clients raise, the median seconds with `CLIENTS`, and the clients
    that saturate.
    """
    best, usual, clients = 0.0, 0.0, CLIENTS
    while True:
        start = time.perf_counter()
        answered = asyncio.run(closed_loop(texts, port, clients))
        rate = len(answered) / (time.perf_counter() - start)
        usual = usual or float(np.median(answered))
        if rate < best * LEAST_GROWTH or clients >= MOST_CLIENTS:
            return max(rate, best), usual, clients
        best, clients = rate, 2 * clients


@dataclass(frozen=True, slots=True)
class Stage:
    """The measures of one rate."""

    times: int
    offered: float
    accepted: float
    """A second."""
    refused: float
    lost: float
    accepted_ms: tuple[float, float]
    refused_ms: tuple[float, float]
    probe_ms: tuple[float, float]
    """On the port of the probes."""
    probe_among_requests_ms: float
    """The 99th percentile on the port of the requests."""
    cpu_ms: float
    """Of the service for each that was accepted: what refusing takes is in it."""
    memory_mib: float
    recovery_seconds: float
    late_ms: float
    """The 99th percentile of the time by which a request was sent too late."""


def _stage(
    texts: Sequence[str],
    ports: tuple[int, int],
    capacity: float,
    times: int,
    seconds: int,
    server: "subprocess.Popen[bytes]",
    usual: float,
) -> Stage:
    port, probes_port = ports
    cpu = cpu_seconds_of(server)
    with multiprocessing.get_context("spawn").Pool(3) as processes:
        probing = [processes.apply_async(probe, (asked, seconds)) for asked in (probes_port, port)]
        found = processes.apply(open_loop, (list(texts), port, capacity * times, seconds, times))
        probes, among_requests = (one.get() for one in probing)
    ended, cpu = time.perf_counter(), cpu_seconds_of(server) - cpu
    recovery = asyncio.run(seconds_to_recover(texts, port, usual, ended))
    accepted, refused = found.of(200), found.of(429, 503)
    return Stage(
        times,
        len(found.status) / seconds,
        found.count(200) / seconds,
        found.count(429, 503) / seconds,
        (len(found.status) - len(accepted) - len(refused)) / seconds,
        _percentiles(accepted),
        _percentiles(refused),
        _percentiles(probes),
        _percentiles(among_requests)[1],
        1_000 * cpu / max(1, len(accepted)),
        resident_mib(server.pid),
        recovery,
        _percentiles(found.behind)[1],
    )


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile in milliseconds; 0 of none."""
    if not seconds:
        return 0.0, 0.0
    p50, p99 = np.percentile([s * 1_000 for s in seconds], (50, 99)).tolist()
    return p50, p99


def _result(
    country: Country, capacity: float, clients: int, usual: float, stages: Sequence[Stage], seconds: int
) -> Result:
    last = stages[-1]
    return Result(
        benchmark="overload",
        settings={
            "premises": country.premises,
            "seed": country.seed,
            "seconds": seconds,
            "clients": clients,
            "cores of the service": 1,
        },
        figures={
            "capacity_per_second": capacity,
            "usual_p50_ms": usual * 1_000,
            f"accepted_share_at_{last.times}_times": last.accepted / capacity,
            "slowest_probe_p99_ms": max(stage.probe_ms[1] for stage in stages),
            "longest_recovery_seconds": max(stage.recovery_seconds for stage in stages),
            f"refused_p50_ms_at_{last.times}_times": last.refused_ms[0],
            f"accepted_p99_at_{last.times}_times_as_at_full_load": last.accepted_ms[1]
            / stages[0].accepted_ms[1],
            "memory_growth_mib": last.memory_mib - stages[0].memory_mib,
        },
        tables=(Table("By load", COLUMNS, tuple(_row(stage) for stage in stages)),),
    )


def _row(s: Stage) -> tuple[float, ...]:
    rates = (s.times, s.offered, s.accepted, s.refused, s.lost)
    probes = *s.probe_ms, s.probe_among_requests_ms
    return (
        *rates,
        *s.accepted_ms,
        *s.refused_ms,
        *probes,
        s.cpu_ms,
        s.memory_mib,
        s.recovery_seconds,
        s.late_ms,
    )


def _missed(result: Result) -> list[str]:
    figures = {name: value or 0.0 for name, value in result.figures.items()}
    most = TIMES[-1]
    share = figures[f"accepted_share_at_{most}_times"]
    refused, slower = (
        figures[f"refused_p50_ms_at_{most}_times"],
        figures[f"accepted_p99_at_{most}_times_as_at_full_load"],
    )
    probe, recovery = figures["slowest_probe_p99_ms"], figures["longest_recovery_seconds"]
    goals = {
        f"accepted {share:.2f} of the capacity, not {LEAST_OF_CAPACITY}": share >= LEAST_OF_CAPACITY,
        f"refused in {refused:.0f} ms, not {SLOWEST_REFUSAL_MS:.0f}": refused <= SLOWEST_REFUSAL_MS,
        f"accepted {slower:.1f} times as slowly, not {MOST_TIMES_AS_SLOW}": slower <= MOST_TIMES_AS_SLOW,
        f"probes took {probe:.0f} ms, not {SLOWEST_PROBE_MS:.0f}": probe <= SLOWEST_PROBE_MS,
        f"recovered in {recovery:.1f} s, not {LONGEST_RECOVERY_SECONDS}": recovery
        <= LONGEST_RECOVERY_SECONDS,
    }
    return [goal for goal, is_met in goals.items() if not is_met]


if __name__ == "__main__":
    sys.exit(main())
