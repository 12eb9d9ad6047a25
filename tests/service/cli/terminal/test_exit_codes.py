from pathlib import Path

import pytest

from address_match.indexer.errors import IndexUnusableError
from address_match.models.errors import DeviceError, DeviceMemoryError
from address_match.parser.errors import TextTooLongError
from address_match.service.cli import main
from address_match.service.cli.terminal.exit_codes import exit_code, message
from address_match.service.errors import RunInterruptedError, UsageError


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (UsageError("the output x exists"), 2, "the output x exists"),
        (RunInterruptedError("interrupted by SIGINT"), 1, "interrupted by SIGINT"),
        (IndexUnusableError("No index at x"), 1, "No index at x"),
        (DeviceError("there is no device 'gpu'"), 2, "there is no device 'gpu'"),
        (DeviceMemoryError("cuda:0 has 1 MiB to spare"), 1, "cuda:0 has 1 MiB to spare"),
        (TextTooLongError("the address has 10,001 characters"), 2, "the address has 10,001 characters"),
        (OSError(28, "No space left on device", "x.csv"), 1, "x.csv: No space left on device. Nothing half-"),
        (
            OSError(28, "No space left on device"),
            1,
            "No space left on device. Nothing half-written was put in",
        ),
        (KeyboardInterrupt(), 1, "interrupted"),
        (ZeroDivisionError("division by zero"), 1, "unexpected ZeroDivisionError in "),
        (
            ModuleNotFoundError("No module named 'x'"),
            1,
            "unexpected ModuleNotFoundError: No module named 'x'",
        ),
    ],
)
def test_every_error_has_an_exit_code_and_one_line(error: BaseException, code: int, says: str) -> None:
    assert exit_code(error) == code
    assert message(error).startswith(says)
    assert "\n" not in message(error)


def test_an_error_that_nobody_foresaw_names_its_place_and_repeats_no_address() -> None:
    held: dict[str, str] = {}
    try:
        held["1 MILL LANE"]
    except KeyError as error:
        said = message(error)
    assert "test_an_error_that_nobody_foresaw" in said
    assert "MILL LANE" not in said


def test_a_missing_index_is_a_failure_that_names_the_command_to_build_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text("address\nx\n")
    code = main(
        ["match", str(tmp_path / "in.csv"), "--index", str(tmp_path), "--out", str(tmp_path / "out.csv")]
    )
    assert code == 1
    assert "address-match index build" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_is_missing_is_to_be_built_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", "info", str(tmp_path / "new")]) == 1
    said = capsys.readouterr().err
    assert "there is no such folder" in said
    assert said.endswith(f"--out {tmp_path / 'new'}\n")


def test_a_generation_in_the_place_of_its_index_leads_to_the_index(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "x", "--index", str(index / "g000001")]) == 1
    said = capsys.readouterr().err
    assert said.endswith(f"which is opened as a whole: name {index}\n")
    assert "build" not in said


def test_an_index_that_is_no_index_cannot_be_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text("{")
    assert main(["index", "info", str(tmp_path)]) == 1
    assert "is damaged" in capsys.readouterr().err


@pytest.mark.slow
def test_a_person_who_asks_for_indices_hears_of_a_cluster_that_is_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A run over a file would wait five minutes for it."""
    assert main(["es", "list", "--url", "http://127.0.0.1:9", "--alias", "addresses"]) == 1
    assert "does not answer" in capsys.readouterr().err
