"""An index that cannot be opened or built says why and how to go on; the one in force stays in force."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from address_match.indexer.manifest import read_manifest
from tests.indexer.references import overwrite
from tests.integration.bundles import of_another_encoder
from tests.integration.conftest import REFERENCE, Command, environment, python, run_python

LARGE_ROWS = 800
"""With a status of 10,000 characters each, the texts alone make 8 MB."""


@pytest.fixture
def index(tmp_path: Path, village_index: Path) -> Path:
    """A copy of the village's index, to be harmed."""
    return Path(shutil.copytree(village_index, tmp_path / "index"))


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "reference.csv"
    path.write_text(REFERENCE)
    return path


@pytest.fixture
def large_reference(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    rows = (f'{i},"{i} FELLGATE LANE, OSTWICK",{i}{"S" * 10_000}\n' for i in range(1, LARGE_ROWS + 1))
    path.write_text("".join(["uprn,address,status\n", *rows]))
    return path


def test_an_index_of_another_encoder_is_refused_with_the_command_to_build_it_anew(
    command: Command, tmp_path: Path, reference: Path
) -> None:
    other = of_another_encoder(tmp_path / "other")
    assert command("index", "build", reference, "--out", "theirs", "--bundle", other).code == 0
    assert command("find", "1 thornbeck row", "--index", "theirs").code == 0
    said = command("find", "1 thornbeck row", "--index", "theirs", "--bundle", "default")
    assert said.code == 1
    assert "was built with the encoder " in said.err
    assert "address-match index build REFERENCE --out theirs --force --bundle default" in said.err
    assert f"Name the bundle {other} instead" in said.err


def test_every_truncated_or_missing_file_of_an_index_is_named(
    command: Command, index: Path, village_index: Path
) -> None:
    manifest = read_manifest(index)
    for name, written in manifest.files.items():
        file, size = index / manifest.generation / name, written.bytes
        file.chmod(0o644)
        os.truncate(file, size - 1)
        said = command("find", "1 thornbeck row", "--index", index)
        assert (said.code, f"{name} has {size - 1:,} bytes of {size:,}" in said.err) == (1, True)
        file.unlink()
        said = command("index", "info", index)
        assert (said.code, f"{name} is missing" in said.err) == (1, True)
        shutil.copy(village_index / manifest.generation / name, file)
    assert command("find", "1 thornbeck row", "--index", index).code == 0


def test_an_index_whose_files_hold_something_else_is_refused(command: Command, index: Path) -> None:
    for name in ("texts.arrow", "vectors.npy"):
        file = index / read_manifest(index).generation / name
        whole = file.read_bytes()
        overwrite(file, b"?" * len(whole))
        for reads in (
            ("find", "x", "--index", index),
            ("parse", "x", "--index", index),
            ("index", "verify", index),
        ):
            said = command(*reads)
            assert (said.code, f"{name} is not as it was written" in said.err) == (1, True)
        overwrite(file, whole)
        assert "as they were written" in command("index", "verify", index).out
        said = command("find", "x", "--index", index)
        assert said.code == 0


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format_version": 1}', '{"format_version": 99}'])
def test_a_manifest_that_is_none_is_refused_with_the_way_out(
    command: Command, index: Path, content: str
) -> None:
    (index / "manifest.json").write_text(content)
    said = command("find", "x", "--index", index)
    assert (said.code, "address-match index build REFERENCE --out" in said.err) == (1, True)


def test_a_missing_bundle_is_named(command: Command, village_index: Path) -> None:
    said = command("find", "x", "--index", village_index, "--bundle", "nowhere")
    assert (said.code, "'nowhere' is no folder and no bundle of the registry" in said.err) == (1, True)


def test_a_full_disk_ends_a_build_and_leaves_the_old_generation_in_force(
    command: Command, index: Path, large_reference: Path, tmp_path: Path
) -> None:
    before = sorted(p.name for p in index.iterdir())
    said = run_python(
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, 6_000_000));"
        "from address_match.service.cli import main; sys.exit(main(sys.argv[1:]))",
        *("index", "build", large_reference, "--out", index, "--force"),
        cwd=tmp_path,
    )
    assert said.code == 1
    assert "could not be written" in said.err
    assert "What was in force there still is" in said.err
    assert "Traceback" not in said.err
    assert sorted(p.name for p in index.iterdir()) == before
    assert "100" in command("find", "1 thornbeck row ze1 4qt", "--index", index).out


def test_a_build_that_is_killed_while_it_writes_leaves_the_old_generation_in_force(
    command: Command, index: Path, large_reference: Path, tmp_path: Path
) -> None:
    generation = read_manifest(index).generation
    for _ in range(5):  # until the signal comes in time
        _kill_while_it_writes(large_reference, index, signal.SIGKILL, tmp_path)
        if read_manifest(index).generation == generation and len(_generations(index)) == 2:
            break
        shutil.rmtree(index)
        assert command("index", "build", tmp_path / "large.csv", "--out", index).code == 0
        generation = read_manifest(index).generation
    assert len(_generations(index)) == 2
    assert read_manifest(index).generation == generation
    assert command("find", "1 thornbeck row ze1 4qt", "--index", index).code == 0
    assert command("index", "build", large_reference, "--out", index, "--force").code == 0
    assert len(_generations(index)) == 2, "what the killed build left is gone"
    assert read_manifest(index).texts == LARGE_ROWS


def test_a_build_that_is_ended_by_a_signal_clears_up(
    command: Command, index: Path, large_reference: Path, tmp_path: Path
) -> None:
    code, said = _kill_while_it_writes(large_reference, index, signal.SIGTERM, tmp_path)
    if code == 1:  # else the signal came when all was done
        assert "interrupted by SIGTERM" in said
        assert len(_generations(index)) == 1
    assert "Traceback" not in said
    assert command("find", "1 thornbeck row ze1 4qt", "--index", index).code == 0


def _generations(index: Path) -> list[str]:
    return [p.name for p in index.iterdir() if p.is_dir()]


def _kill_while_it_writes(reference: Path, index: Path, number: int, cwd: Path) -> tuple[int, str]:
    command = (
        "-m",
        "address_match.service.cli",
        "index",
        "build",
        str(reference),
        "--out",
        str(index),
        "--force",
    )
    started = subprocess.Popen(
        python(*command),
        cwd=cwd,
        env=environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    held = len(_generations(index))
    until = time.monotonic() + 60
    while len(_generations(index)) == held and started.poll() is None and time.monotonic() < until:
        time.sleep(0.0005)
    started.send_signal(number)
    _, said = started.communicate(timeout=60)
    return started.returncode, said
