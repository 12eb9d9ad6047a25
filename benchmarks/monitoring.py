"""How soon the monitor finds a change, how often it alarms without one, and how long it takes over a million facts.

The facts are those of made-up addresses, matched once. A series is drawn from them: a reference, then quiet windows, then a changed one.
Traffic comes mixed, or in blocks: 20 to 200 facts of one class of noise after the other, as files and streets come. A change of the
accepted share puts facts that were not matched in the place of some that were; one of probabilities draws the unsure among the matched.
Fails with exit code 1 where a goal is missed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.models.synthesis.queries import make_queries
from address_match.service.lifecycle.facts.fact import Fact, fact_table
from address_match.service.lifecycle.facts.facts_of_answers import facts_of_call
from address_match.service.lifecycle.facts.projected_sums import NUMBERS, STRETCH, projected
from address_match.service.lifecycle.facts.store import FactStore
from address_match.service.lifecycle.facts.writer import PART_ROWS, FactWriter
from address_match.service.lifecycle.monitoring.accepted import WINDOWS, accept
from address_match.service.lifecycle.monitoring.expected import expected_precision
from address_match.service.lifecycle.monitoring.report import report_store
from address_match.service.lifecycle.monitoring.window import Usual, judge_windows, usual_values
from address_match.service.matching.answer import Status
from address_match.service.matching.told_answers import ToldAnswers, listening_to_answers
from address_match.service.wiring import open_pipeline
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country, index_of, with_truth

PREMISES, QUERIES, SEED = 20_000, 12_000, 71
LEFT_OUT = 0.15
ABSENT = 0.15
SERIES = 200
REFERENCE = 40_000
QUIET_WINDOWS = 20
BLOCK = (20, 200)
BATCH = 2_000
COVERED_WINDOWS = 1_000
"""Whose interval of expected precision is held against the truth."""
MILLION = 1_000_000
ENCODER = "0123456789ab"
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

Rng = np.random.Generator
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Traffic:
    """Facts that others are drawn from."""

    facts: pa.Table
    class_of: NDArray[np.int64]
    """Shape (facts,): class of noise."""
    projected: NDArray[np.float64]
    """Shape (facts, numbers): what is summed of each."""
    right: NDArray[np.bool_]
    """Shape (facts,): whether the answer names the premises that is meant."""

    @property
    def is_matched(self) -> NDArray[np.bool_]:
        """Which facts are of matched addresses, shape (facts,)."""
        found: NDArray[np.bool_] = pc.equal(
            self.facts.column("status").cast(pa.string()), Status.MATCHED.value
        ).to_numpy()
        return found

    def taken(self, rows: Rows) -> pa.Table:
        """Return facts in the order given, with the sums of their stretches."""
        facts = self.facts.take(rows)
        sums: list[list[float] | None] = [None] * len(rows)
        for end in range(STRETCH - 1, len(rows), STRETCH):
            sums[end] = self.projected[rows[end + 1 - STRETCH : end + 1]].sum(axis=0).tolist()
        said = {
            "encoder": pa.array([ENCODER] * len(rows)),
            "projected": pa.array(sums, pa.list_(pa.float32())),
        }
        for name, column in said.items():
            facts = facts.set_column(facts.schema.get_field_index(name), name, column)
        return facts

    def mixed(self, count: int, rng: Rng) -> Rows:
        """Draw facts one by one."""
        return rng.integers(0, len(self.facts), count)

    def in_blocks(self, count: int, rng: Rng) -> Rows:
        """Draw blocks of facts of one class."""
        blocks: list[Rows] = []
        while sum(map(len, blocks)) < count:
            members = np.flatnonzero(self.class_of == self.class_of[rng.integers(len(self.class_of))])
            blocks.append(rng.choice(members, rng.integers(*BLOCK)))
        return np.concatenate(blocks)[:count]

    def accepting_fewer(self, rows: Rows, points: float, rng: Rng) -> Rows:
        """Put facts that were not matched in the place of some, so that the share of the matched falls by so much."""
        matched = self.is_matched
        given_up = matched[rows] & (rng.random(len(rows)) < points / matched[rows].mean())
        return np.where(given_up, rng.choice(np.flatnonzero(~matched), len(rows)), rows)

    def less_sure(self, rows: Rows, by: float, rng: Rng) -> Rows:
        """Draw matched facts for matched facts so that their mean probability falls by so much."""
        matched = np.flatnonzero(self.is_matched)
        probability = self.facts.column("probability").to_numpy()[matched].astype(np.float64)
        chances = _tilted(probability, probability.mean() - by)
        return np.where(self.is_matched[rows], rng.choice(matched, len(rows), p=chances), rows)


def _tilted(values: NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    """Return chances proportional to exp(-tilt value) under which the mean is as given, by halving the bounds of the tilt."""
    low, high = 0.0, 2_000.0
    for _ in range(60):
        tilt = (low + high) / 2
        chances = np.exp(-tilt * (values - values.min()))
        chances /= chances.sum()
        low, high = (tilt, high) if chances @ values > mean else (low, tilt)
    found: NDArray[np.float64] = chances
    return found


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


def made_up_traffic(country: Country, options: argparse.Namespace) -> Traffic:
    """Match queries of every class, and keep the facts of the answers."""
    queries = sorted(
        make_queries(
            country.world,
            count=options.queries,
            seed=country.seed,
            absent_rate=ABSENT,
            left_out=country.is_left_out,
        ),
        key=attrgetter("noise_class"),
    )
    facts: list[Fact] = []
    vectors: list[NDArray[np.float64]] = []
    class_of: list[int] = []
    right: list[bool] = []
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    with closing(open_pipeline(index, options.bundle)) as pipeline:
        for number, (_, of_class) in enumerate(groupby(queries, key=attrgetter("noise_class"))):
            asked = with_truth([*of_class])
            class_of += [number] * len(asked)
            for start in range(0, len(asked), BATCH):
                part = asked[start : start + BATCH]
                told: list[ToldAnswers] = []
                with listening_to_answers(told.append):
                    answers = pipeline.match([query.address for query in part], top=1)
                # Answers are told in another order than that of their queries.
                meant = {
                    id(answer): answer.uprn in query.accepted
                    for query, answer in zip(part, answers, strict=True)
                }
                right += [meant[id(answer)] for each in told for answer in each.answers]
                facts += facts_of_call(told, asked=len(part), seconds=0.0)
                vectors += [
                    np.zeros((len(each.answers), NUMBERS)) if each.search is None else projected(each.search)
                    for each in told
                ]
    return Traffic(fact_table(facts), np.array(class_of), np.concatenate(vectors), np.array(right))


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
    seconds, size = _million(traffic, rng)
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
            "million_facts_monitor_seconds": seconds,
            "million_facts_bytes_each": size / MILLION,
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


def covered_share(
    traffic: Traffic, draw: Callable[[int, Rng], Rows], size: int, rng: Rng, windows: int = COVERED_WINDOWS
) -> float:
    """Return the share of quiet windows whose interval of expected precision holds the share of the matched that is right."""
    held = 0
    for _ in range(windows):
        rows = draw(size, rng)
        expected = expected_precision(traffic.taken(rows))
        of_matched = traffic.right[rows[traffic.is_matched[rows]]]
        held += expected is not None and expected.low <= of_matched.mean() <= expected.high
    return held / windows


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


def _million(traffic: Traffic, rng: Rng) -> tuple[float, int]:
    """Return the CPU seconds of a report on a million facts, and their bytes."""
    rows = list(zip(*(traffic.facts.column(name).to_pylist() for name in Fact._fields[1:]), strict=True))

    def drawn(count: int, minute: int) -> list[Fact]:
        return [Fact._make((60 * minute, *rows[row])) for row in traffic.mixed(count, rng).tolist()]

    with TemporaryDirectory() as folder:
        usual, store = FactStore(Path(folder) / "usual"), FactStore(Path(folder) / "facts")
        FactWriter(usual, 400).write("file", drawn(REFERENCE, 0))
        accept(usual, "file", first=None, last=None, by="benchmark", reason="quiet", target_precision=None)
        writer = FactWriter(store, 400)
        for minute in range(MILLION // PART_ROWS):
            writer.write("file", drawn(PART_ROWS, minute + 1))
        size = sum(path.stat().st_size for path in store.folder.rglob("*.parquet"))
        begun = time.process_time()
        report_store(store, usual)
        return time.process_time() - begun, size


def _meets(value: float, sign: str, goal: float) -> bool:
    return value >= goal if sign == ">=" else value <= goal


if __name__ == "__main__":
    sys.exit(main())
