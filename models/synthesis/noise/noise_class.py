from dataclasses import dataclass
from enum import IntEnum

from address_match.models.synthesis.noise.pieces import Noise


class Stage(IntEnum):
    """When noise is applied in a mixture: later ones would hide from earlier ones what these look for."""

    FIELDS = 0
    """Whole fields come, go, move or are written in another notation."""
    WORDS = 1
    """Words are abbreviated, joined, exchanged."""
    LETTERS = 2
    """Letters slip."""
    LAYOUT = 3
    """Case, separators and what is cut off or pasted in the end."""


@dataclass(frozen=True, slots=True)
class NoiseClass:
    """A named way of changing the text of an address without changing which premises is meant."""

    name: str
    apply: Noise
    stage: Stage
    reserved: bool = False
    """Never used in training, so that evaluation parts memory from skill."""
    weight: float = 1.0
    """How often it is drawn, against the others of its kind; positive."""
    takes_postcode: bool = False
    """Whether the text has no whole postcode afterwards."""

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError(f"noise class {self.name!r} has weight {self.weight}: give it a positive one")
