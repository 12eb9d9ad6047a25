"""The documents of a model are written by a command, which says what is missing."""

from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from tests.models.bundle.factories import small_bundle


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    return str(small_bundle(tmp_path / "bundle").path)


def record(bundle: str, out: Path, *options: str) -> int:
    return main(["model", "record", bundle, "--out", str(out), *options])


def test_documents_are_written_and_what_is_missing_is_said(
    bundle: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert record(bundle, tmp_path / "record") == 0
    told = capsys.readouterr()
    assert "30 particulars are missing: owner.organisation, owner.team" in told.err
    assert len(told.out.splitlines()) == 4
    assert record(bundle, tmp_path / "again", "--complete") == 1


def test_nothing_is_missing_when_every_question_of_the_template_is_answered(
    bundle: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "record", "--template"]) == 0
    filled_in = capsys.readouterr().out.replace('= ""', '= "as agreed"')
    (tmp_path / "said.toml").write_text(filled_in, encoding="utf-8")
    said = ["--particulars", str(tmp_path / "said.toml"), "--complete"]
    assert record(bundle, tmp_path / "record", *said) == 0
    assert capsys.readouterr().err == ""
    assert "Missing" not in (tmp_path / "record" / "ATRS.md").read_text(encoding="utf-8")


def test_documents_that_stand_there_are_not_replaced_unasked(bundle: str, tmp_path: Path) -> None:
    (tmp_path / "ATRS.md").write_text("mine", encoding="utf-8")
    assert record(bundle, tmp_path) == 2
    assert (tmp_path / "ATRS.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "QF4SA.md").exists()
    assert record(bundle, tmp_path, "--force") == 0
    assert (tmp_path / "ATRS.md").read_text(encoding="utf-8") != "mine"


def test_a_bundle_that_was_altered_has_no_record(bundle: str, tmp_path: Path) -> None:
    (Path(bundle) / "MODEL_CARD.md").write_text("# better\n")
    assert record(bundle, tmp_path / "record") == 1
    assert not (tmp_path / "record").exists()


def test_a_bundle_and_a_folder_have_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "record"]) == 2
    assert "address-match model record NAME --out DIR" in capsys.readouterr().err
