"""The places of a file: the few towns in which its rows lie, read off those of its rows that are sure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from address_match.service.batch.estimates.file_evidence import SeenAnswer

SAMPLED = 400
"""Rows that are matched for it, where nothing else is estimated: a hundredth of the time of a large file."""
LEAST_MATCHED = 30
"""Different matched texts below which nothing is concluded."""
MOST_PLACES = 5
COVERED = 0.95
"""Share of the matched rows that lie in the places: of rows that name none, as many are expected to."""


@dataclass(frozen=True, slots=True)
class EstimatedPlaces:
    """Towns in which the rows of a file that name none lie."""

    names: tuple[str, ...] = ()
    """As the reference files them, that of most rows first; none where the rows lie in many, or too few are sure."""
    share: float = 0.0
    """Of the matched rows that were looked at, those that lie there."""
    rows: int = 0
    """Matched rows that were looked at; 0 where the places were given."""

    def as_text(self) -> str:
        """Give them as a line for a person."""
        if not self.names:
            return "none assumed, " + (
                "the rows lie in too many" if self.rows >= LEAST_MATCHED else "too few rows are sure"
            )
        source = f"{self.share:.0%} of {self.rows:,} matched rows" if self.rows else "as given"
        return f"{', '.join(self.names)}, {source}"


def places_of_answers(answers: Sequence[SeenAnswer]) -> EstimatedPlaces:
    """Return the fewest towns that hold nearly all of the matched rows; a text that stands twice counts once.

    The rows that name no place say best where such rows lie; where too few of them are matched, all rows say it.
    """
    matched = {answer.text: answer for answer in answers if answer.is_matched}.values()
    unnamed = [answer.town for answer in matched if not answer.names_place]
    towns = unnamed if len(unnamed) >= LEAST_MATCHED else [answer.town for answer in matched]
    if len(towns) < LEAST_MATCHED:
        return EstimatedPlaces(rows=len(towns))
    counts = Counter(town for town in towns if town)
    ranked = sorted(counts.items(), key=lambda of_town: (-of_town[1], of_town[0]))
    held = 0
    for number, (_, rows) in enumerate(ranked[:MOST_PLACES], start=1):
        held += rows
        if held >= COVERED * len(towns):
            names = tuple(town for town, _ in ranked[:number])
            return EstimatedPlaces(names, held / len(towns), len(towns))
    return EstimatedPlaces(rows=len(towns))
