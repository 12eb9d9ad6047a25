"""Which premises queries are written for."""

from collections.abc import Callable, Iterable
from random import Random

from address_match.models.synthesis.premises import Premises

RARE_KINDS: frozenset[str] = frozenset({"street_record", "land"})
"""Nobody writes to these, so that few queries are for them."""
RARE_RATE = 0.02
"""Share of these that may be drawn."""
OUTDATED_RATE = 0.2
"""Share of the provisional and the historical premises that may be drawn."""


def sample(
    premises: Iterable[Premises], present: int, absent: int, rng: Random, left_out: Callable[[str], bool]
) -> tuple[list[Premises], list[Premises]]:
    """Draw premises evenly in one walk: so many that are in the reference, and so many that are left out.

    Fewer come where there are fewer.
    """
    reservoirs: tuple[list[Premises], list[Premises]] = ([], [])
    sizes, seen = (present, absent), [0, 0]
    for one in premises:
        if one.kind in RARE_KINDS and rng.random() >= RARE_RATE:
            continue
        if one.status != "approved" and rng.random() >= OUTDATED_RATE:
            continue
        side = int(left_out(one.uprn))
        seen[side] += 1
        if len(reservoirs[side]) < sizes[side]:
            reservoirs[side].append(one)
        elif (place := int(rng.random() * seen[side])) < sizes[side]:
            reservoirs[side][place] = one
    for reservoir in reservoirs:
        rng.shuffle(reservoir)
    return reservoirs
