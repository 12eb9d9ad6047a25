"""What is assumed of the addresses to match, and what is asked of the answers."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from address_match.models.calibration.prior import DEFAULT_PRIOR, LEAST_PRIOR, MOST_PRIOR
from address_match.service.errors import UsageError

__all__ = ["DEFAULT_PRECISION", "DEFAULT_PRIOR", "DecisionPolicy"]

DEFAULT_PRECISION = 0.99


@dataclass(frozen=True, slots=True)
class DecisionPolicy:
    """The settings of a decision; the same evidence is decided otherwise under others.

    Raises UsageError for a prior beyond those that probabilities are corrected for, a threshold that is no probability,
    and for `places` or a day of another kind.
    """

    absence_prior: float = DEFAULT_PRIOR
    """Share of the addresses whose premises the reference is expected not to hold, in [.01, .95]."""
    precision: float = DEFAULT_PRECISION
    """Share of the matched that shall be right, in (0, 1); a bundle knows thresholds for .9 to .999."""

    places: tuple[str, ...] = ()
    """Towns in which all addresses lie, in the names of the reference; none where nothing is known of that, as of
    single addresses.
    """

    threshold: float = 0.0
    """Least probability of a match, in [0, 1), where a file asks for more than the calibration does; 0 where nothing is
    known of that.
    """

    as_at: date | None = None
    """The day for which texts of the reference count that were valid then, and no others; None for all."""

    def __post_init__(self) -> None:
        if not LEAST_PRIOR <= self.absence_prior <= MOST_PRIOR:
            raise UsageError(
                f"the prior of absence {self.absence_prior:g} is not between {LEAST_PRIOR:g} and {MOST_PRIOR:g}, for which "
                "probabilities are known; name one between them"
            )
        if not 0 <= self.threshold < 1:
            raise UsageError(
                f"the threshold {self.threshold:g} is no probability from 0 to below 1, such as 0.98"
            )
        if isinstance(cast("object", self.places), str):
            raise UsageError("places is one text; give a tuple of names, such as ('MALTON', 'NORTON')")
        if self.as_at is not None and type(self.as_at) is not date:  # a datetime is a date, and equals none
            raise UsageError(
                f"as_at is a {type(self.as_at).__name__}; give a day, such as datetime.date(2021, 3, 21)"
            )
