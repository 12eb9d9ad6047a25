"""Labels by the commands of a clerk."""

import csv
import json
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.labels.store import LabelStore
from tests.service.lifecycle.labels.factories import answers_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with answers and what was drawn of them for two coders."""
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    answers = answers_file(tmp_path)
    drawn = [str(answers), "--out", str(tmp_path / "one.csv"), "--second", str(tmp_path / "two.csv")]
    assert label(tmp_path, "draw", *drawn, "--second-share", "0.99", "--blind", "0", "--random", "0") == 0
    return tmp_path


def label(folder: Path, command: str, *words: str) -> int:
    return main(["label", command, *words, "--store", str(folder / "store")])


def fill(path: Path, *verdicts: str) -> str:
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row, verdict in zip(rows, verdicts, strict=True):
        row["label_verdict"] = verdict
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_from_two_coders_to_a_set_of_labels(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = fill(folder / "one.csv", "right", "right", "not in the reference", "right")
    two = fill(folder / "two.csv", "right", "not in the reference", "not in the reference", "right")
    assert label(folder, "import", one, "--coder", "ann") == 0
    assert label(folder, "import", two, "--coder", "bob") == 0
    capsys.readouterr()
    assert label(folder, "agreement") == 0
    assert capsys.readouterr().out.startswith("ann, bob: 3 of 4 alike; kappa 0.50 (")
    disputed = folder / "disputed.csv"
    assert label(folder, "adjudicate", "--out", str(disputed)) == 0
    assert "ann: right 0200; bob: not in the reference" in disputed.read_text(encoding="utf-8")
    assert label(folder, "adjudicate", "--verdicts", fill(disputed, "right"), "--coder", "cleo") == 0
    capsys.readouterr()
    assert label(folder, "show", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["labels"], shown["contradicting"]) == (4, 0)
    assert shown["samples"][0]["precision"]["value"] == 1.0


def test_exported_labels_are_queries_with_their_truth(folder: Path) -> None:
    label(
        folder,
        "import",
        fill(folder / "one.csv", "right", "right", "not in the reference", "cannot tell"),
        "--coder",
        "ann",
    )
    assert label(folder, "export", "--out", str(folder / "labels.csv")) == 0
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as stream:
        rows = {row["address"]: (row["uprn"], row["label_weight"]) for row in csv.DictReader(stream)}
    assert rows == {
        "1 mill lane": ("0100", "1.0"),
        "=2 mill lane": ("0200", "1.0"),
        "9 mill lane": ("", "1.0"),
    }
    [row] = Audit(folder / "registry").rows()
    assert (row.act, row.subject) == ("label-export", "labels.csv")
    assert '"labels":3' in row.details
    assert "mill lane" not in row.details


def test_an_export_for_label_studio_is_taken_in_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label(
        folder,
        "import",
        fill(folder / "one.csv", "right", "right", "not in the reference", "right"),
        "--coder",
        "ann",
    )
    assert label(folder, "export", "--out", str(folder / "labels.json")) == 0
    assert label(folder, "import", str(folder / "labels.json"), "--coder", "ann") == 0
    assert "0 new, 4 known already" in capsys.readouterr().err


def test_check_takes_the_labels_of_a_file_in_place_of_verdicts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = fill(folder / "one.csv", "right", "not in the reference", "not in the reference", "right")
    label(folder, "import", one, "--coder", "ann")
    capsys.readouterr()
    assert main(["check", str(folder / "answers.csv"), "--store", str(folder / "store"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["matched"], found["right"], found["wrong"], found["open"]) == (2, 1, 1, 0)
    assert found["precision"]["value"] == 0.5


def test_check_of_a_file_that_nothing_was_drawn_from_says_how_to_draw(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "other.csv"
    other.write_text((folder / "answers.csv").read_text(encoding="utf-8").replace("0.97", "0.98"))
    assert main(["check", str(other), "--store", str(folder / "store")]) == 2
    assert "draw one: address-match label draw" in capsys.readouterr().err


def test_a_store_that_is_not_there_is_named_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert label(tmp_path, "show") == 2
    assert "is no store of labels: `label draw` makes one" in capsys.readouterr().err


def test_an_output_that_stands_is_not_replaced_unasked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert label(folder, "draw", str(folder / "answers.csv"), "--out", str(folder / "one.csv")) == 2
    assert "exists; name another or give --force" in capsys.readouterr().err


def test_a_suffix_that_nothing_is_written_in_is_refused_before_anything_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert label(tmp_path, "draw", str(answers_file(tmp_path)), "--out", str(tmp_path / "one.doc")) == 2
    assert "has the unknown suffix '.doc'" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_answers_that_wait_for_a_person_are_lined_up(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["label", "queue", str(folder / "answers.csv"), "--store", str(folder / "queue")]
    assert main(arguments) == 0
    assert capsys.readouterr().err.endswith("2 answers wait for a person\n")
    (sample,) = LabelStore(folder / "queue").samples()
    assert [one.address for one in sample.answers] == ["5 mill lane", "9 mill lane"]
