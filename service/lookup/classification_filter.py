"""Which classifications of premises a request asks for, by codes, beginnings of codes and words that stand for these."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"residential": ("R",), "commercial": ("C",), "workplace": ("C",), "educational": ("CE",)}
)
"""Beginnings of the codes that a word stands for."""
FIRST_LETTERS = "CLMOPRUXZ"
"""With which the codes of AddressBase begin."""
_WRITTEN = re.compile(rf"{'|'.join(PRESETS)}|[{FIRST_LETTERS}][A-Z0-9]{{0,9}}\*?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClassificationFilter:
    """Which classifications a request asks for."""

    codes: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether it lets all pass."""
        return not (self.codes or self.beginnings)

    @classmethod
    def of(cls, written: str) -> "ClassificationFilter":
        """Read codes, beginnings (`RD*`) and presets with commas between; a blank filter lets all pass."""
        words = [word for word in written.replace(" ", "").split(",") if word]
        codes = (word.upper() for word in words if not _beginnings(word))
        return cls(frozenset(codes), tuple(_all_beginnings(words)))

    def holds(self, classification: str) -> bool:
        """Return whether premises of a classification pass."""
        return self.is_open or classification in self.codes or classification.startswith(self.beginnings)


OPEN = ClassificationFilter()


def is_classification(word: str) -> bool:
    """Return whether a word is a code, the beginning of one, or a preset.

    >>> is_classification("RD04"), is_classification("ce*"), is_classification("workplace"), is_classification("BR12")
    (True, True, True, False)
    """
    return _WRITTEN.fullmatch(word) is not None


def _beginnings(word: str) -> tuple[str, ...]:
    return (word[:-1].upper(),) if word.endswith("*") else PRESETS.get(word.lower(), ())


def _all_beginnings(words: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(beginning for word in words for beginning in _beginnings(word))
