"""What is written of answers that change."""

import csv
from pathlib import Path

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.comparison.changed_answers import write_changes
from address_match.service.lifecycle.comparison.paired_answers import PairedAnswers
from tests.service.factories import absent, matched


def test_each_change_has_both_answers_why_they_are_so_and_whether_it_is_a_loss(tmp_path: Path) -> None:
    queries = [EvaluationQuery(f"{number} MILL LANE", frozenset({str(number)}), "") for number in (1, 2, 3)]
    paired = PairedAnswers(
        queries, [matched("1"), matched("2"), absent()], [matched("1"), absent(), matched("3")]
    )
    assert write_changes(tmp_path / "changes.csv", paired, force=False) == 2
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        lost, gained = csv.DictReader(file)
    assert (lost["address"], lost["truth"], lost["lost"].lower()) == ("2 MILL LANE", "2", "true")
    assert (lost["champion_status"], lost["champion_uprn"]) == ("matched", "2")
    assert (lost["candidate_status"], lost["candidate_reason"]) == ("unmatched", "absent")
    assert (gained["champion_status"], gained["candidate_uprn"]) == ("unmatched", "3")
