"""How soon the monitor finds a change, how often it alarms without one, and how long it takes over a million facts.

The facts are those of made-up addresses, matched once. A series is drawn from them: a reference, then quiet windows,
then a changed one. Traffic comes mixed, or in blocks: 20 to 200 facts of one class of noise after the other, as files
and streets come. A change of the accepted share puts facts that were not matched in place of some that were; one of
probabilities draws the unsure among the matched. Fails with exit code 1 where a goal is missed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from address_match.service.facts.fact import Fact
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import PART_ROWS, FactWriter
from address_match.service.lifecycle.monitoring.accepted_facts import WINDOWS, accept
from address_match.service.lifecycle.monitoring.expected_precision import expected_precision
from address_match.service.lifecycle.monitoring.judged_window import Usual, judge_windows, usual_values
from address_match.service.lifecycle.monitoring.report import report_store
from benchmarks.harness.fact_traffic import Rng, Rows, Traffic, made_up_traffic
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country

PREMISES, QUERIES, SEED = 20_000, 12_000, 71
LEFT_OUT = 0.15
SERIES = 200
REFERENCE = 40_000
QUIET_WINDOWS = 20
COVERED_WINDOWS = 1_000
"""Whose interval of expected precision is held against the truth."""
MILLION = 1_000_000
GOALS = {
    "found_accepted_8_points_in_1000": (">=", 0.95),
    "found_probability_025_in_1000": (">=", 0.95),
    "found_accepted_4_points_in_4000": (">=", 0.90),
    "quiet_series_alarmed": ("<=", 0.05),
    "quiet_series_in_blocks_alarmed": ("<=", 0.05),
    "expected_precision_covered_in_1000": (">=", 0.95),
    "expected_precision_covered_in_4000": (">=", 0.95),
    "expected_precision_covered_in_1000_in_blocks": (">=", 0.95),
    "expected_precision_covered_in_4000_in_blocks": (">=", 0.95),
    "million_facts_monitor_seconds": ("<=", 10.0),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the monitor found in one series; the names of what differs."""

    quiet: frozenset[str]
    accepted_8: frozenset[str]
    accepted_8_large: frozenset[str]
    """In 4,000 instead of 1,000."""
    accepted_4: frozenset[str]
    probability: frozenset[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.monitoring", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--series", type=int, default=SERIES, help="series of each kind of traffic")
    options = parser.parse_args(arguments)
    traffic = made_up_traffic(Country(options.seed, options.size, LEFT_OUT), options)
    result = measure(traffic, options)
    publish(result, options.out)
    missed = [name for name, goal in GOALS.items() if not _meets(result.figures[name] or 0.0, *goal)]
    for name in missed:
        print(
            f"{name} is {result.figures[name]}, and the goal {' '.join(map(str, GOALS[name]))}",
            file=sys.stderr,
        )
    return 1 if missed else 0


def measure(traffic: Traffic, options: argparse.Namespace) -> Result:
    """Draw series of both kinds of traffic and count what is found."""
    rng = np.random.default_rng(options.seed)
    mixed = [_series(traffic, traffic.mixed, rng) for _ in range(options.series)]
    blocks = [_series(traffic, traffic.in_blocks, rng) for _ in range(options.series)]
    covered = {
        f"expected_precision_covered_in_{size}{words}": covered_share(traffic, draw, size, rng)
        for draw, words in ((traffic.mixed, ""), (traffic.in_blocks, "_in_blocks"))
        for size in WINDOWS
    }
    million = _million(traffic, rng)
    matched = traffic.is_matched
    return Result(
        benchmark="monitoring",
        settings={
            "facts": len(traffic.facts),
            "classes": int(traffic.class_of.max()) + 1,
            "accepted_share": float(matched.mean()),
            "mean_probability_of_matched": float(
                traffic.facts.column("probability").to_numpy()[matched].mean()
            ),
            "series": options.series,
            "reference_facts": REFERENCE,
            "quiet_windows": QUIET_WINDOWS,
            "seed": options.seed,
        },
        figures={
            "found_accepted_8_points_in_1000": _share(mixed, "accepted_8"),
            "found_probability_025_in_1000": _share(mixed, "probability"),
            "found_accepted_4_points_in_4000": _share(mixed, "accepted_4"),
            "quiet_series_alarmed": _share(mixed, "quiet"),
            "found_accepted_8_points_in_1000_in_blocks": _share(blocks, "accepted_8"),
            "found_accepted_8_points_in_4000_in_blocks": _share(blocks, "accepted_8_large"),
            "found_probability_025_in_1000_in_blocks": _share(blocks, "probability"),
            "found_accepted_4_points_in_4000_in_blocks": _share(blocks, "accepted_4"),
            "quiet_series_in_blocks_alarmed": _share(blocks, "quiet"),
            **covered,
            **million,
        },
        tables=(columns_of(_by_watched(mixed, blocks), "Series in which it differs"),),
    )


