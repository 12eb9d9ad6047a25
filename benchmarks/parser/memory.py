"""What the parser takes on disk and in memory, without a gazetteer and with that of a country.

Each figure is of a process of its own: the resident memory after the parser was opened and has parsed some addresses,
less that of a process that only imported it.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from address_match.models.synthesis.country.country import SyntheticCountry
from benchmarks.harness.result import Figure, Result, publish
from benchmarks.parser.country_names import write_gazetteer
from benchmarks.parser.measured_parser import MeasuredParser, add_parser_options, measured_parser

PREMISES = 1_000_000
SEED = 90_213
_MIB = 1 << 20
_PARSE_SOME = "12 ELM ROAD LEEDS LS1 2AB", "FLAT 3 ALDER COURT HIGH STREET BATH", "THE FORGE CHURCH LANE HULL"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result, or, with --resident, print what this one process takes."""
    options = _options().parse_args(arguments)
    chosen = measured_parser(options)
    if options.resident:
        print(_resident(chosen, opened=options.resident == "opened"))
        return 0
    publish(measure(chosen, options.size), options.out)
    return 0


def measure(chosen: MeasuredParser, premises: int) -> Result:
    """Weigh the files, and processes with and without the gazetteer of a country."""
    with TemporaryDirectory(prefix="address-match-") as folder:
        names = chosen.gazetteer or write_gazetteer(SyntheticCountry(SEED, premises), Path(folder))
        with_names = MeasuredParser(chosen.bundle, chosen.path, names)
        without = MeasuredParser(chosen.bundle, chosen.path)
        nothing = _resident_mib(without, "imported")
        figures: dict[str, Figure] = {
            "model_file_mib": chosen.path.stat().st_size / _MIB,
            "gazetteer_files_mib": sum(file.stat().st_size for file in names.iterdir()) / _MIB,
            "resident_mib": _resident_mib(without, "opened") - nothing,
            "resident_mib_with_gazetteer": _resident_mib(with_names, "opened") - nothing,
            "resident_mib_of_the_process_with_gazetteer": _resident_mib(with_names, "opened"),
        }
    return Result("parser_memory", {"premises": premises, "seed": SEED}, figures)


def _resident_mib(chosen: MeasuredParser, state: str) -> float:
    """Ask a process of its own what it takes."""
    named = ["--model", str(chosen.path)]
    named += ["--gazetteer", str(chosen.gazetteer)] if chosen.gazetteer else []
    command = [sys.executable, "-m", "benchmarks.parser.memory", "--resident", state, *named]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ,
    )
    return float(done.stdout)


def _resident(chosen: MeasuredParser, *, opened: bool) -> float:
    """Return the resident memory of this process in MiB, at its highest; mapped files count as far as they were read."""
    if opened:
        chosen.open().parse_batch(_PARSE_SOME)
    # Not what getrusage tells: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    highest = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(highest.split()[1]) / 1024


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parser.memory", description=__doc__)
    parser.add_argument("--size", type=int, default=PREMISES, help="premises of the country (%(default)s)")
    add_parser_options(parser)
    parser.add_argument("--resident", choices=("imported", "opened"), help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
