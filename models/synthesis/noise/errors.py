"""Errors of noise.

NoiseError
└── UnknownNoiseClassError   a class was asked for that the table does not have
"""

from collections.abc import Sequence


class NoiseError(Exception):
    """Noise cannot be made as asked."""


class UnknownNoiseClassError(NoiseError):
    """A noise class was asked for by a name that is not in the table."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no noise class {name!r}; use one of: {', '.join(known)}")
