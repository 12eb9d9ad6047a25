"""A file tests itself: its matched rows are matched again, each without its premises."""

from collections.abc import Sequence

import pyarrow as pa

from address_match.service.batch.estimates.file_evidence import TESTED, FileEvidence, Reservoir, SeenAnswer
from address_match.service.batch.estimates.leave_out_test import LeftOut, leave_out_test
from address_match.service.batch.match_batches import match_batches
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.row_batch import RowBatch
from address_match.service.matching.answer import Answer
from tests.service.batch.arrangements import small_matcher
from tests.service.factories import ExactTextMatcher, absent, matched


class TwinMatcher(ExactTextMatcher):
    """Matches every text; where its first premises is left out, with a second one if the text speaks of twins."""

    def __init__(self) -> None:
        super().__init__({})

    def match(
        self,
        texts: Sequence[str],
        *,
        top: int = 5,  # noqa: ARG002 - the port's
        thorough: bool = False,  # noqa: ARG002 - the port's
        excluded: Sequence[frozenset[str]] | None = None,
    ) -> list[Answer]:
        barred = excluded or [frozenset()] * len(texts)
        return [
            matched("1") if "1" not in out else matched("2") if "TWIN" in text else absent()
            for text, out in zip(texts, barred, strict=True)
        ]


def unopenable() -> TwinMatcher:
    raise AssertionError("nothing is to be matched")


def seen(text: str) -> SeenAnswer:
    return SeenAnswer(text, "1", 0.97, 0.03, is_matched=True)


class ListWriter:
    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        pass


def test_what_is_matched_without_its_premises_is_counted() -> None:
    found = leave_out_test([seen("TWIN 1"), seen("HOUSE 1"), seen("HOUSE 2")], TwinMatcher)
    assert found == LeftOut(tested=3, accepted=1, probabilities=(0.97,))


def test_a_text_that_stands_twice_is_tested_once() -> None:
    assert leave_out_test([seen("TWIN 1"), seen("TWIN 1")], TwinMatcher).tested == 1


def test_nothing_is_opened_where_nothing_is_matched() -> None:
    assert leave_out_test([], unopenable) == LeftOut(0, 0)


def test_blanks_and_errors_are_no_evidence() -> None:
    texts = ["1 mill lane", "", "x" * 10_001, "elsewhere"]
    batch = RowBatch(pa.RecordBatch.from_pydict({"address": texts}), texts)
    evidence = FileEvidence()
    match_batches([batch], small_matcher, ListWriter(), MatchOptions(), on_answers=evidence.add)
    assert [(one.text, one.is_matched) for one in evidence.answers.kept] == [
        ("1 mill lane", True),
        ("elsewhere", False),
    ]
    assert [one.uprn for one in evidence.matched.kept] == ["100"]


def test_a_long_file_keeps_a_sample_of_its_matches() -> None:
    evidence = FileEvidence()
    for row in range(2 * TESTED):
        evidence.add_answer(seen(str(row)))
    assert (len(evidence.matched.kept), evidence.matched.seen) == (TESTED, 2 * TESTED)


def test_every_item_of_a_stream_is_as_likely_kept() -> None:
    counts = [0] * 10
    for seed in range(2_000):
        reservoir: Reservoir[int] = Reservoir(3, seed)
        for item in range(10):
            reservoir.add(item)
        for item in reservoir.kept:
            counts[item] += 1
    assert all(500 < count < 700 for count in counts)
