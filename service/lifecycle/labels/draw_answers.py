"""Which answers to label: most where something is to be learned, all with a known probability of being drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation.hand_check import EDGES, allocated, spread, strata_of
from address_match.service.lifecycle.labels.answered_file import AnsweredFile
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from address_match.service.matching.answer import Status

_NEAR = "near, "
_NEAR_MATCHED, _NEAR_OTHERS = f"{_NEAR}matched", f"{_NEAR}others"
BAND = 4
"""Answers of the band about the threshold, for each that is drawn from it."""


@dataclass(frozen=True, slots=True)
class DrawnAnswers:
    """What was drawn of a file of answers; parallel arrays, shape (drawn,)."""

    positions: NDArray[np.int64]
    """Among the answers, ascending."""
    inclusion: NDArray[np.float64]
    """Probability with which each was drawn, in (0, 1]."""
    blind: NDArray[np.bool_]
    second: NDArray[np.bool_]
    strata: NDArray[np.str_]
    """Shape (answers,): of every answer of the file."""


def draw_answers(answered: AnsweredFile, design: DrawingDesign, seed: int) -> DrawnAnswers:
    """Draw at most `design.rows` answers, but one of each stratum, and all of a file that has no more; the same seed
    draws the same.

    A few are drawn from all answers alike, the others from strata: the band about the threshold, and status by
    probability, of which those with more to learn give more. The two draws are independent, so that an answer is drawn
    with 1 - (1 - p)(1 - q).
    """
    rng = np.random.default_rng(seed)
    count = len(answered)
    wanted = min(design.rows, count)
    from_all = round(design.random * wanted)
    near = round(design.near * wanted)
    strata = _strata(answered, BAND * near)
    at_random = rng.choice(count, from_all, replace=False)
    inclusion = np.empty(count)
    chosen = [at_random]
    names, members_of = np.unique(strata, return_counts=True)
    sizes = (
        dict(zip(map(str, names), members_of.tolist(), strict=True))
        if wanted == count
        else _sizes(strata, answered.probabilities, near, wanted - from_all)
    )
    for name, size in sizes.items():
        members = np.flatnonzero(strata == name)
        chosen.append(rng.choice(members, size, replace=False))
        inclusion[members] = 1 - (1 - size / len(members)) * (1 - from_all / count)
    positions = np.unique(np.concatenate(chosen)).astype(np.int64)
    return DrawnAnswers(
        positions,
        inclusion[positions],
        _blind(positions, at_random, round(design.blind * len(positions)), rng),
        np.isin(positions, rng.choice(positions, round(design.second * len(positions)), replace=False)),
        strata,
    )


def strata_of_matched(strata: Iterable[str]) -> list[str]:
    """Return those of the strata that hold matched answers, the unsure first."""
    matched = Status.MATCHED.value
    return sorted(
        (name for name in strata if name == _NEAR_MATCHED or name.startswith(matched)),
        key=lambda name: (name != _NEAR_MATCHED, name),
    )


def threshold_of(answered: AnsweredFile) -> float:
    """Return the probability that best parts the matched answers from the others; rules keep some on the other side."""
    order = np.argsort(answered.probabilities, kind="stable")
    matched = np.array(answered.statuses)[order] == Status.MATCHED.value
    # Answers on the wrong side where the threshold lies before the first of them, the second, …, and after the last.
    wrong = np.concatenate([[0], np.cumsum(matched)]) + np.concatenate([np.cumsum(~matched[::-1])[::-1], [0]])
    return float(np.append(answered.probabilities[order], 1.0)[int(wrong.argmin())])


def _strata(answered: AnsweredFile, band: int) -> NDArray[np.str_]:
    statuses = np.array(answered.statuses)
    edges = ("", *(f" from {edge:g}" for edge in EDGES))
    bands = np.array([edges[number] for number in strata_of(answered.probabilities)])
    is_matched = statuses == Status.MATCHED.value
    strata = np.where(is_matched, np.char.add(statuses, bands), statuses)
    distance = np.abs(answered.probabilities - threshold_of(answered))
    nearest = np.argsort(distance, kind="stable")[:band]
    strata = strata.astype("<U40")
    strata[nearest] = np.where(is_matched, _NEAR_MATCHED, _NEAR_OTHERS)[nearest]
    return strata


def _sizes(
    strata: NDArray[np.str_], probabilities: NDArray[np.float64], near: int, count: int
) -> dict[str, int]:
    """Share `count` answers out to the strata, `near` of them to the band about the threshold; every stratum gives one
    at least.
    """
    names = [str(name) for name in np.unique(strata)]
    found: dict[str, int] = {}
    for in_band, rows in ((True, min(near, count)), (False, count - min(near, count))):
        some = [name for name in names if name.startswith(_NEAR) is in_band]
        members = [probabilities[strata == name] for name in some]
        sizes = [len(member) for member in members]
        shared = allocated(sizes, [spread(member) for member in members], rows)
        found |= {name: max(size, 1) for name, size in zip(some, shared, strict=True)}
    return found


def _blind(
    positions: NDArray[np.int64], at_random: NDArray[np.int64], count: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Choose whose answer is hidden: those that were drawn from all alike, and others until there are so many."""
    others = np.setdiff1d(positions, at_random)
    more = rng.choice(others, min(len(others), max(0, count - len(at_random))), replace=False)
    return np.isin(positions, np.concatenate([at_random, more]))
