"""What cannot be done as asked exits 2 and says why; nothing of it needs an index."""

import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from address_match.service.cli import main

ROOT = Path(__file__).resolve().parents[4]


def _refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(a) for a in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index as far as usage is concerned: one whose manifest can be read."""
    from address_match.indexer.manifest import FORMAT_VERSION, BundleIdentity, IndexManifest, write_manifest

    folder = tmp_path / "index"
    folder.mkdir()
    bundle = BundleIdentity("default", "1", "default", "p", "e")
    manifest = IndexManifest(FORMAT_VERSION, "g000001", "", 0, 0, 0, 0, "a", bundle, "r.csv", {}, {})
    write_manifest(folder, manifest)
    return folder


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("id,note\n1,x\n", "no address column; it has id, note"),
        ("address,match_uprn\nx,1\n", "already has the column 'match_uprn'"),
    ],
)
def test_an_input_that_cannot_be_matched_as_it_is(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    (tmp_path / "in.csv").write_text(content)
    said = _refused(capsys, "match", tmp_path / "in.csv", "--index", index, "--out", tmp_path / "out.csv")
    assert says in said
    assert not (tmp_path / "out.csv").exists()


def test_an_existing_output_is_refused(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text("address\nx\n")
    (tmp_path / "out.csv").write_text("precious")
    said = _refused(capsys, "match", tmp_path / "in.csv", "--index", index, "--out", tmp_path / "out.csv")
    assert "out.csv exists" in said
    assert (tmp_path / "out.csv").read_text() == "precious"


def test_an_unknown_suffix_and_a_missing_input_are_named(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.ods").touch()
    out = tmp_path / "out.csv"
    assert "'.ods'" in _refused(capsys, "match", tmp_path / "in.ods", "--index", index, "--out", out)
    assert "'.doc'" in _refused(capsys, "match", tmp_path / "in.csv", "--index", index, "--out", "out.doc")
    assert "in.csv does not exist" in _refused(
        capsys, "match", tmp_path / "in.csv", "--index", index, "--out", out
    )


def test_a_column_that_the_input_has_not_is_named(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text("address\nx\n")
    arguments = ("match", tmp_path / "in.csv", "--index", index, "--out", tmp_path / "out.csv")
    assert "no column 'street'" in _refused(capsys, *arguments, "--columns", "address,street")


@pytest.mark.parametrize(
    "command",
    [
        ("match", "data.csv", "--index", "index", "--out", "out.csv"),
        ("match", "data.csv", "--index", "index", "--out", "out.csv", "--columns", "street"),
        ("parse", "--input", "data.csv"),
        ("evaluate", "--index", "index", "--queries", "data.csv"),
        ("index", "build", "data.csv", "--out", "new"),
    ],
    ids=" ".join,
)
def test_a_file_without_a_header_is_refused_and_none_of_it_repeated(
    tmp_path: Path,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(index.parent)
    (tmp_path / "data.csv").write_text("MILL HOUSE,FLAT 2 MILL LANE,ZE1 4QT\nX,3 MILL LANE,ZE1 4QT\n")
    assert main(list(command)) in {1, 2}
    said = capsys.readouterr().err
    assert "put a line with the names of the columns before it" in said
    assert not any(word in said for word in ("MILL", "ZE1"))


@pytest.mark.parametrize("text", ["in.csv", "no-such.tsv.gz", "notes"])
@pytest.mark.parametrize("command", ["parse", "find", "explain"])
def test_a_file_in_the_place_of_an_address_is_refused_with_the_command_for_it(
    tmp_path: Path,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    text: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").touch()
    (tmp_path / "notes").touch()
    said = _refused(capsys, command, text, "--index", index)
    wanted = f"parse --input {text} --out" if command == "parse" else f"match {text} --index"
    assert f"{text} is a file, not an address; write: address-match {wanted}" in said


def test_an_index_is_not_replaced_unasked(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ref.csv").write_text("uprn,address\n1,x\n")
    assert "--force" in _refused(capsys, "index", "build", tmp_path / "ref.csv", "--out", index)


def test_a_bundle_does_not_replace_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.tex").touch()
    assert "other files" in _refused(capsys, "train", "bundle", "--out", tmp_path, "--force")


def test_queries_without_a_truth_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.csv").write_text("address\nx\n")
    said = _refused(capsys, "evaluate", "--index", tmp_path, "--queries", tmp_path / "q.csv")
    assert "no column uprn" in said


@pytest.mark.parametrize(
    "arguments",
    [["match"], ["find", "x", "--index", "i", "--top", "0"], ["match", "-", "--jobs", "two"], ["dig"]],
)
def test_a_command_line_that_makes_no_sense_exits_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert ": error: " in said.splitlines()[-1]
    assert "usage: address-match" in said or "--help says how it is used" in said
    assert len(said.splitlines()) < 12


@pytest.mark.parametrize("group", [[], ["index"], ["train"], ["es"], ["model"]], ids=" ".join)
def test_without_a_command_the_help_is_shown_and_the_code_is_2(
    group: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = _refused(capsys, *group)
    assert f"usage: {' '.join(['address-match', *group])} [-h]" in shown
    assert "commands:" in shown


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"address-match {version('address-match')}\n"


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("index", "match", "find", "explain", "parse", "serve", "synth", "evaluate", "train"):
        assert f"\n  {command} " in shown or f"    {command} " in shown


def test_a_closed_standard_output_is_a_usage_error() -> None:
    program = [sys.executable, "-m", "address_match.service.cli", "index", "info", "nowhere"]
    closed = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(program)} >&-"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (closed.returncode, "standard output is closed" in closed.stderr) == (2, True)
    assert "Traceback" not in closed.stderr
