"""The prior of absence is estimated from the beginning of a file, and the file is then answered whole."""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa
import pytest

from address_match.service.batch.estimates import estimate_prior as estimation
from address_match.service.batch.estimates.estimate_prior import estimate_prior
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from tests.service.factories import ExactTextMatcher

HELD = {f"{i} MILL LANE": str(i) for i in range(100)}


def matcher() -> ExactTextMatcher:
    """Gives a held address .97 and another none."""
    return ExactTextMatcher(HELD)


def batches(rows: int, held: float, errors: dict[int, str] | None = None) -> Iterator[RowBatch]:
    for start in range(0, rows, 100):
        texts = [f"{i} mill lane" if i < held * 100 else "elsewhere" for i in range(min(100, rows - start))]
        data = pa.RecordBatch.from_pydict({"row": list(range(start, start + len(texts)))})
        yield RowBatch(data, texts, errors or {})


@pytest.mark.parametrize(("held", "prior"), [(0.9, 0.1), (0.4, 0.6)])
def test_the_share_that_is_not_held_is_found(held: float, prior: float) -> None:
    found, _ = estimate_prior(batches(5_000, held), matcher, 0.3)
    assert found.prior == pytest.approx(prior, abs=0.05)
    assert found.rows == 5_000


def test_every_row_comes_back_in_order_afterwards() -> None:
    _, again = estimate_prior(batches(730, 0.5), matcher, 0.3)
    assert [n for batch in again for n in batch.data.column("row").to_pylist()] == list(range(730))


def test_of_a_long_file_a_sample_of_the_beginning_is_matched() -> None:
    found, again = estimate_prior(batches(60_000, 0.5), matcher, 0.3)
    assert found.rows == estimation.SAMPLED
    assert sum(map(len, again)) == 60_000


def test_rows_that_say_nothing_or_cannot_be_read_are_left_out_of_account() -> None:
    data = pa.RecordBatch.from_pydict({"row": [1, 2, 3]})
    found, _ = estimate_prior([RowBatch(data, ["", "broken", "1 mill lane"], {1: "not JSON"})], matcher, 0.3)
    assert found.rows == 1


def test_two_processes_estimate_what_one_does() -> None:
    one, _ = estimate_prior(batches(2_000, 0.7), partial(ExactTextMatcher, HELD), 0.3)
    two, _ = estimate_prior(batches(2_000, 0.7), partial(ExactTextMatcher, HELD), 0.3, jobs=2)
    assert one == two


def test_the_summary_says_which_prior_was_assumed_and_where_it_is_from() -> None:
    estimated = Summary(absence_prior=0.412, prior_estimated_from=10_000)
    assert "prior of absence: 0.412, estimated from 10,000 addresses" in estimated.as_text()
    assert "prior of absence: 0.300, as given" in Summary(absence_prior=0.3).as_text()
    assert estimated.as_json()["absence_prior"] == 0.412
