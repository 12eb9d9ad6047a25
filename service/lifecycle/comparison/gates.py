"""The gates of a registry: what a candidate has to pass before it is promoted, in a file that the owner edits."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.comparison.paired_answers import Comparison
from address_match.service.lifecycle.owned_file import said_in

GATES_FILE = "gates.toml"


@dataclass(frozen=True, slots=True)
class Gates:
    """Bounds; None where one is not asked for."""

    worse_p_value: float | None = None
    slice_rows: int = 200
    slice_loss: float | None = None
    calibration_error: float | None = None
    absent_accepted_more: float | None = None
    least_rows: int | None = None
    hard_lost: int | None = None
    least_agreement: float | None = None
    slower: float | None = None
    slower_single: float | None = None
    more_memory: float | None = None
    labels_days: float | None = None

    def failures(self, comparison: Comparison) -> tuple[str, ...]:
        """Return the gates that a comparison does not pass, a sentence each."""
        return tuple(self._failures(comparison))

    def _failures(self, found: Comparison) -> Iterator[str]:
        if self.least_rows is not None and found.rows < self.least_rows:
            yield f"least_rows: {found.rows:,} addresses were compared, and {self.least_rows:,} are wanted"
        if self.worse_p_value is not None and found.worse_p_value < self.worse_p_value:
            yield (
                f"worse_p_value: {found.lost:,} good answers are lost and {found.gained:,} gained, p = {found.worse_p_value:.2g}, "
                f"below {self.worse_p_value:g}"
            )
        if self.slice_loss is not None:
            yield from self._losses(found, self.slice_loss)
        error = found.candidate.calibration_error
        if self.calibration_error is not None and error is not None and error > self.calibration_error:
            yield f"calibration_error: it is {error:.4f}, above {self.calibration_error:g}"
        yield from self._false_accepts(found)
        yield from self._hard(found)
        yield from self._agreement(found)
        yield from self._costs(found)
        if self.labels_days is not None:
            if found.labels_days is None:
                yield "labels_days: no labels were named; name the store that the addresses are of with --labels DIR"
            elif found.labels_days > self.labels_days:
                yield f"labels_days: the newest label is {found.labels_days:.0f} days old, and {self.labels_days:g} is the most"

    def _losses(self, found: Comparison, most: float) -> Iterator[str]:
        for one in found.slices:
            if one.rows >= self.slice_rows and one.champion - one.candidate > most and one.high < 0:
                yield (
                    f"slice_loss: of {one.name}, {one.rows:,} rows, {one.candidate:.4f} are answered well for {one.champion:.4f}, "
                    f"more than {most:g} fewer"
                )

    def _false_accepts(self, found: Comparison) -> Iterator[str]:
        before, after = found.champion.absent_accepted, found.candidate.absent_accepted
        if self.absent_accepted_more is None or before is None or after is None:
            return
        if after - before > self.absent_accepted_more:
            yield (
                f"absent_accepted_more: {after:.4f} of the absent are matched for {before:.4f}, more than "
                f"{self.absent_accepted_more:g} more"
            )

    def _hard(self, found: Comparison) -> Iterator[str]:
        if self.hard_lost is None:
            return
        if not found.hard_rows:
            yield "hard_lost: no list of hard addresses was compared; name one with --hard FILE"
        elif found.hard_lost > self.hard_lost:
            yield (
                f"hard_lost: {found.hard_lost:,} of {found.hard_rows:,} hard addresses are lost that were answered well, "
                f"and {self.hard_lost:,} is the most"
            )

    def _agreement(self, found: Comparison) -> Iterator[str]:
        if self.least_agreement is None:
            return
        if not found.unlabelled_rows:
            yield "least_agreement: no addresses without truth were compared; name a file with --unlabelled FILE"
        elif (alike := found.unlabelled_alike / found.unlabelled_rows) < self.least_agreement:
            yield (
                f"least_agreement: {alike:.4f} of {found.unlabelled_rows:,} answers "
                f"without truth are alike, and {self.least_agreement:g} are wanted"
            )

    def _costs(self, found: Comparison) -> Iterator[str]:
        for name, what, most, times in (
            ("slower", "the time of the candidate", self.slower, found.slower),
            (
                "slower_single",
                "the time within which it answers 99 of 100 one by one",
                self.slower_single,
                found.slower_single,
            ),
            ("more_memory", "the most memory that it takes", self.more_memory, found.more_memory),
        ):
            if most is not None and (times is None or times > most):
                took = "was not taken" if times is None else f"is {times:.2f} times that of the champion"
                yield f"{name}: {what} {took}, and {most:g} times is the most"


def gates_of(folder: Path) -> Gates | None:
    """Read the gates of a registry, None where it has none; raises UsageError for a file that says something else."""
    path = folder / GATES_FILE
    content = said_in(path)
    if content is None:
        return None
    known = [field.name for field in fields(Gates)]
    for name, value in content.items():
        if name not in known:
            raise UsageError(f"{path} names a gate {name!r}; there are {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise UsageError(f"{path} has {value!r} for {name}; give a number of at least 0")
    return Gates(**content)
