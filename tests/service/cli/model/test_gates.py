"""A registry with gates promotes what has passed them, or what somebody answers for."""

import json
from pathlib import Path

import pytest

from address_match.models.bundle import SHIPPED_DIRECTORY
from address_match.models.registry import Registry
from address_match.service.cli.program.entry import main
from address_match.service.lifecycle.comparison.gates import GATES_FILE
from address_match.service.lifecycle.labels.store import LabelStore
from tests.integration.bundles import of_another_ranker
from tests.service.lifecycle.model_runs.arrangements import labelled

QUERIES = """uprn,address,class
100,1 thornbeck row marlow fold,plain
0200,2 thornbeck row marlow fold,plain
,77 unheard of street nowhere,absent
"""


@pytest.fixture
def registry(tmp_path: Path, index: Path) -> Registry:
    """A registry in which the shipped bundle is promoted, and another waits that answers alike."""
    registry = Registry(tmp_path / "registry")
    registry.add(of_another_ranker(tmp_path / "source"))
    (tmp_path / "queries.csv").write_text(QUERIES, encoding="utf-8")
    assert model(registry, "promote", "default", str(index)) == 0
    return registry


def model(registry: Registry, *arguments: str) -> int:
    return main(["model", *arguments, "--registry", str(registry.folder)])


def compare(registry: Registry, *options: str) -> int:
    queries = registry.folder.parent / "queries.csv"
    return model(registry, "compare", "default", "other", "--queries", str(queries), *options)


def test_a_registry_without_gates_promotes_as_before(registry: Registry, index: Path) -> None:
    assert model(registry, "promote", "other", str(index)) == 0


def test_a_bundle_that_was_not_compared_is_refused_with_the_command_that_compares_it(
    registry: Registry, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry.folder / GATES_FILE).write_text("least_rows = 3", encoding="utf-8")
    assert model(registry, "promote", "other", str(index)) == 1
    assert "address-match model compare default other --queries FILE" in capsys.readouterr().err
    in_force = registry.promotions.in_force()
    assert in_force is not None
    assert in_force.bundle == "default"


def test_a_bundle_that_passes_is_promoted(
    registry: Registry, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry.folder / GATES_FILE).write_text("least_rows = 3\nworse_p_value = 0.05", encoding="utf-8")
    assert compare(registry) == 0
    said = capsys.readouterr().out
    assert "3 addresses, 0 answers change" in said
    assert said.endswith("passes the gates\n")
    assert model(registry, "promote", "other", str(index)) == 0
    assert registry.promotions.events()[-1].override == ""


def test_a_bundle_that_does_not_pass_needs_a_reason_which_is_kept(
    registry: Registry, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry.folder / GATES_FILE).write_text("least_rows = 1000", encoding="utf-8")
    assert compare(registry) == 1
    assert "gate not passed: least_rows: 3 addresses were compared" in capsys.readouterr().err
    assert model(registry, "promote", "other", str(index)) == 1
    assert model(registry, "promote", "other", str(index), "--override", "a trial in the test registry") == 0
    assert registry.promotions.events()[-1].override == "a trial in the test registry"


def test_gates_that_were_changed_since_the_comparison_count(registry: Registry, index: Path) -> None:
    gates = registry.folder / GATES_FILE
    gates.write_text("least_rows = 1000", encoding="utf-8")
    assert compare(registry) == 1
    gates.write_text("least_rows = 1", encoding="utf-8")
    assert model(registry, "promote", "other", str(index)) == 0


def test_the_same_bundle_with_another_index_needs_no_comparison(registry: Registry, index: Path) -> None:
    (registry.folder / GATES_FILE).write_text("least_rows = 3", encoding="utf-8")
    assert model(registry, "promote", "default", str(index)) == 0


