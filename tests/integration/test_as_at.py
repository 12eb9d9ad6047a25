"""As at a day, addresses are answered with what was valid then."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import address_match as am
from address_match.service.matching.answer import Status
from tests.built_index import built_index
from tests.integration.conftest import Command

REFERENCE = """uprn,address,postcode,text_kind,valid_from,valid_to
1,"ROSE COTTAGE, MILL LANE, MALTON",YO17 7AA,historical,1990-01-01,2010-06-30
1,"12 MILL LANE, MALTON",YO17 7AA,postal,2010-07-01,
2,"14 MILL LANE, MALTON",YO17 7AA,postal,2019-01-01,
3,"16 MILL LANE, MALTON",YO17 7AA,postal,,
4,"18 MILL LANE, MALTON",YO17 7AA,historical,1990-01-01,2015-12-31
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("dated"), REFERENCE)


@pytest.fixture(scope="module")
def matcher(index: Path) -> Iterator[am.Matcher]:
    with am.open(index) as opened:
        yield opened


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("address", "day", "uprn", "is_historical"),
    [
        ("Rose Cottage, Mill Lane, Malton YO17 7AA", "2005-01-01", "1", True),
        ("Rose Cottage, Mill Lane, Malton YO17 7AA", "2020-01-01", "", False),
        ("12 Mill Lane, Malton YO17 7AA", "2010-07-01", "1", False),
        ("12 Mill Lane, Malton YO17 7AA", "2010-06-30", "", False),
        ("14 Mill Lane, Malton YO17 7AA", "2018-12-31", "", False),
        ("14 Mill Lane, Malton YO17 7AA", "2019-01-01", "2", False),
        ("16 Mill Lane, Malton YO17 7AA", "1900-01-01", "3", False),
        ("18 Mill Lane, Malton YO17 7AA", "2015-12-31", "4", True),
        ("18 Mill Lane, Malton YO17 7AA", "2016-01-01", "", False),
    ],
)
def test_what_was_not_valid_on_the_day_is_not_held(
    matcher: am.Matcher, address: str, day: str, uprn: str, *, is_historical: bool
) -> None:
    policy = am.DecisionPolicy(as_at=date.fromisoformat(day))
    for thorough in (False, True):
        [found] = matcher.match([address], policy=policy, thorough=thorough)
        matched = found["match_uprn"] if found["match_status"] == Status.MATCHED else None
        assert matched == (uprn or None)
        assert (found["match_historical"] == "true") == is_historical


def test_probabilities_of_what_was_valid_and_of_absence_sum_to_one(matcher: am.Matcher) -> None:
    pipeline = matcher.pipeline.at(date(2012, 1, 1))
    [answer] = pipeline.match(["14 Mill Lane, Malton YO17 7AA"], top=50, thorough=True)
    assert {candidate.uprn for candidate in answer.candidates} == {"1", "3", "4"}
    total = answer.absent_probability + sum(candidate.probability for candidate in answer.candidates)
    assert total == pytest.approx(1)


def test_a_reference_without_dates_answers_alike_on_every_day(command: Command, village_index: Path) -> None:
    Path("in.csv").write_text("address\n1 thornbeck row ZE1 4QT\nosier court quern street\n9 nowhere\n")
    options = ["match", "in.csv", "--index", village_index, "--top", 3]
    assert command(*options, "--out", "now.csv").code == 0
    assert command(*options, "--as-at", "1850-01-01", "--out", "then.csv").code == 0
    now, then = rows_of("now.csv"), rows_of("then.csv")
    assert [{**row, "match_historical": ""} for row in now] == then


def test_a_file_and_a_single_address_are_answered_alike_and_a_former_text_says_so(
    command: Command, index: Path
) -> None:
    address = "Rose Cottage, Mill Lane, Malton YO17 7AA"
    Path("in.csv").write_text(f'address\n"{address}"\n')
    at = ["--as-at", "2005-01-01", "--index", index]
    assert command("match", "in.csv", *at, "--top", 1, "--part", "1/1", "--out", "1.part").code == 0
    assert command("merge", "in.csv", "1.part", "--out", "out.csv").code == 0
    [row] = rows_of("out.csv")
    found = json.loads(command("find", address, *at, "--json").out)
    assert (row["match_uprn"], row["match_historical"]) == (found["uprn"], "true") == ("1", "true")
    assert found["candidates"][0]["historical"] is True
    assert json.loads(row["match_candidates"])[0]["historical"] is True
    assert "of former times" in command("find", address, *at).out


def test_what_is_no_day_is_refused(command: Command, index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("find", "12 mill lane", "--as-at", "21/03/2021", "--index", index)
    assert "'21/03/2021' is no day of the form YYYY-MM-DD" in capfd.readouterr().err
