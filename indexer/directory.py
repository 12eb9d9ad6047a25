"""The port through which lists and type-ahead ask for the streets and postcodes of a reference, and what passes through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Street:
    """A street of one place."""

    name: str
    """Empty for the premises of a place whose texts name no street."""
    place: str
    """The town, or the outcode of texts that name none."""
    premises: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a street that shares a postcode."""

    postcode: str
    """Without a space."""
    street: Street
    """With its premises in that postcode."""


@dataclass(frozen=True, slots=True)
class FoundStreets:
    """Streets that words find."""

    named: list[Street]
    """The words are of their names and places."""
    holding: list[Street]
    """Some of the words name a locality, building or business on them."""


@dataclass(frozen=True, slots=True)
class HeldPostcode:
    """A postcode and how many premises stand in it."""

    postcode: str
    """Without a space."""
    premises: int


class Directory(Protocol):
    """Finds the streets and postcodes of a reference by name; safe to share between threads.

    A `start` of a postcode that is written with a space (`AB1 2`, `AB1 `) starts that outcode alone, without one (`AB1`)
    also longer ones.
    """

    def streets_with(self, words: Sequence[str], prefix: str, limit: int, *, start: str = "") -> FoundStreets:
        """Return the streets that are found by all words, which are folded, and by one that begins with the prefix
        unless it is empty, at most `limit` of a kind.

        Those whose name begins with one of these come first, then those with most premises. With a `start`, streets
        count that have a postcode which starts so.
        """
        ...

    def streets_from(self, start: str) -> list[Street]:
        """Return the streets of the postcodes that start so, in the order of these, each with its premises there."""
        ...

    def stretches_from(self, start: str) -> list[Stretch]:
        """Return each part of a street that has a postcode which starts so, by postcode."""
        ...

    def postcodes_from(self, start: str, limit: int) -> list[HeldPostcode]:
        """Return at most `limit` postcodes that start so, ascending."""
        ...

    def streets_named(self, name: str) -> list[Street]:
        """Return the streets of a name, those with most premises first."""
        ...