def _series(traffic: Traffic, draw: Callable[[int, Rng], Rows], rng: Rng) -> Found:
    small, large = WINDOWS
    reference = traffic.taken(draw(REFERENCE, rng))
    usual = {size: usual_values(reference, size) for size in WINDOWS}

    def differing(rows: Rows) -> frozenset[str]:
        return _differing(usual, traffic.taken(rows))

    return Found(
        quiet=differing(draw(QUIET_WINDOWS * small, rng)),
        accepted_8=differing(traffic.accepting_fewer(draw(small, rng), 0.08, rng)),
        accepted_8_large=differing(traffic.accepting_fewer(draw(large, rng), 0.08, rng)),
        accepted_4=differing(traffic.accepting_fewer(draw(large, rng), 0.04, rng)),
        probability=differing(traffic.less_sure(draw(small, rng), 0.025, rng)),
    )


def covered_share(traffic: Traffic, draw: Callable[[int, Rng], Rows], size: int, rng: Rng) -> float:
    """Return the share of quiet windows whose interval of expected precision holds the share of the matched that is
    right.
    """
    held = 0
    for _ in range(COVERED_WINDOWS):
        rows = draw(size, rng)
        expected = expected_precision(traffic.taken(rows))
        of_matched = traffic.right[rows[traffic.is_matched[rows]]]
        held += expected is not None and expected.low <= of_matched.mean() <= expected.high
    return held / COVERED_WINDOWS


def _differing(usual: Mapping[int, Mapping[str, Usual]], facts: pa.Table) -> frozenset[str]:
    windows = [one for size, values in usual.items() for one in judge_windows(values, facts, size)]
    return frozenset(finding.name for window in windows for finding in window.differing)


def _share(series: Sequence[Found], what: str) -> float:
    return sum(bool(getattr(one, what)) for one in series) / len(series)


def _by_watched(mixed: Sequence[Found], blocks: Sequence[Found]) -> list[dict[str, str | float | int | None]]:
    kinds = {
        "quiet": "quiet",
        "accepted_8": "accepted −.08",
        "accepted_8_large": "accepted −.08 of 4,000",
        "accepted_4": "accepted −.04",
        "probability": "probability −.025",
    }
    names = sorted({name for one in (*mixed, *blocks) for kind in kinds for name in getattr(one, kind)})
    return [
        {"watched": name}
        | {
            f"{words}, {traffic}": sum(name in getattr(one, kind) for one in series) / len(series)
            for traffic, series in (("mixed", mixed), ("in blocks", blocks))
            for kind, words in kinds.items()
        }
        for name in names
    ]


def _million(traffic: Traffic, rng: Rng) -> dict[str, float]:
    """Return the CPU seconds to write a million facts and to report on them, and the bytes of each."""
    rows = list(zip(*(traffic.facts.column(name).to_pylist() for name in Fact._fields[1:]), strict=True))

    def drawn(count: int, minute: int) -> list[Fact]:
        return [Fact._make((60 * minute, *rows[row])) for row in traffic.mixed(count, rng).tolist()]

    with TemporaryDirectory() as folder:
        usual, store = FactStore(Path(folder) / "usual"), FactStore(Path(folder) / "facts")
        FactWriter(usual, 400).write("file", drawn(REFERENCE, 0))
        accept(usual, "file", first=None, last=None, by="benchmark", reason="quiet", target_precision=None)
        writer = FactWriter(store, 400)
        writing = 0.0
        for minute in range(MILLION // PART_ROWS):
            facts = drawn(PART_ROWS, minute + 1)
            begun = time.process_time()
            writer.write("file", facts)
            writing += time.process_time() - begun
        size = sum(path.stat().st_size for path in store.folder.rglob("*.parquet"))
        begun = time.process_time()
        report_store(store, usual)
        return {
            "million_facts_write_seconds": writing,
            "million_facts_monitor_seconds": time.process_time() - begun,
            "million_facts_bytes_each": size / MILLION,
        }


def _meets(value: float, sign: str, goal: float) -> bool:
    return value >= goal if sign == ">=" else value <= goal


if __name__ == "__main__":
    sys.exit(main())
