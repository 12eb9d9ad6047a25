"""A running service with candidates: one answers once more, beside, and one in its place for a data set."""

from pathlib import Path

from address_match.models.registry import Registry
from address_match.service.facts.store import SHADOW, FactStore
from address_match.service.lifecycle.promotion import promote
from tests.integration.bundles import of_another_ranker
from tests.integration.conftest import Command
from tests.integration.test_promotion import ADDRESS, asked, serving, until


def test_the_candidate_answers_what_was_asked_and_its_facts_alone_are_kept(
    tmp_path: Path, village_index: Path
) -> None:
    registry, facts = Registry(tmp_path / "registry"), tmp_path / "facts"
    registry.add(of_another_ranker(tmp_path / "source"))
    promote(registry, "default", village_index)
    with serving(registry, "--shadow", "other", "--record", str(facts)) as (url, log):
        bulk = asked(f"{url}/v1/bulk", {"addresses": [ADDRESS, "9 nowhere"]})
        asked(f"{url}/v1/addresses", {"input": ADDRESS})
        beside = FactStore(facts / SHADOW)
        until(lambda: len(beside.read("bulk", ["status"]).table) == 2)
        until(lambda: len(beside.read("single", ["status"]).table) == 1)
    kept = beside.read("bulk", ["bundle", "champion", "champion_status"]).table.to_pylist()
    for row, answer in zip(kept, bulk["answers"], strict=True):
        assert row["bundle"] == registry.load("other").fingerprint[:12]
        assert row["champion"] == registry.load("default").fingerprint[:12]
        assert row["champion_status"] == answer["status"]
    assert FactStore(facts).read("bulk", ["champion"]).table.column(0).to_pylist() == [None, None]
    assert not any("thornbeck" in line for line in log)


def test_the_data_set_that_is_named_is_answered_by_the_candidate_and_kept_under_its_name(
    tmp_path: Path, village_index: Path
) -> None:
    registry, facts = Registry(tmp_path / "registry"), tmp_path / "facts"
    registry.add(of_another_ranker(tmp_path / "source"))
    promote(registry, "default", village_index)
    canary = ("--canary", "other", "--canary-datasets", "survey-a,survey-b", "--record", str(facts))
    with serving(registry, *canary) as (url, _):
        for dataset, bundle in (("survey-a", "other"), ("census", "default")):
            asked_for = {"addresses": [ADDRESS], "dataset": dataset}
            assert asked(f"{url}/v1/bulk", asked_for)["answered_by"] == bundle
    for channel, bundle in (("survey-a", "other"), ("bulk", "default")):
        [kept] = FactStore(facts).read(channel, ["bundle"]).table.column("bundle").to_pylist()
        assert kept == registry.load(bundle).fingerprint[:12]


def test_what_cannot_answer_beside_is_refused_at_the_start(village_index: Path, command: Command) -> None:
    serve = ("serve", "--index", village_index, "--port", "0")
    assert "none-such" in command(*serve, "--record", "facts", "--shadow", "none-such").err
    assert "leave one of them out" in command(*serve, "--shadow", "default", "--no-record").err
    assert "--shadow names" in command(*serve, "--shadow-index", village_index).err
    assert "--canary names" in command(*serve, "--canary-datasets", "a").err
    assert "name one" in command(*serve, "--canary", "default").err
    assert "another name" in command(*serve, "--canary", "default", "--canary-datasets", "a,bulk").err
    assert (
        "no name of a channel" in command(*serve, "--canary", "default", "--canary-datasets", "A Survey").err
    )
