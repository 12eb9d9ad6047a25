import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"residential": ("R",), "commercial": ("C",), "workplace": ("C",), "educational": ("CE",)}
)
"""Beginnings of the codes that a word stands for."""
_VALID = re.compile(rf"\b(?:{'|'.join(PRESETS)}|[CLMOPRUXZ]\w*)\b.*", re.IGNORECASE)
INVALID, MIXED = 15, 34
"""Codes of filters that are refused."""


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
        """Read a filter that `filter_problem` finds nothing wrong with; a blank one lets all pass."""
        text = written.replace(" ", "")
        if beginnings := PRESETS.get(text.lower()):
            return cls(beginnings=beginnings)
        if text.endswith("*"):
            return cls(beginnings=(text[:-1].upper(),))
        return cls(codes=frozenset(code for code in text.upper().split(",") if code))

    def holds(self, classification: str) -> bool:
        """Return whether premises of a classification pass."""
        return self.is_open or classification in self.codes or classification.startswith(self.beginnings)


def filter_problem(written: str) -> int:
    """Return the code of what is wrong with a filter, 0 for none.

    >>> filter_problem("RD02,RD04"), filter_problem("BR12"), filter_problem("RD*,RD02")
    (0, 15, 34)
    """
    if not written:
        return 0
    if "*" in written and "," in written:
        return MIXED
    return 0 if _VALID.fullmatch(written) else INVALID
