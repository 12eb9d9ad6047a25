from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawingDesign:
    """How many answers are drawn, and how; shares are of the drawn, in [0, 1]."""

    rows: int = 300
    near: float = 0.2
    """Drawn from the answers nearest to the threshold."""
    random: float = 0.05
    """Drawn from all answers alike; these are blind."""
    blind: float = 0.2
    """Whose answer is hidden from the coder."""
    second: float = 0.1
    """That a second coder labels."""


USUAL = DrawingDesign()
