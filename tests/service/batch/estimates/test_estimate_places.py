"""The places of a file are read off its sure rows, those first that name no place."""

from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa
import pytest

from address_match.service.batch.estimates.estimate_places import EstimatedPlaces, places_of_answers
from address_match.service.batch.estimates.file_beginning import LOOKED_AT
from address_match.service.batch.estimates.file_evidence import SeenAnswer
from address_match.service.batch.file_policy import Estimated, policy_of_file
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from address_match.service.matching.answer import Answer, RankedPremises, Relation
from address_match.service.matching.policy import DecisionPolicy
from tests.service.factories import ExactTextMatcher


def sure(town: str, count: int, *, names_place: bool = True, matched: bool = True) -> list[SeenAnswer]:
    return [
        SeenAnswer(
            f"{n} {town} {names_place}",
            "1",
            0.99,
            0.01,
            is_matched=matched,
            town=town,
            names_place=names_place,
        )
        for n in range(count)
    ]


def test_the_fewest_towns_that_hold_nearly_all_rows_are_its_places() -> None:
    found = places_of_answers([*sure("MALTON", 30), *sure("NORTON", 66), *sure("YORK", 4)])
    assert found == EstimatedPlaces(("NORTON", "MALTON"), 0.96, 100)


def test_rows_in_many_towns_have_no_places() -> None:
    answers = [answer for town in "ABCDEFGHIJ" for answer in sure(town, 10)]
    assert places_of_answers(answers) == EstimatedPlaces((), 0.0, 100)


def test_rows_that_name_no_place_say_best_where_such_rows_lie() -> None:
    elsewhere = [answer for town in "ABCDEFGHIJ" for answer in sure(town, 10)]
    assert places_of_answers([*elsewhere, *sure("MALTON", 30, names_place=False)]).names == ("MALTON",)


@pytest.mark.parametrize("answers", [[], sure("MALTON", 29), sure("MALTON", 100, matched=False)])
def test_too_few_sure_rows_have_no_places(answers: list[SeenAnswer]) -> None:
    assert places_of_answers(answers).names == ()
    assert "too few rows are sure" in places_of_answers(answers).as_text()


def test_rows_of_the_same_text_count_once() -> None:
    assert places_of_answers(sure("MALTON", 1) * 100).rows == 1


class InTown(ExactTextMatcher):
    """Matches every text with a premises of one town."""

    def __init__(self) -> None:
        super().__init__({})

    def match(
        self,
        texts: Sequence[str],
        *,
        top: int = 5,
        thorough: bool = False,
        excluded: Sequence[frozenset[str]] | None = None,  # noqa: ARG002 - the port's
    ) -> list[Answer]:
        return super().match(texts, top=top, thorough=thorough)

    def _answer(self, text: str) -> Answer:
        best = RankedPremises("1", text, 0.99, Relation.EXACT)
        return Answer.matched(best, absent_probability=0.01, candidates=(best,), town="MALTON")


def batches(rows: int) -> Iterator[RowBatch]:
    for start in range(0, rows, 2_000):
        texts = [f"{n} MILL LANE" for n in range(start, min(start + 2_000, rows))]
        yield RowBatch(pa.RecordBatch.from_pydict({"row": texts}), texts)


def opener_of(_policy: DecisionPolicy) -> type[InTown]:
    return InTown


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_policy_of_a_file_holds_the_places_that_its_summary_says(jobs: int) -> None:
    summary, estimated = Summary(), Estimated(places=True)
    policy, again = policy_of_file(batches(5_000), opener_of, DecisionPolicy(), estimated, summary, jobs=jobs)
    assert policy.places == ("MALTON",)
    assert "places: MALTON, 100% of 38" in summary.as_text()
    assert summary.as_json()["places"] == ["MALTON"]
    assert sum(map(len, again)) == 5_000


def test_a_file_of_too_few_rows_has_no_places_and_is_not_looked_through() -> None:
    def unopenable(_policy: DecisionPolicy) -> type[InTown]:
        raise AssertionError("nothing is to be matched")

    summary = Summary()
    policy, again = policy_of_file(batches(29), unopenable, DecisionPolicy(), Estimated(places=True), summary)
    assert (policy.places, sum(map(len, again))) == ((), 29)
    assert "places: none assumed, too few rows are sure" in summary.as_text()


def test_a_file_that_is_not_looked_at_to_its_end_has_no_places() -> None:
    policy_of = partial(policy_of_file, opener_of=opener_of, policy=DecisionPolicy())
    policy, again = policy_of(batches(LOOKED_AT + 1), estimated=Estimated(places=True), summary=Summary())
    assert policy.places == ()
    assert sum(map(len, again)) == LOOKED_AT + 1
