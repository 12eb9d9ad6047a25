"""A feature: one named fact of a pair, declared once with all that is to be known of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker import FeatureSpec
from address_match.service.matching.features.columns.distinct_pairs import LEFT_EMPTY
from address_match.service.matching.features.columns.pairs import Pairs

ALIKE_FROM = 0.8
"""Likeness from which two names are said to be alike."""
EITHER_SIDE = 2
"""Markers of a likeness: -1 where the query, -2 where the candidate lacks the field."""

Level = TypeVar("Level", bound=IntEnum)
Column = NDArray[np.float32]
Compute = Callable[[Pairs], NDArray[np.float32] | NDArray[np.int64]]
"""From the pairs of a batch to a value per pair, shape (pairs,)."""
Words = Callable[[float], str]
"""A value as a clerk would say it, with `{field}`, `{q}` and `{c}` for the field and what query and candidate say in
it; empty where the value says nothing by itself.
"""


class Field(StrEnum):
    """What a feature speaks of."""

    NUMBER = "number"
    FLAT = "flat"
    BUILDING = "building"
    ORGANISATION = "organisation"
    STREET = "street"
    LOCALITY = "locality"
    TOWN = "town"
    COUNTY = "county"
    POSTCODE = "postcode"
    POSITION = "position"
    WORDS = "words"
    STANDING = "standing"
    START = "start"
    """No feature: where every candidate starts from."""


class HasColumns(Protocol):
    """A table of features, which keeps the columns that it was asked for in its dictionary."""

    def column(self, feature: "Feature") -> Column:
        """Return the values of a feature, shape (rows,)."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Feature:
    """One column of a `FeatureTable`, in which it stands as an attribute: of a table it is the column, of the class
    itself.
    """

    name: str
    """As rankers and explanations store it."""
    field: Field
    """What joins two fields speaks of the one that it qualifies."""
    compute: Compute
    levels: type[IntEnum] | None = None
    """Of a feature that is one of several comparison levels; any other is a number."""
    monotone: int = 0
    """1 where more can only speak for a match, -1 where it can only speak against; 0 where either may be."""
    unsaid: int = 0
    """Number of markers, -1 to -unsaid, that say why there is no value."""
    last: bool = False
    """Whether it sums up what others say one by one, so that a ranker learns it last."""
    words: Words | None = None
    """What it says of its field, where an explanation puts it into words."""
    ranked: bool = True
    """Whether rankers learn from it; any other is asked for by rules alone."""
    silent: IntEnum | None = None
    """The level at which neither side says anything of the field."""
    attribute: str = ""
    """Of the table in which it stands, which gives it."""

    @classmethod
    def likeness(cls, name: str, field: Field, compute: Compute, words: Words | None = None) -> "Feature":
        """Declare a likeness in [0, 1], -1 where the query and -2 where the candidate lacks the field; more speaks for
        a match.
        """
        return cls(name=name, field=field, compute=compute, monotone=1, unsaid=EITHER_SIDE, words=words)

    @overload
    def __get__(self, table: None, owner: type[HasColumns]) -> "Feature": ...

    @overload
    def __get__(self, table: HasColumns, owner: type[HasColumns]) -> Column: ...

    def __get__(self, table: HasColumns | None, owner: type[HasColumns]) -> "Feature | Column":
        """Return the column of a table, or the feature itself where the class is asked.

        The column is kept where it is found the next time: rules ask for a few hundred of a single address.
        """
        if table is None:
            return self
        column = table.__dict__[self.attribute] = table.column(self)
        return column

    def __set_name__(self, owner: type[HasColumns], name: str) -> None:
        """Take the name of the attribute of a table that it stands in."""
        object.__setattr__(self, "attribute", name)

    def spec(self) -> FeatureSpec:
        """State what a ranker must know of the feature."""
        categories = len(self.levels) if self.levels else 0
        return FeatureSpec(self.name, categories, self.monotone, self.unsaid, self.last)

    def value_in_words(self, value: float) -> str:
        """Return a value by itself: the name of its level, a figure, or which side lacks it."""
        if self.levels:
            return self.levels(int(value)).name.lower().replace("_", " ")
        if self.unsaid and value < 0:
            return "not in the query" if value == LEFT_EMPTY else "not in the candidate"
        return f"{value:.2f}"


def by_level(words: Mapping[Level, str]) -> Words:
    """Say for each level what a table says of it, and nothing of the others."""
    by_value = {float(level): in_words for level, in_words in words.items()}
    return lambda value: by_value.get(value, "")


def like_or_not(alike_from: float = ALIKE_FROM) -> Words:
    """Say of a likeness that two names are alike, or that they are not."""
    return lambda value: f"{{field}} {{q}} is {'like' if value >= alike_from else 'not'} {{c}}"
