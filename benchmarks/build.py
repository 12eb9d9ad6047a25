"""What building an index costs: wall and CPU seconds, memory, disk, and the time to open it afterwards."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness.options import MILLION_LEFT_OUT, MILLION_PREMISES, MILLION_SEED, add_common_options
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import Country, build_anew, index_path, reference_of, rows_of

_OPEN_AND_ANSWER = """
import sys, time
from pathlib import Path
from address_match.service.wiring import open_pipeline
start = time.perf_counter()
pipeline = open_pipeline(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None)
opened = time.perf_counter()
pipeline.match(["FLAT 1, 12 HIGH STREET, LEEDS"])
print(opened - start, time.perf_counter() - opened)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    add_common_options(parser, size=MILLION_PREMISES, seed=MILLION_SEED)
    parser.add_argument("--jobs", type=int, default=2, help="processes that build (%(default)s)")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, MILLION_LEFT_OUT)
    publish(measure(country, jobs=options.jobs, bundle=options.bundle), options.out)
    return 0


def measure(country: Country, *, jobs: int, bundle: Path | None) -> Result:
    """Build the index of a country and open it in a fresh process."""
    texts = rows_of(reference_of(country))
    cost = build_anew(country, bundle, jobs=jobs)
    index = index_path(country)
    disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    open_seconds, first_answer_seconds = _opening(index, bundle)
    return Result(
        benchmark="build",
        settings={
            "premises": country.premises,
            "seed": country.seed,
            "left_out": country.left_out,
            "jobs": jobs,
        },
        figures={
            "texts": texts,
            "wall_seconds": cost.wall_seconds,
            "cpu_seconds": cost.cpu_seconds,
            "peak_gib": cost.peak_mib / 1024,
            "disk_bytes_per_text": disk / texts,
            "open_seconds": open_seconds,
            "first_answer_seconds": first_answer_seconds,
        },
    )


def _opening(index: Path, bundle: Path | None) -> tuple[float, float]:
    """Open an index and match one address in a process of its own; return the seconds of each; what is imported meanwhile counts."""
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_ANSWER, str(index), str(bundle or "")],
        capture_output=True,
        text=True,
        check=True,
    )
    opened, answered = done.stdout.split()[-2:]
    return float(opened), float(answered)


if __name__ == "__main__":
    sys.exit(main())
