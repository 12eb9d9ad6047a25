"""Answers that are kept outlive their run, and go with no other."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.service.batch.kept.answer_log import AnswerLog, Columns, open_log, read_log
from address_match.service.batch.kept.logged_answers import answered_in_order, merged_in_order
from address_match.service.batch.kept.run_identity import RunIdentity, refuse_incomplete
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import RunFailedError, UsageError
from tests.service.batch.arrangements import row_batches

RUN = RunIdentity(
    release="1",
    input="a",
    index="g1",
    bundle="b",
    columns=["address"],
    delimiter=None,
    encoding=None,
    precision=0.99,
    absence_prior=0.3,
    places=[],
    threshold=0.0,
    top=None,
    thorough=False,
    explain=False,
)


class Shouting:
    """Work that answers a text with its capitals."""

    def run(self, texts: object, errors: object, given: object) -> Columns:  # noqa: ARG002 - of the port
        assert isinstance(texts, list)
        return [[text.upper() for text in texts]]

    def close(self) -> None:
        pass


def answers(log: AnswerLog, batches: list[RowBatch]) -> list[Columns]:
    return [found for _, found in answered_in_order(batches, Shouting, 1, log)]


def logged(path: Path, run: RunIdentity, batches: list[RowBatch]) -> None:
    with open_log(path, run, resume=False) as log:
        answers(log, batches)


def test_what_a_log_holds_is_not_answered_again(tmp_path: Path) -> None:
    with open_log(tmp_path / "log", RUN, resume=True) as log:
        log.append([["kept"]])
    with open_log(tmp_path / "log", RUN, resume=True) as log:
        assert answers(log, row_batches("a", "b")) == [[["kept"]], [["B"]]]


@pytest.mark.parametrize("torn", [1, 10, 40])
def test_a_line_that_was_not_written_whole_is_answered_anew(tmp_path: Path, torn: int) -> None:
    logged(tmp_path / "log", RUN, row_batches("a", "b"))
    whole = (tmp_path / "log").read_bytes()
    second = whole.splitlines(keepends=True)[:3]
    (tmp_path / "log").write_bytes(b"".join(second)[:-torn])
    with open_log(tmp_path / "log", RUN, resume=True) as log:
        assert answers(log, row_batches("a", "b")) == [[["A"]], [["B"]]]
    assert (tmp_path / "log").read_bytes() == whole


def test_without_resuming_a_log_is_begun_anew(tmp_path: Path) -> None:
    with open_log(tmp_path / "log", RUN, resume=True) as log:
        log.append([["kept"]])
    with open_log(tmp_path / "log", replace(RUN, top=3), resume=False) as log:
        assert answers(log, row_batches("a")) == [[["A"]]]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (replace(RUN, input="other"), "the input changed"),
        (replace(RUN, index="g2"), "the index changed"),
        (replace(RUN, bundle="other", release="2"), "the release of this program, the bundle changed"),
        (replace(RUN, absence_prior=0.4), "--absence-prior changed"),
        (replace(RUN, part=2, parts=3), "--part, the number of parts changed"),
    ],
)
def test_a_run_that_changed_is_refused_and_what_changed_is_named(
    tmp_path: Path, changed: RunIdentity, named: str
) -> None:
    logged(tmp_path / "log", RUN, row_batches("a"))
    before = (tmp_path / "log").read_bytes()
    with pytest.raises(UsageError, match=named), open_log(tmp_path / "log", changed, resume=True):
        pass
    assert (tmp_path / "log").read_bytes() == before


def test_two_runs_on_one_log_are_refused(tmp_path: Path) -> None:
    with (
        open_log(tmp_path / "log", RUN, resume=True),
        pytest.raises(UsageError, match="another run writes"),
        open_log(tmp_path / "log", RUN, resume=True),
    ):
        pass


@pytest.mark.parametrize("resume", [True, False])
def test_a_file_that_is_no_log_is_left_as_it_is(tmp_path: Path, *, resume: bool) -> None:
    (tmp_path / "log").write_text("address\n1 mill lane\n")
    with pytest.raises(UsageError, match="no log"), open_log(tmp_path / "log", RUN, resume=resume):
        pass
    assert (tmp_path / "log").read_text() == "address\n1 mill lane\n"


def test_a_log_is_its_owners_alone(tmp_path: Path) -> None:
    logged(tmp_path / "log", RUN, row_batches("a"))
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o600


def test_a_log_of_more_rows_than_the_input_is_refused(tmp_path: Path) -> None:
    logged(tmp_path / "log", RUN, row_batches("a", "b"))
    with open_log(tmp_path / "log", RUN, resume=True) as log, pytest.raises(RunFailedError, match="its rows"):
        answers(log, row_batches("a"))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[list[AnswerLog]]:
    """The parts of three batches, in two."""
    batches = row_batches("a", "b", "c")
    for part in (1, 2):
        logged(tmp_path / str(part), replace(RUN, part=part, parts=2), batches[part - 1 :: 2])
    with read_log(tmp_path / "1") as first, read_log(tmp_path / "2") as second:
        yield [first, second]


def test_parts_come_together_in_the_order_of_the_rows(parts: list[AnswerLog]) -> None:
    found = merged_in_order(row_batches("a", "b", "c"), parts)
    assert [answers for _, answers in found] == [[["A"]], [["B"]], [["C"]]]


@pytest.mark.parametrize("rows", [("a", "b"), ("a", "b", "c", "d")])
def test_parts_of_more_or_fewer_rows_are_refused(parts: list[AnswerLog], rows: tuple[str, ...]) -> None:
    with pytest.raises(RunFailedError, match="does not hold the answers to its rows"):
        list(merged_in_order(row_batches(*rows), parts))


def test_a_part_that_was_not_finished_is_refused(tmp_path: Path) -> None:
    with open_log(tmp_path / "log", RUN, resume=False) as log:
        log.append([["A"]])
    with read_log(tmp_path / "log") as log, pytest.raises(RunFailedError):
        list(merged_in_order(row_batches("a"), [log]))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([1, 1, 2], "part 1 of 3 is given twice"),
        ([1, 3], "part 2 of 3 is missing; match it with --part 2/3"),
    ],
)
def test_parts_that_are_missing_or_given_twice_are_refused(parts: list[int], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        refuse_incomplete([replace(RUN, part=part, parts=3) for part in parts])


def test_parts_of_other_runs_are_refused() -> None:
    other = replace(RUN, part=2, parts=2, index="g2")
    with pytest.raises(UsageError, match="the index differs between part 1 and part 2"):
        refuse_incomplete([replace(RUN, parts=2), other])
