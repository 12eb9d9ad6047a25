"""Addresses whose right answers are known."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """An address whose right answer is known."""

    address: str
    accepted: frozenset[str]
    """The UPRNs that are right; empty when the premises is not in the reference."""
    kind: str = ""
    """Class by which results are broken down; empty when the file names none."""

    @property
    def present(self) -> bool:
        """Return whether the reference holds a right answer."""
        return bool(self.accepted)


def read_queries(
    addresses: Sequence[str],
    uprns: Iterable[str],
    accept_uprns: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
) -> list[EvaluationQuery]:
    """Join the columns of an evaluation file, row by row; further right UPRNs are separated by space, comma, `;` or
    `|`.

    >>> read_queries(["1 MILL LANE"], ["7"], ["8|9"])[0].accepted == {"7", "8", "9"}
    True
    """
    more = accept_uprns if accept_uprns is not None else [""] * len(addresses)
    classes = kinds if kinds is not None else [""] * len(addresses)
    return [
        EvaluationQuery(address, _accepted(uprn, others), kind.strip())
        for address, uprn, others, kind in zip(addresses, uprns, more, classes, strict=True)
    ]


def _accepted(uprn: str, others: str) -> frozenset[str]:
    return frozenset(u for u in (uprn.strip(), *_SEPARATORS.split(others)) if u)
