"""Matchers that are measured on the same rows by the same clock: each prepares a reference, then matches a file.

A reference has the columns uprn, address and postcode, a file of queries the columns query, a number, and address: both
CSV.
"""

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.harness.cost import ONE_THREAD, CommandCost, run_address_match


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidate of a matcher for one query."""

    uprn: str
    """Empty where there is none."""
    accepted: bool
    """Whether the matcher, as shipped, gives it as the answer."""
    score: float
    """How sure the matcher is: the more the surer, of any scale."""
    margin: float = math.inf
    """How far the next candidate is behind, on that scale; infinite where there is none or the score accounts for it."""


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """The best candidates for the rows of a file, in their order, and what the matching cost."""

    best: list[Best]
    cost: CommandCost


class Matcher(Protocol):
    """A matcher that runs as commands of its own, one thread each."""

    @property
    def name(self) -> str:
        """By which results speak of it."""

    @property
    def states_probability(self) -> bool:
        """Return whether its score is meant as a probability, so that its calibration can be measured."""

    def prepare(self, reference: Path, folder: Path) -> CommandCost:
        """Make of a reference what matching needs, below a folder that exists."""

    def match(self, queries: Path, folder: Path) -> MatchedFile:
        """Match a file against what stands prepared in that folder, loading it anew."""


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """This checkout: `index build`, then `match` with the settings that it ships except for those named."""

    bundle: Path | None = None
    settings: tuple[str, ...] = ()
    """Options of `match` by which it decides, with their values."""
    name: str = "address-match"
    states_probability: bool = True

    def prepare(self, reference: Path, folder: Path) -> CommandCost:
        """Build the index."""
        return run_address_match(
            *("index", "build", str(reference), "--out", str(folder / "index"), "--jobs", "1"),
            *self._with_bundle(),
            log=folder / "prepare.log",
            environment=ONE_THREAD,
        )

    def match(self, queries: Path, folder: Path) -> MatchedFile:
        """Run `match` in one process."""
        answers = folder / "answers.csv"
        cost = run_address_match(
            *("match", str(queries), "--columns", "address", "--index", str(folder / "index")),
            *("--out", str(answers), "--top", "1", "--jobs", "1", "--force"),
            *(*self.settings, *self._with_bundle()),
            log=folder / "match.log",
            environment=ONE_THREAD,
        )
        with answers.open(encoding="utf-8", newline="") as rows:
            return MatchedFile([_best_of(row) for row in csv.DictReader(rows)], cost)

    def _with_bundle(self) -> Sequence[str]:
        return ("--bundle", str(self.bundle)) if self.bundle else ()


def _best_of(row: dict[str, str]) -> Best:
    candidates = json.loads(row["match_candidates"] or "[]")
    return Best(
        uprn=candidates[0]["uprn"] if candidates else row["match_uprn"],
        accepted=row["match_status"] == "matched",
        score=float(row["match_probability"] or 0.0),
    )
