"""Which answers wait for a person, and in which order."""

from pathlib import Path

from address_match.service.lifecycle.labels.review_queue import review_queue

ANSWERS = """address,match_status,match_uprn,match_address,match_probability,match_error
1 mill lane,matched,0100,1 MILL LANE,0.97,
2 mill lane,unmatched,,,0.3,
3 mill lane,review,0300,3 MILL LANE,0.99,
4 mill lane,review,0400,4 MILL LANE,0.8,
5 mill lane,unmatched,,,0.3,
6 mill lane,unmatched,,,0,
"""


def test_every_fifth_is_blind(tmp_path: Path) -> None:
    rows = "".join(f"{n} mill lane,review,0{n}00,{n} MILL LANE,0.{n},\n" for n in range(1, 10))
    (tmp_path / "answers.csv").write_text(ANSWERS.splitlines()[0] + "\n" + rows)
    queue = review_queue(tmp_path / "answers.csv")
    assert [place for place, one in enumerate(queue.answers) if one.blind] == [4]


def test_those_nearest_to_the_threshold_come_first_and_the_hopeless_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(ANSWERS)
    queue = review_queue(tmp_path / "answers.csv")
    assert [one.row for one in queue.answers] == [3, 4, 2, 5]
    assert queue.strata == {"review": 2, "unmatched": 2}
    assert {one.weight for one in queue.answers} == {1.0}
    assert review_queue(tmp_path / "answers.csv") == queue
