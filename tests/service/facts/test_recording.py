"""Who keeps facts: a file, a frame and a service."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import address_match as am
from address_match.service.cli.program.entry import main
from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.lifecycle_settings import FactSettings
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_deployment

ADDRESSES = ["12 tanfeild rd shildon", "", "3 tanfield road shildon dl4 5qa"]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["id,address", *(f"{i},{a}" for i, a in enumerate(ADDRESSES))]) + "\n", "utf-8")
    return path


def statuses(store: Path, channel: str) -> list[str]:
    found: list[str] = FactStore(store).read(channel).table.column("status").to_pylist()
    return sorted(found)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_leaves_facts_where_it_is_asked_to(index: Path, rows: Path, tmp_path: Path, jobs: str) -> None:
    command = ["match", str(rows), "--index", str(index), "--out", str(tmp_path / "out.csv"), "--jobs", jobs]
    assert main([*command, "--record", str(tmp_path / "facts"), "--channel", "council-a"]) == 0
    assert statuses(tmp_path / "facts", "council-a") == ["matched", "matched", "unmatched"]


def test_a_file_leaves_no_facts_unless_it_is_asked_to(
    index: Path, rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["match", str(rows), "--index", str(index), "--out", str(tmp_path / "out.csv")]
    assert main(command) == 0
    assert main([*command, "--force", "--channel", "council-a"]) == 2
    assert "--channel names whose facts are kept" in capsys.readouterr().err


def test_a_frame_leaves_facts_where_it_is_asked_to(index: Path, tmp_path: Path) -> None:
    with am.open(str(index)) as matcher:
        matcher.match(ADDRESSES)
        matcher.match(ADDRESSES, record=tmp_path / "facts", channel="survey")
    assert FactStore(tmp_path / "facts").channels() == ["survey"]
    assert statuses(tmp_path / "facts", "survey") == ["matched", "matched", "unmatched"]


def test_a_service_keeps_single_addresses_and_bulk_apart_and_what_is_typed_not_at_all(
    index: Path, tmp_path: Path
) -> None:
    opened = open_deployment(index)
    active = ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference))
    recorder = FactRecorder(FactWriter(FactStore(tmp_path), 400))
    recorder.start()
    with TestClient(create_app(active, ServerSettings(), ServiceParts(facts=recorder))) as client:
        client.get("/v1/addresses", params={"input": ADDRESSES[0]})
        client.get("/v1/addresses", params={"input": ADDRESSES[2], "explain": "true"})
        client.post("/v1/bulk", json={"addresses": ADDRESSES})
        client.get("/v1/suggest", params={"q": "12 tanfeild road shildon"})
    recorder.stop()
    assert statuses(tmp_path, "single") == ["matched", "matched"]
    assert statuses(tmp_path, "bulk") == ["matched", "matched", "unmatched"]


def test_a_service_keeps_facts_unless_its_settings_say_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ADDRESS_MATCH_RECORD")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert FactSettings().record
    assert FactSettings().facts.parts[-2:] == ("address-match", "facts")
    monkeypatch.setenv("ADDRESS_MATCH_RECORD", "false")
    assert not FactSettings().record
