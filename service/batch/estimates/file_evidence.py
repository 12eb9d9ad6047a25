"""What the answers of a file say of the file as a whole, kept as samples so that memory does not grow with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.decision.absence import SAYS_NOTHING

SAMPLED = 10_000
"""Rows whose probabilities are kept: the error of a share of 10,000 is half a hundredth."""
TESTED = 300
"""Matched rows that are kept to be matched again: a false-accept rate of a hundredth is known to within one."""
SEED = 20_261_129

_Item = TypeVar("_Item")


class Reservoir(Generic[_Item]):
    """A sample of a stream of unknown length, each item as likely as any other (algorithm R: Vitter 1985)."""

    def __init__(self, size: int, seed: int) -> None:
        self.kept: list[_Item] = []
        self.seen = 0
        self._size = size
        self._random = Random(seed)

    def add(self, item: _Item) -> None:
        """Take an item in, or pass it over."""
        self.seen += 1
        if len(self.kept) < self._size:
            self.kept.append(item)
        elif (place := int(self._random.random() * self.seen)) < self._size:
            self.kept[place] = item


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """What is kept of the answer for a row."""

    text: str
    uprn: str
    """Of the premises that it is matched with, or that a clerk may look at."""
    probability: float
    absent_probability: float
    is_matched: bool
    town: str = ""
    """Of the premises that it is matched with, as the reference files it; empty where nobody asked."""
    names_place: bool = True
    """Whether it is matched by a town, a locality or a postcode of its own."""

    @classmethod
    def of(cls, text: str, answer: Answer) -> "SeenAnswer":
        """Keep what is needed of an answer."""
        return cls(
            text,
            answer.uprn,
            answer.probability,
            answer.absent_probability,
            is_matched=answer.status is Status.MATCHED,
            town=answer.town,
            names_place=answer.names_place,
        )


def absent_probabilities(answers: Sequence[SeenAnswer]) -> NDArray[np.float64]:
    """Return the probability of absence of each answer, shape (answers,)."""
    return np.array([one.absent_probability for one in answers], dtype=np.float64)


def another_if_held(matched: Sequence[SeenAnswer]) -> NDArray[np.float64]:
    """Return for each matched answer how likely another premises than that is meant, given that one is held, shape
    (answers,).
    """
    absent = np.clip(absent_probabilities(matched), 0.0, 1 - 1e-9)
    another = np.clip(1 - absent - np.array([one.probability for one in matched]), 0.0, None)
    found: NDArray[np.float64] = another / (1 - absent)
    return found


class FileEvidence:
    """Samples of the rows of a file that say something; the same rows give the same samples."""

    def __init__(self) -> None:
        self.answers: Reservoir[SeenAnswer] = Reservoir(SAMPLED, SEED)
        """Of all rows that say something."""
        self.matched: Reservoir[SeenAnswer] = Reservoir(TESTED, SEED + 1)
        """Of those that are matched."""

    def add(self, texts: Sequence[str], answers: Mapping[str, Sequence[object]]) -> None:
        """Take in a batch; `answers` are its added columns by their names."""
        columns = ("status", "reason", "uprn", "probability", "absent_probability")
        rows = zip(texts, *(answers[f"match_{name}"] for name in columns), strict=True)
        for text, status, reason, uprn, probability, absent in rows:
            if str(reason) in SAYS_NOTHING:
                continue
            is_matched = status == Status.MATCHED
            self.add_answer(
                SeenAnswer(text, str(uprn), float(str(probability)), float(str(absent)), is_matched)
            )

    def add_answer(self, answer: SeenAnswer) -> None:
        """Take in the answer for a row that says something."""
        self.answers.add(answer)
        if answer.is_matched:
            self.matched.add(answer)
