"""What a run over a file says at its end: counts, settings and estimates, as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from address_match.service.batch.estimates.estimate_places import EstimatedPlaces
from address_match.service.batch.estimates.estimate_threshold import EstimatedThreshold
from address_match.service.batch.estimates.file_precision import FilePrecision
from address_match.service.batch.found_duplicates import FoundDuplicates
from address_match.service.batch.input.input_lines import lines_about_input
from address_match.service.batch.since.since_counts import SinceCounts
from address_match.service.batch.trial.column_trial import ColumnTrial
from address_match.service.batch.uprn_audit.verdict import AuditVerdict
from address_match.service.matching.answer import Reason, Status

NOTES_KEPT = 10
_ROWS_TO_TELL = 20
_NEARLY_NONE = 0.05


@dataclass(slots=True)
class Summary:
    """Counts of a run, added up batch by batch."""

    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    notes: int = 0
    """Rows that were mended or could not be read."""
    first_notes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    generation: str = ""
    """Of the index, that all answers are of; empty where nobody said."""
    address_columns: tuple[str, ...] = ()
    """The columns of the input that made the address."""
    unused_columns: tuple[str, ...] = ()
    """The other columns of the input."""
    layout: str = ""
    """The layout that the input is of; empty where none is known, or the columns were named."""
    rows_above: int = 0
    """Rows of a title, which stand above the header of the input and were passed over."""
    sheet: str = ""
    """The sheet of a workbook that was read, with those that there are; empty where there is no choice."""
    postcodes_left_out: tuple[str, ...] = ()
    """Columns that hold postcodes and make no part of the address, where most of the first addresses say none."""
    trial: ColumnTrial | None = None
    """What came of the first rows by these columns and by others; None where they were named, or the rows are few."""
    absence_prior: float | None = None
    """Share of absent addresses that was assumed; None where nobody said."""
    prior_estimated_from: int = 0
    """Addresses that the prior was estimated from; 0 where it was given."""
    places: EstimatedPlaces | None = None
    """Towns in which the rows were assumed to lie; None where nobody asked, or the file is too long to say."""
    threshold: EstimatedThreshold | None = None
    """Least probability of a match that the file asks for; None where nobody asked."""
    duplicates: FoundDuplicates = field(default_factory=FoundDuplicates)
    """Identifiers of the reference that name one place, as far as the rows met them."""
    since: SinceCounts = field(default_factory=SinceCounts)
    """Which earlier answers stand; nothing is counted where none were given."""
    audit: Counter[str] = field(default_factory=Counter)
    """Verdicts of identifiers that were audited; empty where none were."""
    file_precision: FilePrecision | None = None
    """What is expected of the matches; None where nobody asked."""

    @property
    def rows(self) -> int:
        """Rows answered so far."""
        return self.statuses.total()

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds if self.seconds else 0.0

    @property
    def warning(self) -> str:
        """What may well be wrong with the whole of it; empty where nothing is."""
        matched = self.statuses[Status.MATCHED.value]
        if self.rows < _ROWS_TO_TELL or matched >= _NEARLY_NONE * self.rows:
            return ""
        return (
            f"{matched:,} of {self.rows:,} rows are matched; look with --show-sample how their addresses are composed, name other "
            "columns with --columns, or see whether the reference holds where they lie"
        )

    def add(self, statuses: Iterable[object], reasons: Iterable[object]) -> None:
        """Count the answers of a batch."""
        self.statuses.update(str(s) for s in statuses)
        self.reasons.update(str(r) for r in reasons if r)

    def add_notes(self, notes: Iterable[str]) -> None:
        """Count rows that were mended or could not be read, and keep the first of them."""
        for note in notes:
            self.notes += 1
            if len(self.first_notes) < NOTES_KEPT:
                self.first_notes.append(note)

    def as_json(self) -> dict[str, object]:
        """Give the counts as one JSON object."""
        return {
            "rows": self.rows,
            "status": {s.value: self.statuses[s.value] for s in Status},
            "reason": {r.value: self.reasons[r.value] for r in Reason if self.reasons[r.value]},
            "rows_with_errors": self.notes,
            "generation": self.generation,
            "address_columns": list(self.address_columns),
            "unused_columns": list(self.unused_columns),
            "layout": self.layout,
            "rows_above_header": self.rows_above,
            "sheet": self.sheet,
            "postcodes_left_out": list(self.postcodes_left_out),
            "trial": self.trial and self.trial.as_json(),
            "absence_prior": None if self.absence_prior is None else round(self.absence_prior, 4),
            "absence_prior_estimated_from": self.prior_estimated_from,
            "places": list(self.places.names) if self.places else [],
            "places_estimated_from": self.places.rows if self.places else 0,
            "threshold": self.threshold.threshold if self.threshold else 0.0,
            "threshold_estimated_from": self.threshold.rows if self.threshold else 0,
            "duplicates": {"rows": self.duplicates.rows, "pairs": len(self.duplicates.pairs)},
            "audit": {v.value or "none": self.audit[v.value] for v in AuditVerdict if self.audit[v.value]},
            "since": self.since.as_json() if self.since.touches else None,
            "expected": self.file_precision and self.file_precision.as_json(),
            "warning": self.warning,
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.rate, 1),
        }

    def as_text(self) -> str:
        """Give the counts as a few lines for a person."""
        lines = [f"{self.rows:,} addresses in {self.seconds:.1f} s ({self.rate:,.0f}/s)"]
        if self.generation:
            lines.append(f"  index: generation {self.generation}")
        lines += lines_about_input(
            self.layout,
            self.rows_above,
            self.address_columns,
            self.unused_columns,
            sheet=self.sheet,
            postcodes_left_out=self.postcodes_left_out,
        )
        if self.trial is not None:
            lines.append(f"  tried: {self.trial.as_text()}")
        lines += [*self._decision_lines(), *self._estimate_lines(), *self._finding_lines()]
        if self.notes:
            lines.append(f"  {self.notes:,} rows were mended or could not be read, the first of them:")
            lines.extend(f"    {note}" for note in self.first_notes)
        if self.warning:
            lines.append(f"  WARNING: {self.warning}")
        return "\n".join(lines)

    def _decision_lines(self) -> Iterator[str]:
        """Yield how many rows have each status, and the reasons why."""
        for status in Status:
            count = self.statuses[status.value]
            share = count / self.rows if self.rows else 0.0
            yield f"  {status.value:<10} {count:>10,}  {share:6.1%}"
        reasons = [f"{r.value} {self.reasons[r.value]:,}" for r in Reason if self.reasons[r.value]]
        if reasons:
            yield f"  reasons: {', '.join(reasons)}"

    def _estimate_lines(self) -> Iterator[str]:
        """Yield what was assumed of the file, and from what it was estimated."""
        if self.absence_prior is not None:
            estimated = f"estimated from {self.prior_estimated_from:,} addresses"
            source = estimated if self.prior_estimated_from else "as given"
            yield f"  prior of absence: {self.absence_prior:.3f}, {source}"
        if self.places is not None:
            yield f"  places: {self.places.as_text()}"
        if self.threshold is not None:
            yield f"  threshold: {self.threshold.as_text()}"

    def _finding_lines(self) -> Iterator[str]:
        """Yield what was found besides the answers: audited identifiers, answers that stand, duplicates, precision."""
        if self.audit:
            counted = [(v.value or "none given", self.audit[v.value]) for v in AuditVerdict]
            yield f"  audit: {', '.join(f'{verdict} {count:,}' for verdict, count in counted if count)}"
        if self.since.touches:
            yield f"  since: {self.since.as_text()}"
        if self.duplicates.rows:
            yield f"  duplicates: {self.duplicates.as_text()}"
        if self.file_precision is not None:
            yield f"  {self.file_precision.as_text()}"
