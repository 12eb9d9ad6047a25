import gzip
import tracemalloc
from pathlib import Path

import pytest
from rich.progress import Progress

from address_match.service.cli.files.inputs import estimated_rows
from address_match.service.cli.index.build_report import BuildStages

ROWS = 50_000


@pytest.fixture(params=["reference.csv", "reference.csv.gz"])
def reference(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of more than a megabyte, so that its rows have to be estimated."""
    path: Path = tmp_path / request.param
    text = "uprn,address\n" + "".join(f"{n},{n % 90} MILL LANE OSTWICK ZE1 4QT\n" for n in range(ROWS))
    path.write_bytes(gzip.compress(text.encode(), 1) if path.suffix == ".gz" else text.encode())
    return path


def test_the_rows_of_a_file_of_lines_are_estimated_from_its_size(reference: Path) -> None:
    assert estimated_rows(reference) == pytest.approx(ROWS, rel=0.05)


def test_estimating_the_rows_of_a_file_that_is_packed_very_small_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"address\n" * 10_000_000))
    tracemalloc.start()
    rows = estimated_rows(tmp_path / "a.csv.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == pytest.approx(10_000_000, rel=0.05)
    assert peak < 40_000_000


def test_nothing_is_estimated_of_what_is_no_file_of_lines(tmp_path: Path) -> None:
    (tmp_path / "broken.csv.gz").write_bytes(b"no gzip\n")
    (tmp_path / "empty.csv").touch()
    for name in ("-", "broken.csv.gz", "empty.csv"):
        assert estimated_rows(tmp_path / name) is None


def test_a_build_shows_how_much_of_a_stage_is_left(reference: Path) -> None:
    bar = Progress(disable=True)
    stages = BuildStages(bar, [reference])
    stages.show("read", 10_000, None)
    assert bar.tasks[0].percentage == pytest.approx(20, rel=0.05)
    stages.show("read", ROWS, None)
    stages.show("write", 5, 10)
    assert [(task.description, task.completed, task.total) for task in bar.tasks] == [("write", 5, 10)]
