from collections.abc import Mapping, Sequence

from address_match.cycle_search import without_search_for_cycles
from address_match.indexer.local.compared.changed_reference import ChangedReference
from address_match.service.batch.input.answered_input import Standing
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.since.borders import Borders
from address_match.service.batch.since.touch import Touch
from address_match.service.batch.since.touched_rows import TouchedRows
from address_match.service.batch.since.two_readings import TwoReadings


class StandingAnswers:
    """Says which answers stand in another epoch, and why the others do not; satisfies
    `address_match.service.batch.input.answered_input.Stands`.
    """

    def __init__(self, reference: ChangedReference, borders: Borders, readings: TwoReadings) -> None:
        self._rows = TouchedRows(reference, borders, readings)

    def __call__(self, batch: RowBatch, answers: Mapping[str, Sequence[object]]) -> Standing:
        """Return which answers of a batch stand; beside them the columns of `SINCE_COLUMNS`."""
        with without_search_for_cycles():
            touches = self._rows.touches(batch.texts, answers, batch.given)
        stands = [touch is Touch.KEPT for touch in touches]
        reasons = [touch.value for touch in touches]
        earlier = [
            ["" if kept else value for kept, value in zip(stands, answers[name], strict=True)]
            for name in ("match_status", "match_uprn")
        ]
        return Standing(stands, [reasons, *earlier])
