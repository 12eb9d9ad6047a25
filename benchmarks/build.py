"""What building an index costs: wall and CPU seconds, memory, disk, and the time to open it afterwards."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness.million_texts import add_country_options, country_of
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import Country, build_anew, index_path, reference_of, rows_of
from benchmarks.opening import openings


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    add_country_options(parser)
    parser.add_argument("--jobs", type=int, default=2, help="processes that build (%(default)s)")
    options = parser.parse_args(arguments)
    country = country_of(options)
    publish(measure(country, jobs=options.jobs, bundle=options.bundle), options.out)
    return 0


def measure(country: Country, *, jobs: int, bundle: Path | None) -> Result:
    """Build the index of a country and open it in new processes."""
    texts = rows_of(reference_of(country))
    cost = build_anew(country, bundle, jobs=jobs)
    index = index_path(country)
    disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
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
            **openings(index, bundle),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
