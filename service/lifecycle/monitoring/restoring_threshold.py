"""From which probability on answers have to be matched so that a target is expected to be reached again: what is
proposed where a decision is demanded.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from address_match.service.lifecycle.monitoring.expected_precision import demand_lows, matched_right

LEAST_KEPT = 0.5
"""Share of the matched that has to stay matched: where it would be fewer, a threshold is no way out."""


@dataclass(frozen=True, slots=True)
class RestoringThreshold:
    """A threshold, and what it costs."""

    threshold: float
    """Least probability of a match, to .001 as facts keep it."""
    kept: float
    """Share of the matched that stays matched."""

    def as_text(self) -> str:
        """Write it for people.

        >>> RestoringThreshold(0.974, 0.912).as_text()
        'from a threshold of 0.974 on it is expected again, and 91.2 % of the matched stay so'
        """
        return (
            f"from a threshold of {self.threshold:g} on it is expected again, "
            f"and {100 * self.kept:.1f} % of the matched stay so"
        )


def restoring_threshold(facts: pa.Table, target: float) -> RestoringThreshold | None:
    """Return the lowest threshold at which no decision would be demanded of some facts; None where too few stay
    matched.

    It is judged by the bound of demands, at the share of absent addresses that these facts have.
    """
    found = matched_right(facts)
    if found is None:
        return None
    given, right = found
    surest = np.argsort(-given, kind="stable")
    given = given[surest]
    is_last = np.append(given[1:] < given[:-1], True)  # answers that are equally sure stay together
    enough = np.flatnonzero(is_last & (demand_lows(right[surest]) >= target))
    if not len(enough) or enough[-1] + 1 < LEAST_KEPT * len(given):
        return None
    return RestoringThreshold(round(float(given[enough[-1]]), 3), float((enough[-1] + 1) / len(given)))
