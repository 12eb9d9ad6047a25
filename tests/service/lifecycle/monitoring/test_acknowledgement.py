"""A warning is acknowledged by whoever has looked at it, and told no more until it is another one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of
from tests.service.receiver import Receiver, receiving

BY = ("--by", "A. Owner", "--reason", "a new form of the council")
SAID = "acknowledged by A. Owner at "


@pytest.fixture
def url() -> Iterator[str]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store whose last 1,000 facts are accepted more seldom: a warning."""
    usual(store_of(tmp_path, some_facts(10_000)))
    store_of(tmp_path, some_facts(1_000, seed=2, minute=2, accepted=0.7))
    return tmp_path


def usual(store: FactStore, target: float | None = None) -> None:
    accept(store, "file", first=None, last=None, by="A. Owner", reason="quiet", target_precision=target)


def reported(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """The exit code of a report and the reasons that it gives."""
    capsys.readouterr()
    code = main(["monitor", "report", str(folder), "--json", *options])
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    return code, channel["why"]


def test_a_warning_asks_to_be_looked_at_within_a_week(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, why = reported(folder, capsys)
    assert (code, why[-1]) == (4, "was to be acknowledged until 1970-01-08, monitor acknowledge")


def test_who_has_looked_at_it_is_named_and_nobody_is_told_again(
    folder: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["monitor", "acknowledge", str(folder), "file", *BY]) == 0
    assert "acknowledged by A. Owner" in capsys.readouterr().out
    code, why = reported(folder, capsys, "--webhook", f"{url}/200")
    assert (code, why[-1].startswith(SAID)) == (4, True)
    assert why[-1].endswith(": a new form of the council")
    assert Receiver.heard == []


def test_what_differs_besides_is_another_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["monitor", "acknowledge", str(folder), "file", *BY])
    store_of(folder, some_facts(1_000, seed=3, minute=3, accepted=0.7, unsure=0.6))
    _, why = reported(folder, capsys)
    assert not any(one.startswith(SAID) for one in why)


def test_the_same_in_later_windows_is_the_same_warning(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["monitor", "acknowledge", str(folder), "file", *BY])
    store_of(folder, some_facts(1_000, seed=3, minute=3, accepted=0.7))
    assert reported(folder, capsys)[1][-1].startswith(SAID)


def test_what_is_accepted_anew_ends_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["monitor", "acknowledge", str(folder), "file", *BY])
    path = folder / "accepted" / "file.acknowledged.ndjson"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said | {"moment": "2020-01-01T00:00:00+00:00"}) + "\n", encoding="utf-8")
    assert not reported(folder, capsys)[1][-1].startswith(SAID)


def test_a_line_that_a_kill_has_torn_acknowledges_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["monitor", "acknowledge", str(folder), "file", *BY])
    path = folder / "accepted" / "file.acknowledged.ndjson"
    path.write_bytes(path.read_bytes()[:-20])
    assert not reported(folder, capsys)[1][-1].startswith(SAID)
    main(["monitor", "acknowledge", str(folder), "file", *BY])
    assert reported(folder, capsys)[1][-1].startswith(SAID)


def test_only_warnings_are_acknowledged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_of(folder, some_facts(1_000, seed=3, minute=3))
    assert main(["monitor", "acknowledge", str(folder), "file", *BY]) == 2
    assert "channel 'file' does not warn, it is quiet" in capsys.readouterr().err


def test_a_demand_for_a_decision_is_not_acknowledged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usual(FactStore(folder), target=0.97)
    store_of(folder, some_facts(2_000, seed=3, minute=3, unsure=0.5))
    assert main(["monitor", "acknowledge", str(folder), "file", *BY]) == 2
    assert "address-match decide propose" in capsys.readouterr().err


@pytest.mark.parametrize("blank", [("--by", " "), ("--reason", " ")])
def test_a_name_and_a_reason_are_needed(
    folder: Path, blank: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["monitor", "acknowledge", str(folder), "file", *BY, *blank])
    assert ended.value.code == 2
    assert blank[0] in capsys.readouterr().err
