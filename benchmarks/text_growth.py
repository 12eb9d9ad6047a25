"""How the time of an address grows with its length: seeded patterns, repeated, through `parse` and what prepares a
query.

The growth exponent of a pattern is the slope of log time over log length: 1 where twice the length takes twice the
time, 2 where it takes four times as long. Seconds are CPU seconds, the least of several runs. Fails where a pattern
grows faster than it may and its longest text takes more than what nobody notices. Numpy keeps to one thread, as in the
commands: more of them wait for each other longer than they work, from some length on.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from threadpoolctl import threadpool_limits

from address_match.models.bundle import load_bundle
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.text_length import MAX_TEXT_LENGTH
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from address_match.service.opening.bundle_models import load_bundle_models
from benchmarks.harness.options import add_index_options
from benchmarks.harness.result import Figure, Result, Table, publish

PATTERNS = 500
SEED = 13
RUNS = 2
LENGTHS = tuple(MAX_TEXT_LENGTH // 2**halvings for halvings in (3, 2, 1, 0))
FASTEST_GROWTH = 1.3
UNNOTICED_MS = 20.0
SHOWN = 10

PARTS: dict[str, tuple[str, ...]] = {
    "words": ("ELM", "ROAD", "ST", "THE", "OF", "LEEDS", "HIGH", "MARY'S", "HEOL Y", "XQZVW", "É", "LS1 2AB", "PO BOX"),
    "units": ("FLAT", "ROOM 3", "UNIT B2", "BED 1", "BLOCK A", "STORE 4", "UNITS 4, 5 &", "FF RR", "1F/R", "GARAGE", "FLATS 1-9"),
    "relations": ("OUTSIDE", "LAND NORTH OF", "NEXT DOOR TO", "ABOVE", "REAR OF", "JUNCTION WITH", "BETWEEN", "AND", "EXCLUDING"),
    "parts": ("PART OF", "GROUND FLOOR", "FIRST AND SECOND FLOORS", "BASEMENT", "CRYPT", "HOARDING AT", "CAR PARK SPACE 7"),
    "fractions": ("7", "12A", "7½", "7 1/2", "1/2/3", "36/41", "14-16", "7.0", "01-Mar", "12 and a half", "1ST", "72QUARRY", "007"),
    "punctuation": (",", ".", "(", ")", "&", "-", "/", '"', "'", "#", "\\n", "&#44;", "%20", '{"a":', "+", "[", ";", "\u00a0"),
}  # fmt: skip
"""What patterns are made of."""
SEPARATORS = (" ", " ", " ", ", ", "", "-", "/")
NAMES = {
    NameField.STREET: {"ELM ROAD": 3, "HIGH STREET": 5, "ST MARY'S ROAD": 2, "HEOL Y ELM": 1},
    NameField.TOWN: {"LEEDS": 9},
}
"""What the parser knows of a reference."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time of one pattern grows."""

    work: str
    pattern: str
    exponent: float
    longest_ms: float
    """Of its text of the greatest length."""

    @property
    def is_too_fast(self) -> bool:
        """Return whether it is what the benchmark fails for."""
        return self.exponent > FASTEST_GROWTH and self.longest_ms > UNNOTICED_MS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and return 1 where a pattern grows too fast."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.text_growth", description=__doc__)
    parser.add_argument("--patterns", type=int, default=PATTERNS, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the patterns (%(default)s)")
    add_index_options(parser)
    options = parser.parse_args(arguments)
    works = works_of(options.bundle)
    with threadpool_limits(1):
        growths = [
            growth_of(name, work, pattern)
            for pattern in patterns(options.patterns, options.seed)
            for name, work in works.items()
        ]
    publish(_result(growths, options.patterns, options.seed), options.out)
    return 1 if any(growth.is_too_fast for growth in growths) else 0


def patterns(count: int, seed: int) -> list[str]:
    """Make distinct patterns of one to five parts, each with what stands between it and the next."""
    dice = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        kinds = dice.choices(list(PARTS.values()), k=dice.randint(1, 5))
        found["".join(dice.choice(kind) + dice.choice(SEPARATORS) for kind in kinds)] = None
    return list(found)


def works_of(bundle: Path | None) -> dict[str, Callable[[str], object]]:
    """Return what is done with a text: it is parsed, or prepared as a query."""
    models = load_bundle_models(load_bundle(bundle), build_gazetteer(NAMES, shipped_lexicon()))
    return {
        "parse": models.parser.parse,
        "prepare": lambda text: parse_and_encode([text], models.parser, models.encoder),
    }


def growth_of(name: str, work: Callable[[str], object], pattern: str) -> Growth:
    """Measure the work on texts of `LENGTHS` that repeat a pattern."""
    seconds = [_seconds(partial(work, _repeated(pattern, length))) for length in LENGTHS]
    exponent = float(np.polyfit(np.log(LENGTHS), np.log(seconds), 1)[0])
    return Growth(name, pattern, exponent, seconds[-1] * 1_000)


def _repeated(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


def _seconds(work: Callable[[], object]) -> float:
    found: list[float] = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return max(min(found), 1e-6)


def _result(growths: Sequence[Growth], count: int, seed: int) -> Result:
    worst = sorted(growths, key=lambda growth: (growth.is_too_fast, growth.exponent), reverse=True)[:SHOWN]
    columns = ("work", "pattern", "exponent", "ms at the longest")
    rows = tuple((each.work, ascii(each.pattern), each.exponent, each.longest_ms) for each in worst)
    figures: dict[str, Figure] = {"too_fast": sum(growth.is_too_fast for growth in growths)}
    for work in dict.fromkeys(growth.work for growth in growths):
        of_work = [growth for growth in growths if growth.work == work]
        figures[f"{work}_median_exponent"] = float(np.median([growth.exponent for growth in of_work]))
        figures[f"{work}_greatest_exponent"] = max(growth.exponent for growth in of_work)
        figures[f"{work}_slowest_ms"] = max(growth.longest_ms for growth in of_work)
    return Result(
        benchmark="text_growth",
        settings={"patterns": count, "seed": seed, "runs": RUNS, "longest": LENGTHS[-1]},
        figures=figures,
        tables=(Table("Fastest growth", columns, rows),),
    )


if __name__ == "__main__":
    sys.exit(main())
