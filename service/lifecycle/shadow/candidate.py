"""Which candidate answers, and whether another is meant by now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from address_match.service.batch.matcher import AddressMatcher


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bundle that can answer."""

    bundle: str
    """Its name, or that of its folder."""
    bundle_fingerprint: str
    opener: Callable[[], AddressMatcher]
    """Opens it; travels to another process."""


class Candidates(Protocol):
    """Knows which candidate is meant, as an alias does that people move."""

    def signature(self) -> object:
        """Return what is another when another is meant, at next to no cost; it never raises."""
        ...

    def find(self) -> Candidate:
        """Return the candidate that is meant now, once it was opened; raises as opening it does."""
        ...


@dataclass(frozen=True, slots=True)
class CandidateStanding:
    """What is to be said of a candidate."""

    role: str
    """`shadow` or `canary`."""
    bundle: str
    bundle_fingerprint: str
    trouble: str
    """Why it is not the one that is meant, or does not answer; empty where all is well."""
