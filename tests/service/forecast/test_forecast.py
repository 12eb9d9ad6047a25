"""What is forecast, and what is refused; figures are those of the measurements that the forecast names."""

import json
import zipfile
from pathlib import Path

import pytest

from address_match.service.cli.files.forecasts import refuse_large_build, refuse_large_match
from address_match.service.errors import UsageError
from address_match.service.forecast import forecast
from address_match.service.forecast.forecast import build_forecast, elastic_forecast, supply_size
from tests.indexer.products.premium_supply import STREET, house, record, volume, write_supply

ROOT = Path(__file__).parents[3]
TERABYTES = 1 << 43


def large(folder: Path, size: int = TERABYTES) -> Path:
    """Return a file that says it has so many bytes, and takes a few on disk."""
    file = folder / "reference.csv"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("uprn,address\n" + "1,1 MILL LANE OF OSTWICK\n" * 50_000)
        stream.truncate(size)
    return file


def test_a_build_of_a_million_texts_takes_what_was_measured() -> None:
    alone, two = build_forecast(1_000_000, 1), build_forecast(1_000_000, 2)
    assert (alone.disk, round(alone.seconds), round(two.seconds)) == (672_000_000, 147, 96)
    assert 1.4e9 < alone.memory < two.memory < 1.9e9


def figures(benchmark: str) -> dict[str, float]:
    content = json.loads((ROOT / f"benchmarks/baseline/{benchmark}.json").read_text(encoding="utf-8"))
    found: dict[str, float] = content["figures"]
    return found


def test_what_is_forecast_is_what_the_benchmarks_measured_last() -> None:
    build, match, cluster = figures("build"), figures("throughput"), figures("engines")
    memory = build["peak_gib"] * (1 << 30) - 2 * forecast.MEMORY_OF_MODELS
    measured = {
        forecast.BYTES_A_TEXT: build["disk_bytes_per_text"],
        forecast.SECONDS_A_TEXT: build["cpu_seconds"] / build["texts"],
        forecast.MEMORY_A_TEXT: memory / build["texts"],
        forecast.CLUSTER_BYTES_A_TEXT: cluster["bytes_a_text"],
        forecast.ADDRESSES_A_SECOND: match["addresses_per_cpu_second"],
        forecast.ADDRESSES_A_SECOND_THOROUGHLY: match["addresses_per_cpu_second_thorough"],
    }
    assert list(measured) == [pytest.approx(figure, rel=0.05) for figure in measured.values()]


def test_the_page_on_reference_files_states_what_is_forecast() -> None:
    page = (ROOT / "docs/use/reference-files.md").read_text(encoding="utf-8")
    stated = (
        f"{forecast.SECONDS_A_TEXT * 1e6:.0f} CPU seconds",
        f"{forecast.MEMORY_A_TEXT / 1000:.1f} KB of memory and {forecast.BYTES_A_TEXT} bytes of disk a text",
        f"{forecast.ADDRESSES_A_SECOND:,} addresses a CPU second, {forecast.ADDRESSES_A_SECOND_THOROUGHLY} with `--thorough`",
    )
    assert [words for words in stated if words not in page] == []


def test_a_cluster_takes_each_copy_and_twice_the_index_while_it_is_merged() -> None:
    one, three = (elastic_forecast(1_000_000, 1, copies=copies) for copies in (1, 3))
    assert (one.disk, three.disk, round(one.seconds)) == (2_100_000_000, 3_150_000_000, 1_147)
    assert one.memory == build_forecast(1_000_000, 1).memory


def test_a_supply_is_counted_unpacked(tmp_path: Path) -> None:
    supply = write_supply(tmp_path / "epoch", volume([record("street_descriptor", **STREET), house()]))
    (file,) = supply.iterdir()
    with zipfile.ZipFile(tmp_path / "epoch.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
    assert supply_size(tmp_path / "epoch.zip") == supply_size(supply)
    assert supply_size(supply)[1] == file.stat().st_size
    (tmp_path / "none").mkdir()
    assert supply_size(tmp_path / "none") == (0, 0)


def test_a_build_that_will_not_fit_is_refused_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match=r"rows need about .* GB of disk, and .* GB are free at .*--force"):
        refuse_large_build([large(tmp_path)], tmp_path / "index", 1, force=False)
    assert "minutes" in capsys.readouterr().err
    refuse_large_build([tmp_path / "reference.csv"], tmp_path / "index", 1, force=True)


def test_a_long_match_says_what_it_takes_and_is_refused_where_its_output_has_no_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_large_match(
        150_000, large(tmp_path, 3_000_000), tmp_path / "out.csv", 1, thorough=False, force=True
    )
    assert (
        "forecast for some 150,000 rows: 1 minutes, 0.0 GB of disk, 0.6 GB of memory"
        in capsys.readouterr().err
    )
    with pytest.raises(UsageError, match="GB of disk"):
        refuse_large_match(10**9, large(tmp_path), tmp_path / "out.csv", 1, thorough=False, force=False)


def test_what_takes_less_than_a_minute_is_not_spoken_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_large_build([large(tmp_path, 1_250_013)], tmp_path / "index", 1, force=False)
    refuse_large_match(
        1_000, tmp_path / "reference.csv", tmp_path / "out.csv", 1, thorough=False, force=False
    )
    assert capsys.readouterr().err == ""
