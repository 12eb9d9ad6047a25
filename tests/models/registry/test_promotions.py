import json
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.errors import RegistryError
from address_match.models.registry import Deployment, Promotions

PAIR = Deployment("default", "1", "b" * 64, "e" * 64, "p" * 64, "/srv/index", "g000001")


def deployment(number: int) -> Deployment:
    return replace(PAIR, index=f"/srv/index-{number}")


def test_nothing_is_in_force_at_first(tmp_path: Path) -> None:
    promotions = Promotions(tmp_path / "new")
    assert (promotions.in_force(), promotions.events(), promotions.signature()) == (None, (), None)
    assert not (tmp_path / "new").exists()


def test_the_last_promoted_deployment_is_in_force(tmp_path: Path) -> None:
    Promotions(tmp_path).promote(deployment(1))
    Promotions(tmp_path).promote(deployment(2))
    assert Promotions(tmp_path).in_force() == deployment(2)


def test_an_index_in_a_cluster_comes_back_by_its_alias_and_a_folder_without_one(tmp_path: Path) -> None:
    in_cluster = replace(PAIR, index="alias gb of http://one:9200", alias="gb", url="http://one:9200")
    Promotions(tmp_path).promote(deployment(1))
    Promotions(tmp_path).promote(in_cluster)
    assert Promotions(tmp_path).in_force() == in_cluster
    kept = json.loads((tmp_path / "promotions.json").read_text())["events"]
    assert [sorted({"alias", "url"} & set(event["pair"])) for event in kept] == [[], ["alias", "url"]]


def test_rolling_back_twice_goes_back_two_deployments_and_a_third_time_is_refused(tmp_path: Path) -> None:
    promotions = Promotions(tmp_path)
    for number in (1, 2, 3):
        promotions.promote(deployment(number))
    assert (promotions.roll_back(), promotions.roll_back()) == (deployment(2), deployment(1))
    with pytest.raises(RegistryError, match="no deployment was promoted"):
        promotions.roll_back()
    assert promotions.in_force() == deployment(1)


def test_the_deployment_that_was_gone_back_to_is_of_the_generation_that_its_index_had_then(
    tmp_path: Path,
) -> None:
    promotions = Promotions(tmp_path)
    for number in (1, 2, 3):
        promotions.promote(deployment(number))
    back = replace(deployment(2), generation="g000007")
    assert promotions.roll_back("g000007") == promotions.in_force() == Promotions(tmp_path).in_force() == back
    assert promotions.roll_back() == promotions.in_force() == deployment(1)


def test_the_history_keeps_what_was_rolled_back(tmp_path: Path) -> None:
    promotions = Promotions(tmp_path)
    promotions.promote(deployment(1))
    promotions.promote(deployment(2))
    promotions.roll_back()
    promotions.promote(deployment(3))
    told = [(event.act, event.deployment) for event in promotions.events()]
    assert told == [
        ("promote", deployment(1)),
        ("promote", deployment(2)),
        ("rollback", deployment(1)),
        ("promote", deployment(3)),
    ]
    assert promotions.before() == deployment(1)


@given(st.lists(st.booleans(), max_size=12))
def test_promoting_and_rolling_back_is_a_pile(
    tmp_path_factory: pytest.TempPathFactory, acts: list[bool]
) -> None:
    promotions = Promotions(tmp_path_factory.mktemp("registry"))
    pile: list[Deployment] = []
    for number, promote in enumerate(acts):
        if promote:
            promotions.promote(deployment(number))
            pile.append(deployment(number))
        elif len(pile) > 1:
            promotions.roll_back()
            pile.pop()
    assert promotions.in_force() == (pile[-1] if pile else None)


def test_every_change_changes_the_signature(tmp_path: Path) -> None:
    promotions = Promotions(tmp_path)
    seen = {promotions.signature()}
    for number in (1, 2, 1, 2):
        promotions.promote(deployment(number))
        seen.add(promotions.signature())
    assert len(seen) == 5


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"format_version": 9, "events": []}',
        '{"format_version": 1, "events": [{}]}',
        json.dumps({"format_version": 1, "events": [{"act": "rollback", "moment": "", "pair": {"x": 1}}]}),
    ],
)
def test_a_damaged_file_is_refused_with_the_way_out(tmp_path: Path, content: str) -> None:
    (tmp_path / "promotions.json").write_text(content)
    with pytest.raises(RegistryError, match="move it away and promote"):
        Promotions(tmp_path).in_force()


def _promote_five(folder: Path, first: int) -> None:
    for number in range(first, first + 5):
        Promotions(folder).promote(deployment(number))


def test_two_processes_that_promote_at_once_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    started = [context.Process(target=_promote_five, args=(tmp_path, first)) for first in (0, 5)]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    indexes = sorted(event.deployment.index for event in Promotions(tmp_path).events())
    assert indexes == sorted(deployment(number).index for number in range(10))
