"""How many distinct addresses a core parses in a second, features included, and how long one address takes by itself.

Cold: nothing in the caches of the parser. Warm: other addresses of the same country were parsed before, so that common
words are known; the addresses measured are new. Seconds are CPU seconds, the medians of several runs.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from random import Random
from statistics import median

import numpy as np

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.texts.training_texts import training_texts
from address_match.parser.address_parser import AddressParser
from benchmarks.harness.result import Result, publish
from benchmarks.parser.measured_parser import MeasuredParser, add_parser_options, measured_parser

ADDRESSES = 20_000
SINGLE = 3_000
PREMISES = 200_000
SEED = 90_212
RUNS = 3
BATCH = 2_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    result = measure(measured_parser(options), options.addresses)
    publish(result, options.out)
    return 0


def measure(chosen: MeasuredParser, count: int) -> Result:
    """Parse distinct made-up addresses in batches and one by one."""
    texts = _distinct_texts(2 * count)
    measured, others = texts[:count], texts[count:]
    cold, warm, readings, best_five = [], [], [], []
    for _ in range(RUNS):
        parser = chosen.open()
        cold.append(_rate(parser.parse_batch, measured))
        parser = chosen.open()
        _rate(parser.parse_batch, others)
        warm.append(_rate(parser.parse_batch, measured))
        readings.append(_rate(parser.parse_fields, measured))
        best_five.append(_rate(partial(parser.parse_batch, nbest=5), measured[: count // 4]))
    parser = chosen.open()
    first = _milliseconds(parser, measured[:1])[0]
    unwarmed = _milliseconds(parser, measured[1:SINGLE])
    _rate(parser.parse_batch, others)
    single = _milliseconds(parser, measured[-SINGLE:])
    return Result(
        benchmark="parser_speed",
        settings={
            "addresses": len(measured),
            "seed": SEED,
            "runs": RUNS,
            "gazetteer": chosen.gazetteer is not None,
        },
        figures={
            "addresses_per_cpu_second_cold": median(cold),
            "addresses_per_cpu_second": median(warm),
            "readings_per_cpu_second": median(readings),
            "addresses_per_cpu_second_with_five_best": median(best_five),
            "first_address_ms": first,
            "one_address_ms_cold_p50": float(np.percentile(unwarmed, 50)),
            "one_address_ms_p50": float(np.percentile(single, 50)),
            "one_address_ms_p99": float(np.percentile(single, 99)),
        },
    )


def _distinct_texts(count: int) -> list[str]:
    places = SyntheticCountry(SEED, PREMISES).premises()
    texts = dict.fromkeys(text.text for text in training_texts(islice(places, 2 * count), Random(SEED)))
    # Neighbours share their street; an order by chance is what a file has.
    shuffled = list(texts)
    Random(SEED).shuffle(shuffled)
    return shuffled[:count]


def _rate(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    began = time.process_time()
    for start in range(0, len(texts), BATCH):
        work(texts[start : start + BATCH])
    return len(texts) / (time.process_time() - began)


def _milliseconds(parser: AddressParser, texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        began = time.perf_counter()
        parser.parse(text)
        taken.append((time.perf_counter() - began) * 1_000)
    return taken


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parser.speed", description=__doc__)
    parser.add_argument("--addresses", type=int, default=ADDRESSES, help="to parse (%(default)s)")
    add_parser_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
