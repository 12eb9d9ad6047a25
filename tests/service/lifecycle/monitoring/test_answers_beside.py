from dataclasses import asdict
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.facts.fact import Fact
from address_match.service.lifecycle.monitoring.answers_beside import answers_beside
from tests.service.facts.kept_facts import a_fact
from tests.service.lifecycle.monitoring.made_up_facts import store_of


def beside(given: str, status: str, *, same: bool, bundle: str = "b") -> Fact:
    return a_fact(champion="a", champion_status=given, bundle=bundle, status=status, same_premises=same)


FACTS = [
    *[beside("matched", "matched", same=True)] * 7,
    beside("matched", "matched", same=False),
    beside("review", "matched", same=True),
    beside("matched", "unmatched", same=False),
]


def test_agreement_is_counted_by_channel_and_pair_of_bundles(tmp_path: Path) -> None:
    store = store_of(tmp_path, [*FACTS, beside("matched", "matched", same=True, bundle="c")])
    first, second = answers_beside(store)
    assert asdict(first) == {
        "channel": "file",
        "champion": "a",
        "candidate": "b",
        "answers": 10,
        "alike": 7,
        "same_premises": 8,
        "other_matches": 1,
        "changes": (("review", "matched", 1), ("matched", "unmatched", 1)),
    }
    assert (second.candidate, second.answers, second.alike) == ("c", 1, 1)


def test_the_command_says_it_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_of(tmp_path / "shadow", FACTS)
    assert main(["monitor", "shadow", str(tmp_path)]) == 0
    assert capsys.readouterr().out == (
        "file: 10 answers of b beside a: 70.00% alike, 80.00% of the same premises: "
        "1 review to matched, 1 matched to unmatched, 1 matched to another premises\n"
    )


def test_a_service_without_a_candidate_has_nothing_to_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["monitor", "shadow", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "nothing has answered beside yet\n"