def test_the_comparison_as_json_names_its_receipt_and_holds_no_address(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert compare(registry, "--json") == 0
    said = capsys.readouterr().out
    content = json.loads(said)
    assert (content["rows"], content["changed"], content["failures"]) == (3, 0, [])
    assert "thornbeck" not in (said + Path(content["receipt"]).read_text(encoding="utf-8")).lower()


def test_a_bundle_comes_into_another_registry_with_its_receipt_and_is_held_against_the_gates_there(
    registry: Registry, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert compare(registry, "--json") == 0
    receipt = json.loads(capsys.readouterr().out)["receipt"]
    production = Registry(tmp_path / "production")
    production.folder.mkdir()
    (production.folder / GATES_FILE).write_text("least_rows = 1000", encoding="utf-8")
    assert model(production, "promote", "default", str(index)) == 0
    assert model(production, "import", str(tmp_path / "source"), "--receipt", receipt) == 1
    assert "least_rows: 3 addresses were compared" in capsys.readouterr().err
    assert production.names() == ["default"]
    (production.folder / GATES_FILE).write_text("least_rows = 3", encoding="utf-8")
    assert model(production, "import", str(tmp_path / "source"), "--receipt", receipt) == 0
    assert model(production, "promote", "other", str(index)) == 0


def test_the_archive_brings_the_receipts_of_the_registry_along(
    registry: Registry, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(registry) == 0
    assert model(registry, "export", "other", str(tmp_path / "other.tar")) == 0
    production = Registry(tmp_path / "production")
    production.folder.mkdir()
    (production.folder / GATES_FILE).write_text("least_rows = 4", encoding="utf-8")
    assert model(production, "promote", "default", str(index)) == 0
    assert model(production, "import", str(tmp_path / "other.tar")) == 1
    assert "other does not pass the gates" in capsys.readouterr().err
    (production.folder / GATES_FILE).write_text("least_rows = 3", encoding="utf-8")
    assert model(production, "import", str(tmp_path / "other.tar")) == 0
    assert model(production, "promote", "other", str(index)) == 0


def test_a_receipt_of_another_bundle_is_refused_and_nothing_is_taken_in(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert compare(registry, "--json") == 0
    receipt = json.loads(capsys.readouterr().out)["receipt"]
    assert model(registry, "import", str(SHIPPED_DIRECTORY), "--name", "mine", "--receipt", receipt) == 2
    assert "bring the receipt of this bundle" in capsys.readouterr().err
    assert registry.names() == ["default", "other"]


def test_hard_addresses_and_those_without_truth_are_compared_as_well(
    registry: Registry, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry.folder / GATES_FILE).write_text("hard_lost = 0\nleast_agreement = 0.98", encoding="utf-8")
    assert compare(registry) == 1
    assert "gate not passed: hard_lost: no list of hard addresses was compared" in capsys.readouterr().err
    (tmp_path / "unlabelled.csv").write_text("address\n1 thornbeck row marlow fold\n", encoding="utf-8")
    both = ["--hard", str(tmp_path / "queries.csv"), "--unlabelled", str(tmp_path / "unlabelled.csv")]
    assert compare(registry, *both) == 0
    said = capsys.readouterr().out
    assert "of 3 hard addresses 0 lost\nof 1 without truth 100.00% alike\nright takes " in said
    assert model(registry, "promote", "other", str(index)) == 0


def test_the_answers_that_change_are_written_where_they_are_asked_for(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = tmp_path / "changes.csv"
    assert compare(registry, "--changes", str(changes)) == 0
    header = "address,truth,lost,champion_status,champion_uprn,champion_address,champion_probability,champion_reason"
    assert changes.read_text(encoding="utf-8-sig").startswith(header)
    assert compare(registry, "--changes", str(changes)) == 2
    assert "exists" in capsys.readouterr().err
    assert model(registry, "compare", "default", "other", "--changes", str(changes)) == 2
    assert "--changes needs --queries FILE" in capsys.readouterr().err


def test_memory_is_taken_where_a_gate_asks_for_it(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(registry) == 0
    said = capsys.readouterr().out
    assert "99 of 100 addresses, one by one, take right " in said
    assert "the memory of left" not in said
    (registry.folder / GATES_FILE).write_text("more_memory = 1.5", encoding="utf-8")
    assert compare(registry, "--json") == 0
    assert 0.5 < json.loads(capsys.readouterr().out)["more_memory"] < 1.5


def test_the_age_of_the_newest_label_is_taken_of_the_store_that_is_named(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry.folder / GATES_FILE).write_text("labels_days = 90", encoding="utf-8")
    assert compare(registry) == 1
    assert "name the store that the addresses are of with --labels DIR" in capsys.readouterr().err
    store = LabelStore(tmp_path / "labels")
    labelled(store, tmp_path, {"1 thornbeck row marlow fold": "100"}, 10)
    assert compare(registry, "--labels", str(store.folder), "--json") == 0
    assert 0 <= json.loads(capsys.readouterr().out)["labels_days"] < 1
