"""Answers drawn to be labelled, with what has to be known of the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledAnswer:
    """An answer to label."""

    id: str
    """Names it in the files of the coders; a word that a spreadsheet leaves as it is."""
    row: int
    """Of the file of answers, counted from 1 after the header."""
    address: str
    """As it was asked for."""
    status: str
    uprn: str
    """Of the answer; empty where it names no premises."""
    matched_address: str
    probability: float
    """Of the best candidate."""
    inclusion: float
    """Probability with which it was drawn, in (0, 1]."""
    stratum: str
    blind: bool
    """Whether its coder does not see the answer."""
    second: bool
    """Whether a second coder labels it."""

    @property
    def weight(self) -> float:
        """Answers that it stands for: the weight of Horvitz & Thompson (1952)."""
        return 1 / self.inclusion


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers that were drawn together from one file."""

    answers: tuple[SampledAnswer, ...]
    """In the order in which they are labelled: that of the file where they were drawn, else that of a queue."""
    strata: Mapping[str, int]
    """Answers of the file by stratum."""
    source_sha256: str
    """Of the file of answers."""
    seed: int
