"""Errors of the synthetic country.

SynthesisError
└── UnknownReferenceSuffixError: a file name says neither CSV nor Parquet
"""

from pathlib import Path


class SynthesisError(Exception):
    """Anything that the synthetic country refuses."""


class UnknownReferenceSuffixError(SynthesisError):
    """A reference can be written as CSV or Parquet only."""

    def __init__(self, path: Path, known: tuple[str, ...]) -> None:
        super().__init__(
            f"cannot write a reference as {path.name!r}: name a file that ends in {' or '.join(known)}"
        )
