"""What a coder says of an answer."""

from dataclasses import dataclass, field
from enum import StrEnum

from address_match.service.evaluation.hand_verdicts import HandVerdict


class Verdict(StrEnum):
    """What a coder says of an answer."""

    RIGHT = HandVerdict.RIGHT.value
    OTHER = "other premises"
    """The reference holds another premises that is meant; the coder names it."""
    ABSENT = "not in the reference"
    CANNOT_TELL = HandVerdict.CANNOT_TELL.value


MOST_NOTE = 500
"""Characters of a note."""
WORDS = ", ".join(Verdict)
"""As a coder writes them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the premises that is meant."""

    verdict: Verdict
    uprn: str = ""
    """Of the premises that is meant; empty where there is none, or nobody can tell."""
    note: str = field(default="", compare=False)
    """What the coder adds, in one line; two who mean the same premises agree, whatever they note. It may hold an
    address.
    """

    @property
    def is_known(self) -> bool:
        """Whether it says what is right."""
        return self.verdict is not Verdict.CANNOT_TELL

    def is_kept_as(self, kept: "Judgement | None") -> bool:
        """Return whether what is kept says the same, to the letter of its note."""
        return kept is not None and (self, self.note) == (kept, kept.note)

    def __str__(self) -> str:
        """Say it in words, without the note."""
        return f"{self.verdict.value} {self.uprn}".strip()
