"""What is summed of vectors, and where it stands."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.facts_of_answers import facts_of_call
from address_match.service.facts.projected_sums import NUMBERS, STRETCH, ProjectedSums, projected
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers
from address_match.service.matching.pipeline import MatchPipeline


def answered_by(pipeline: MatchPipeline, texts: list[str]) -> list[AnsweredBatch]:
    answered: list[AnsweredBatch] = []
    with listening_to_answers(answered.append):
        pipeline.match(texts)
    return answered


def sums_of(sums: ProjectedSums, channel: str, answered: list[AnsweredBatch], asked: int) -> list[object]:
    facts = sums.noted(channel, answered, facts_of_call(answered, asked=asked, seconds=0.0))
    return [fact.projected for fact in facts]


TEXTS = ["12 tanfield road shildon", "3 tanfield road shildon"]


def test_a_sum_stands_where_its_stretch_ends_and_is_of_all_of_it(pipeline: MatchPipeline) -> None:
    sums, answered = ProjectedSums(), answered_by(pipeline, TEXTS * 60)
    first = sums_of(sums, "file", answered, 120)
    second = sums_of(sums, "file", answered, 120)
    third = sums_of(sums, "file", answered, 120)
    assert first == second == [None] * 120
    assert [row for row, one in enumerate(third) if one] == [STRETCH - 240 - 1]
    in_order = np.concatenate([projected(one.search) for one in answered if one.search is not None])
    expected = 2 * in_order.sum(axis=0) + in_order[: STRETCH - 240].sum(axis=0)
    assert np.allclose(third[STRETCH - 240 - 1], expected, atol=0.02)  # type: ignore[arg-type]


def test_channels_are_summed_apart_and_a_large_call_ends_several_stretches(pipeline: MatchPipeline) -> None:
    sums, answered = ProjectedSums(), answered_by(pipeline, TEXTS * 130)
    of_file, of_survey = (sums_of(sums, channel, answered, 260) for channel in ("file", "survey"))
    assert of_file == of_survey
    assert sum(one is not None for one in of_file) == 1
    more = [sums_of(sums, "file", answered, 260) for _ in range(3)]
    assert [sum(one is not None for one in call) for call in more] == [1, 1, 1]


def test_blank_texts_have_no_part_in_them(pipeline: MatchPipeline) -> None:
    sums = ProjectedSums()
    blank = answered_by(pipeline, [""] * STRETCH)
    assert set(sums_of(sums, "file", blank, STRETCH)) == {None}


def test_a_recorder_keeps_them_with_the_encoder_and_rows_between_hold_none(
    pipeline: MatchPipeline, tmp_path: Path
) -> None:
    recorder = Recording(tmp_path, "file", 400).open()
    with recorder.recording("file", 300):
        pipeline.match(TEXTS * 150)
    (part,) = tmp_path.rglob("*.parquet")
    table = pq.read_table(part, columns=["encoder", "projected"], partitioning=None)
    held = [row for row in table.to_pylist() if row["projected"] is not None]
    assert [(row["encoder"], len(row["projected"])) for row in held] == [
        (pipeline.origin.encoder_fingerprint[:12], NUMBERS)
    ]
    assert table.column("encoder").null_count == 299
