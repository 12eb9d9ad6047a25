"""Kill, swap, fill, alter and cut at seeded random moments, and count what did not hold; exit 1 unless all did."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.chaos import killed_updates, kills
from benchmarks.chaos.alterations import altered_bundles, altered_indexes
from benchmarks.chaos.arena import Arena, make_arena
from benchmarks.chaos.broken_clusters import broken_clusters
from benchmarks.chaos.full_disks import closed_pipes, full_under_builds, full_under_matches
from benchmarks.chaos.outcome import Outcome, as_table
from benchmarks.chaos.swaps import swaps_between_reads, swaps_under_a_run


@dataclass(frozen=True, slots=True)
class Tries:
    """How often each kind of scenario is tried."""

    kills: int = 60
    """Of each command that ends soon."""
    kills_of_long_ones: int = 15
    """Of the service and of commands with two processes."""
    swaps: int = 600
    runs_under_swaps: int = 20
    index_alterations: int = 1_600
    bundle_alterations: int = 400
    full_disks: int = 60
    closed_pipes: int = 30
    broken_answers: int = 300


FULL = Tries()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every scenario and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all that is random (%(default)s)")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="address-match-chaos-") as folder:
        outcomes = []
        for outcome in run_all(Path(folder), FULL, options.seed):
            print(
                f"{outcome.scenario}: {outcome.tries} tries, {len(outcome.failures)} failures",
                file=sys.stderr,
            )
            outcomes.append(outcome)
    print(as_table(outcomes))
    for outcome in outcomes:
        for failure in outcome.failures[:5]:
            print(f"{outcome.scenario}, {failure}", file=sys.stderr)
    return 1 if any(outcome.failures for outcome in outcomes) else 0


def run_all(folder: Path, tries: Tries, seed: int) -> Iterator[Outcome]:
    """Yield what came of each scenario, in an arena that is made in an empty folder."""
    dice = Random(seed)
    arena = make_arena(folder)
    yield from _killed(arena, tries, dice)
    yield full_under_builds(arena, tries.full_disks, dice)
    yield full_under_matches(arena, tries.full_disks, dice)
    yield closed_pipes(arena, tries.closed_pipes, dice)
    yield swaps_under_a_run(arena, tries.runs_under_swaps, dice)
    yield swaps_between_reads(arena, tries.swaps)
    arena.put_in_force(2)
    yield altered_indexes(arena, tries.index_alterations, dice)
    yield altered_bundles(arena, tries.bundle_alterations, dice)
    yield broken_clusters(tries.broken_answers, dice)


def _killed(arena: Arena, tries: Tries, dice: Random) -> Iterator[Outcome]:
    often = (
        kills.matches(arena, 1),
        kills.builds(arena, 1),
        killed_updates.updates(arena),
        kills.promotions(arena),
    )
    for scenario in (*often, kills.bundles_imported(arena), kills.trained(arena)):
        yield kills.killed(arena, scenario, tries.kills, dice)
    if tries.kills_of_long_ones:
        long = (
            kills.served(arena),
            kills.matches(arena, 2),
            kills.builds(arena, 2),
            kills.resumed(arena),
            killed_updates.updates_of_premium(arena),
        )
        for scenario in long:
            yield kills.killed(arena, scenario, tries.kills_of_long_ones, dice)


if __name__ == "__main__":
    sys.exit(main())
