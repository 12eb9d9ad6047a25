from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from address_match.service.batch.since.touch import Touch

_OTHER_PREMISES = "another premises"


@dataclass(slots=True)
class SinceCounts:
    """Which earlier answers stand, why the others were given anew, and how many of these are decided otherwise."""

    touches: Counter[str] = field(default_factory=Counter)
    """Rows by why they were matched again, or that they were kept."""
    turns: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Rows that are decided otherwise, by their status before and now, or by a word for another premises of the same
    status.
    """

    def add(
        self, beside: Sequence[Sequence[object]], statuses: Sequence[object], uprns: Sequence[object]
    ) -> None:
        """Count the rows of a batch; `beside` are its columns of `SINCE_COLUMNS`."""
        self.touches.update(map(str, beside[0]))
        for reason, status_before, uprn_before, status, uprn in zip(*beside, statuses, uprns, strict=True):
            if reason != Touch.KEPT.value and (status_before, uprn_before) != (status, uprn):
                turned_to = _OTHER_PREMISES if status == status_before else str(status)
                self.turns[str(status_before), turned_to] += 1

    def as_json(self) -> dict[str, object]:
        """Give the counts as one JSON object."""
        return {
            "kept": self.touches[Touch.KEPT.value],
            "matched_again": {t.value: self.touches[t.value] for t in Touch if t is not Touch.KEPT},
            "decided_otherwise": {f"{before} to {now}": n for (before, now), n in sorted(self.turns.items())},
        }

    def as_text(self) -> str:
        """Give the counts in two lines, as the summary of a run has them."""
        again = [
            f"{t.value} {self.touches[t.value]:,}"
            for t in Touch
            if t is not Touch.KEPT and self.touches[t.value]
        ]
        turned = [f"{before} to {now} {count:,}" for (before, now), count in sorted(self.turns.items())]
        return (
            f"kept {self.touches[Touch.KEPT.value]:,}; matched again: {', '.join(again) or 'none'}\n"
            f"  decided otherwise: {', '.join(turned) or 'none'}"
        )
