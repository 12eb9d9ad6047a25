import json
from pathlib import Path

import pytest

from service.cli.arguments import read_command_line
from service.cli.entry import main
from service.cli.training import train
from service.cli.training_encoder import train_encoder


def test_the_command_of_two_words_is_told_from_a_reference() -> None:
    alone = read_command_line(["train", "encoder", "own.csv", "--out", "x", "--family", "transformer"])
    whole = read_command_line(["train", "own.csv", "--out", "x"])
    assert (alone.run, alone.reference, alone.family) == (train_encoder, Path("own.csv"), "transformer")
    assert (whole.run, whole.reference) == (train, Path("own.csv"))


def test_a_base_for_a_static_encoder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "encoder", "--out", str(tmp_path / "e"), "--base", "some/model"]) == 2
    assert "--base is for the transformer family" in capsys.readouterr().err


def test_another_folder_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["train", "encoder", "--out", str(tmp_path), "--force"]) == 2
    assert "holds other files than an encoder" in capsys.readouterr().err


@pytest.mark.slow
def test_an_encoder_is_trained_and_what_was_trained_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    out = tmp_path / "encoder"
    assert main(["train", "encoder", "--out", str(out), "--pairs", "300", "--steps", "10"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["family"], report["steps"], report["dimensions"]) == ("static", 10, 256)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["encoder"]
