"""Answers drawn to be labelled, with what has to be known of the drawing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, overload


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
    text: str = ""
    """Id of the address that a service kept; empty where it is of a file, and then the next say nothing either."""
    channel: str = ""
    """Under which facts of its answer were kept."""
    moment: int = 0
    """When it was answered, seconds since 1970, UTC, to the minute, as facts have it."""
    bundle: str = ""
    """That answered, as facts name it."""

    @property
    def weight(self) -> float:
        """Answers that it stands for: the weight of Horvitz & Thompson (1952)."""
        return 1 / self.inclusion


OF_AN_ANSWER = tuple(field.name for field in fields(SampledAnswer))
"""What is kept of an answer, in the order in which it is written."""
OF_A_KEPT_TEXT = ("text", "channel", "moment", "bundle")
"""Of these, what an answer of a file does not have."""


class SampledAnswers(Sequence[SampledAnswer]):
    """Answers column by column, each of which is made when it is asked for: a queue may have 100,000, and one is shown."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Take parallel columns by the names of `OF_AN_ANSWER`, those of `OF_A_KEPT_TEXT` where there are any."""
        self.columns = columns

    @classmethod
    def of(cls, answers: Sequence[SampledAnswer]) -> "SampledAnswers":
        """Return answers as columns."""
        if isinstance(answers, SampledAnswers):
            return answers
        has_texts = any(one.text for one in answers)
        names = (name for name in OF_AN_ANSWER if has_texts or name not in OF_A_KEPT_TEXT)
        return cls({name: [getattr(one, name) for one in answers] for name in names})

    def __len__(self) -> int:
        return len(self.columns["id"])

    @overload
    def __getitem__(self, place: int) -> SampledAnswer: ...

    @overload
    def __getitem__(self, place: slice) -> "SampledAnswers": ...

    def __getitem__(self, place: int | slice) -> "SampledAnswer | SampledAnswers":
        if isinstance(place, slice):
            return SampledAnswers({name: column[place] for name, column in self.columns.items()})
        return SampledAnswer(**{name: column[place] for name, column in self.columns.items()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # columns are lists


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers that were drawn together from one file."""

    answers: Sequence[SampledAnswer]
    """In the order in which they are labelled: that of the file where they were drawn, else that of a queue."""
    strata: Mapping[str, int]
    """Answers of the file by stratum."""
    source_sha256: str
    """Of the file of answers."""
    seed: int

    @property
    def ids(self) -> Sequence[str]:
        """Return the id of each answer."""
        ids: Sequence[str] = SampledAnswers.of(self.answers).columns["id"]
        return ids

    @property
    def id(self) -> str:
        """Name it by the answers that were drawn."""
        return hashlib.sha256(" ".join(self.ids).encode()).hexdigest()[:16]
