"""A pipeline is opened once for all that is asked of a file, and stays open until the file is answered."""

from pathlib import Path

import pytest

from address_match.service.batch.lent_pipeline import lending
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.wiring import open_pipeline
from tests.built_index import built_index

ROWS = "uprn,address,postcode\n1,1 MILL LANE,YO17 7AA\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("lent"), ROWS)


def test_what_is_lent_stays_open_and_decides_under_its_own_policy(index: Path) -> None:
    opened: list[MatchPipeline] = []

    def open_under(*, policy: DecisionPolicy) -> MatchPipeline:
        opened.append(open_pipeline(index, policy=policy))
        return opened[-1]

    with lending(open_under) as under:
        first = under(DecisionPolicy(precision=0.9))()
        first.close()
        second = under(DecisionPolicy(precision=0.995))()
        assert second.match(["1 Mill Lane YO17 7AA"])[0].candidates[0].uprn == "1"
    assert (len(opened), first.pipeline.threshold < second.pipeline.threshold) == (1, True)


def test_nothing_is_opened_that_nobody_asks_for() -> None:
    def unopenable(*, policy: DecisionPolicy) -> MatchPipeline:
        raise AssertionError("nothing is to be opened")

    with lending(unopenable) as under:
        under(DecisionPolicy())
