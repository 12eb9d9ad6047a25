"""What is assumed of the addresses to match, and what is asked of the answers."""

from dataclasses import dataclass

from models.calibration.prior import DEFAULT_PRIOR

__all__ = ["DEFAULT_PRECISION", "DEFAULT_PRIOR", "DecisionPolicy"]

DEFAULT_PRECISION = 0.99


@dataclass(frozen=True, slots=True)
class DecisionPolicy:
    """The two settings of a decision; the same evidence is decided otherwise under others."""

    absence_prior: float = DEFAULT_PRIOR
    """Share of the addresses whose premises the reference is expected not to hold, in (0, 1)."""
    precision: float = DEFAULT_PRECISION
    """Share of the matched that shall be right, in (0, 1); a bundle knows thresholds for .9 to .999."""
