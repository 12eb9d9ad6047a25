"""Errors of the synthetic country.

SynthesisError
├── UnknownNoiseClassError        no noise class has this name: name one that there is
└── UnknownReferenceSuffixError   a file name ends in neither .csv nor .parquet: name another file
"""

from collections.abc import Sequence
from pathlib import Path


class SynthesisError(Exception):
    """Anything that the synthetic country refuses."""


class UnknownNoiseClassError(SynthesisError):
    """No noise class, or class of queries, has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no noise class {name!r}; use one of: {', '.join(known)}")


class UnknownReferenceSuffixError(SynthesisError):
    """A reference can be written as CSV or Parquet only."""

    def __init__(self, path: Path, known: tuple[str, ...]) -> None:
        super().__init__(
            f"cannot write a reference as {path.name!r}: name a file that ends in {' or '.join(known)}"
        )
