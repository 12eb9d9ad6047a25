"""A candidate answers beside, and whatever becomes of it, answers are not held up."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from address_match.service.batch.matcher import AddressMatcher
from address_match.service.errors import RunFailedError
from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from address_match.service.lifecycle.shadow.candidate import Candidate
from address_match.service.lifecycle.shadow.shadow import NOBODY, NOT_OPENED, Shadow
from address_match.service.matching.answer import Answer
from address_match.service.wiring import pipeline_opener
from tests.service.factories import absent, matched

TEXT = "12 Tanfield Road, Shildon, DL4 5QA"


@dataclass
class Named:
    """Candidates as a test names them, by what opens each; one that is None cannot be found."""

    opener: Callable[[], AddressMatcher] | None

    def signature(self) -> object:
        return self.opener

    def find(self) -> Candidate:
        if self.opener is None:
            raise RunFailedError("there is none of that name")
        return Candidate(str(self.opener), "d" * 64, self.opener)


def shadow_of(folder: Path, candidates: Named, waiting: int = 200) -> Shadow:
    recorder = FactRecorder(FactWriter(FactStore(folder), 400), seconds=0.01)
    return Shadow(candidates, recorder, waiting=waiting, seconds=0.01)


def shadow_in(folder: Path, opener: Callable[[], AddressMatcher], waiting: int = 200) -> Shadow:
    return shadow_of(folder, Named(opener), waiting)


def no_bundle() -> NoReturn:
    raise RunFailedError("the bundle is gone")


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def offer(shadow: Shadow, *answers: Answer) -> None:
    shadow.offer("bulk", "c" * 64, [TEXT] * len(answers), answers)


def test_what_the_candidate_answers_is_kept_beside_what_was_given(
    tmp_path: Path, example_index: Path
) -> None:
    shadow = shadow_in(tmp_path, pipeline_opener(example_index))
    shadow.start()
    offer(shadow, matched("100000000104", TEXT), absent())
    until(lambda: shadow.recorded() == 2)
    shadow.stop()
    facts = FactStore(tmp_path).read("bulk", ["champion_status", "same_premises"]).table
    assert facts.to_pylist() == [
        {"champion_status": "matched", "same_premises": True},
        {"champion_status": "unmatched", "same_premises": False},
    ]
    assert shadow.dropped() == 0


def test_what_there_is_no_room_for_is_left_and_counted(tmp_path: Path) -> None:
    shadow = shadow_in(tmp_path, no_bundle, waiting=1)
    for _ in range(3):
        offer(shadow, absent(), absent())
    assert shadow.dropped() == 4


@pytest.mark.parametrize("opener", [no_bundle, partial(os._exit, 3)], ids=["not opened", "killed"])
def test_a_candidate_that_ends_costs_no_answer(tmp_path: Path, opener: Callable[[], AddressMatcher]) -> None:
    shadow = shadow_in(tmp_path, opener)
    shadow.start()
    until(lambda: _offered(shadow) and shadow.dropped() > 1)
    shadow.stop()
    assert shadow.recorded() == 0


def test_another_that_is_meant_takes_over_from_one_that_ended(tmp_path: Path, example_index: Path) -> None:
    candidates = Named(no_bundle)
    shadow = shadow_of(tmp_path, candidates)
    shadow.start()
    until(lambda: _offered(shadow) and shadow.standing().trouble == NOBODY)
    candidates.opener = pipeline_opener(example_index)
    until(lambda: _offered(shadow) and shadow.recorded() > 0)
    shadow.stop()
    assert shadow.standing().trouble == ""


def test_one_that_cannot_be_found_leaves_the_one_before(tmp_path: Path, example_index: Path) -> None:
    candidates = Named(pipeline_opener(example_index))
    before = str(candidates.opener)
    shadow = shadow_of(tmp_path, candidates)
    shadow.start()
    candidates.opener = None
    until(lambda: shadow.standing().trouble == NOT_OPENED)
    offer(shadow, absent())
    until(lambda: shadow.recorded() == 1)
    shadow.stop()
    assert shadow.standing().bundle == before


def _offered(shadow: Shadow) -> bool:
    offer(shadow, absent())
    return True
