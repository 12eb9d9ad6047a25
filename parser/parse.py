from dataclasses import dataclass

from parser.labels import Label
from parser.reading import Reading
from parser.tokens import Token


@dataclass(frozen=True, slots=True)
class LabelledToken:
    """A token, its label in the best parse, and the marginal probability of that label, in [0, 1]."""

    token: Token
    label: Label
    probability: float


@dataclass(frozen=True, slots=True)
class Component:
    """A run of neighbouring tokens with one label."""

    label: Label
    text: str
    """The folded tokens, joined by spaces."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    probability: float
    """The least marginal probability of its tokens, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One whole labelling of the tokens and its probability under the CRF, in [0, 1]."""

    labels: tuple[Label, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Parse:
    """The most probable labelling of one text, what it says, and the runners-up."""

    text: str
    tokens: tuple[LabelledToken, ...]
    components: tuple[Component, ...]
    reading: Reading
    probability: float
    """Of the whole labelling, in [0, 1]; 1 for a text without tokens."""
    alternatives: tuple[Alternative, ...] = ()
    """The n best labellings, the best first; empty unless asked for."""
