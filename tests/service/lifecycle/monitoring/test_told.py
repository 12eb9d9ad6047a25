"""What programs elsewhere are told of a report: a webhook, and Prometheus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from address_match.service.cli.program.entry import main
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of
from tests.service.receiver import Receiver, receiving


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store whose first facts were accepted, and whose last 1,000 are accepted more seldom: a warning."""
    folder = tmp_path_factory.mktemp("told")
    store_of(folder, some_facts(10_000))
    assert main(["monitor", "accept", str(folder), "file", "--by", "A. Owner", "--reason", "usual"]) == 0
    store_of(folder, some_facts(1_000, seed=2, minute=2, accepted=0.7))
    return str(folder)


@pytest.fixture
def url() -> Iterator[str]:
    with receiving() as receiver:
        yield receiver


def report(store: str, *options: str) -> int:
    return main(["monitor", "report", store, *options])


def test_a_warning_is_told_with_its_reasons(store: str, url: str) -> None:
    assert report(store, "--webhook", f"{url}/200") == 4
    [(_, told)] = Receiver.heard
    assert told["level"] == "warn"
    assert told["text"].startswith("file: warn, 1,000 answers since the reference")
    [channel] = told["channels"]
    assert (channel["channel"], channel["level"]) == ("file", "warn")
    assert any(why.startswith("accepted differs") for why in channel["why"])


def test_what_is_less_grave_than_asked_for_is_not_told(store: str, url: str) -> None:
    assert report(store, "--webhook", f"{url}/200", "--webhook-level", "act") == 4
    assert Receiver.heard == []


def test_a_webhook_that_the_environment_names_is_told(
    store: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_MONITOR_WEBHOOK", f"{url}/200")
    report(store)
    assert len(Receiver.heard) == 1


def test_a_notice_that_nobody_takes_is_said_without_the_secret_of_the_url(
    store: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(store, "--webhook", f"{url}/500?key=secret") == 4
    said = capsys.readouterr().err
    assert "the webhook at 127.0.0.1 did not take the notice" in said
    assert "secret" not in said


@pytest.mark.parametrize("wrong", ["chat.example", "file:///etc/passwd", "http://[::1/secret"])
def test_what_is_no_url_is_refused(store: str, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(store, "--webhook", wrong) == 2
    assert "the webhook is no URL" in capsys.readouterr().err


def test_the_values_of_each_channel_are_there_for_prometheus(store: str, tmp_path: Path) -> None:
    file = tmp_path / "address-match.prom"
    assert report(store, "--textfile", str(file)) == 4
    samples = [
        one
        for family in text_string_to_metric_families(file.read_text(encoding="utf-8"))
        for one in family.samples
    ]
    values = {one.name.removeprefix("address_match_monitor_"): one.value for one in samples if one.labels}
    assert {one.labels["channel"] for one in samples if one.labels} == {"file"}
    assert (values["level"], values["answers"]) == (2, 1_000)
    assert values["accepted_share"] == pytest.approx(0.7, abs=0.05)
    assert values["expected_precision_low"] < values["expected_precision"] < 1
