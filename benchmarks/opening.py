"""How long a new process takes until it can answer: imports, the models and the index, all of them verified."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from address_match.indexer.manifest import read_manifest
from benchmarks.harness.million_texts import add_country_options, country_of
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import index_of

RUNS = 7
_CHECKOUT = Path(__file__).resolve().parents[1]
_OPEN_AND_ANSWER = """
import time
began = time.perf_counter()
import json, sys
from pathlib import Path
class WithoutPandas:
    @staticmethod
    def find_spec(name, *_):
        if name == "pandas":
            raise ImportError(name)
sys.meta_path.insert(0, WithoutPandas)
from address_match.service.wiring import open_pipeline
pipeline = open_pipeline(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None)
opened, cpu = time.perf_counter(), time.process_time()
pipeline.match(["FLAT 1, 12 HIGH STREET, LEEDS"])
seconds = {"open": opened - began, "open_cpu": cpu, "first_answer": time.perf_counter() - opened}
print(json.dumps(seconds))
"""
"""As the core is installed: without pandas, which PyArrow would import where it finds it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opening", description=__doc__)
    add_country_options(parser)
    parser.add_argument(
        "--runs", type=int, default=RUNS, help="new processes, of which medians are told (%(default)s)"
    )
    parser.add_argument("--beside", type=Path, help="another checkout, which opens the same index in turn")
    options = parser.parse_args(arguments)
    country = country_of(options)
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    checkouts = {"": _CHECKOUT, **({"beside_": options.beside.resolve()} if options.beside else {})}
    figures = openings(index, options.bundle, runs=options.runs, checkouts=checkouts)
    settings = {"premises": country.premises, "seed": country.seed, "runs": options.runs}
    texts = read_manifest(index).texts
    publish(Result("opening", settings, {"texts": texts, **figures}), options.out)
    return 0


def openings(
    index: Path,
    bundle: Path | None,
    *,
    runs: int = RUNS,
    checkouts: Mapping[str, Path] | None = None,
) -> dict[str, float]:
    """Open an index and match one address in new processes; return the medians of their seconds.

    `checkouts`, this one unless given, take turns; the names of their figures begin with their keys. Seconds to open
    are from the first import on, those of the processor from the start of Python. The byte code of all is there
    already, as after an installation.
    """
    told: dict[str, list[float]] = {}
    with TemporaryDirectory() as byte_code:
        for run in range(runs + 1):
            for prefix, checkout in (checkouts or {"": _CHECKOUT}).items():
                seconds = _opening(index, bundle, checkout, Path(byte_code) / prefix)
                for name, value in seconds.items() if run else ():  # the first run writes the byte code
                    told.setdefault(f"{prefix}{name}_seconds", []).append(value)
    return {name: median(values) for name, values in told.items()}


def _opening(index: Path, bundle: Path | None, checkout: Path, byte_code: Path) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_ANSWER, str(index), str(bundle.resolve() if bundle else "")],
        cwd=checkout,
        env={**environment, "PYTHONPATH": str(checkout), "PYTHONPYCACHEPREFIX": str(byte_code)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


if __name__ == "__main__":
    sys.exit(main())
