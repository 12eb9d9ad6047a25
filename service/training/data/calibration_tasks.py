"""Where the calibration asks its queries: whole towns, in references with gaps of several sizes.

What an absent premises is taken for stands as often on the next street as on its own: without the streets of the other learners as
neighbours, the error of the probabilities was twice as large where a tenth of the premises is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference import is_left_out
from address_match.models.synthesis.splits import CALIBRATION_SPLITS
from address_match.service.training.data.tasks import TrainingTask

ABSENT = 0.35
"""Share of the queries that ask for a premises which the reference lacks: enough of both kinds to weigh them for any prior."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a reference lacks, as shares: premises here and there, whose neighbours stay, and towns altogether."""

    premises: float
    towns: float
    look_alikes: bool = False
    """Return whether the towns have premises that are easily taken for others: in all of them it would learn to claim too little."""

    def held_out(self, premises: Sequence[Premises], seed: int) -> frozenset[str]:
        """Choose the premises that fall into a gap, the same on every machine."""
        return frozenset(
            place.uprn
            for place in premises
            if is_left_out(place.uprn, seed=seed, rate=self.premises)
            or is_left_out(place.town, seed=seed, rate=self.towns)
        )


GAPS = (Gaps(0.1, 0.1), Gaps(0.25, 0.0, look_alikes=True), Gaps(0.5, 0.1))
"""From a register that is nearly complete to one that holds every other premises."""


def calibration_tasks(
    towns: Sequence[Premises], look_alikes: Sequence[Premises], seed: int
) -> list[TrainingTask]:
    """Give a task for each of the GAPS; they ask for the streets that neither the encoder nor the ranker has seen."""
    tasks = []
    for gaps in GAPS:
        held = (*towns, *look_alikes) if gaps.look_alikes else towns
        tasks.append(TrainingTask(held, CALIBRATION_SPLITS, gaps.held_out(held, seed)))
    return tasks
