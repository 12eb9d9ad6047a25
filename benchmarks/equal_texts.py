"""How often an address that is a text of one premises alone means another one, and what it gains to answer it without a
search.

The texts of a made-up country are asked for, of which a reference lacks as many premises as the default prior says.
Beside that, the standard mix and a file of which four in five are as registered are answered with that way and without.
"""

import argparse
import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median

from address_match.indexer.lexical.canonical_text import canonical_text
from address_match.models.calibration.prior import DEFAULT_PRIOR
from address_match.models.synthesis.query_classes import REGISTERED_WITH_POSTCODE
from address_match.models.synthesis.reference import write_reference
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import answers_to
from benchmarks.harness.cost import timed
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Figure, Result, publish
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

LEFT_OUT = 0.05
REPETITIONS = 3
REGISTERED_SHARE = 0.8


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.equal_texts", description=__doc__)
    add_common_options(parser, size=14_500, queries=12_000, seed=23)
    parser.add_argument("--world", type=int, default=100_000, help="premises that are counted (%(default)s)")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    mix = standard_mix_of(country, options.queries, reuse=options.reuse)
    files = {"standard_mix": addresses_of(mix), "registered": _mostly_registered(mix)}
    figures = _meant_otherwise(Country(options.seed, options.world, DEFAULT_PRIOR))
    with closing(open_pipeline(index_of(country, bundle=options.bundle, reuse=options.reuse))) as pipeline:
        for name, texts in files.items():
            figures |= {f"{name}_{figure}": value for figure, value in _two_ways(pipeline, texts).items()}
    settings = {name: getattr(options, name) for name in ("size", "queries", "seed", "world")}
    publish(Result("equal_texts", settings, figures), options.out)
    return 0


def _meant_otherwise(country: Country) -> dict[str, Figure]:
    """Count the texts of a country that are written like one held premises alone, and those of them that are of one
    that is not held.
    """
    held: dict[str, set[str]] = defaultdict(set)
    lacking: list[str] = []
    for uprn, text in _texts_of(country):
        if country.is_left_out(uprn):
            lacking.append(text)
        else:
            held[text].add(uprn)
    right = sum(len(premises) == 1 for premises in held.values())
    wrong = sum(len(held.get(text, ())) == 1 for text in lacking)
    return {
        "equal_texts": right + wrong,
        "meant_otherwise": wrong,
        "meant_otherwise_share": wrong / (right + wrong),
    }


def _texts_of(country: Country) -> Iterator[tuple[str, str]]:
    """Yield the UPRN of every text of a country, held or not, and how the text is canonically written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.csv"
        write_reference(iter(country.world), path)
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield row["uprn"], canonical_text(row["address"])


def _mostly_registered(mix: Path) -> list[str]:
    """Return addresses of a mix in another order, of which four in five are as registered except for how they are written."""
    with mix.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    is_registered = [row["class"] == REGISTERED_WITH_POSTCODE and row["absent"] == "0" for row in rows]
    registered = [row["address"] for row, is_one in zip(rows, is_registered, strict=True) if is_one]
    others = [row["address"] for row, is_one in zip(rows, is_registered, strict=True) if not is_one]
    texts = registered + others[: round(len(registered) * (1 / REGISTERED_SHARE - 1))]
    Random(0).shuffle(texts)
    return texts


def _two_ways(pipeline: MatchPipeline, texts: Sequence[str]) -> dict[str, Figure]:
    """Answer texts with one candidate listed and with two, for which each is searched; in turns."""
    ways: dict[int, list[float]] = {1: [], 2: []}
    decisions: dict[int, list[tuple[str, str]]] = {}
    for _ in range(REPETITIONS):
        for top, seconds in ways.items():
            with timed() as watch:
                answers = answers_to(pipeline, texts, thorough=False, top=top)
            seconds.append(watch.cpu_seconds)
            decisions[top] = [(answer.status, answer.uprn) for answer in answers]
    different = sum(one != other for one, other in zip(decisions[1], decisions[2], strict=True))
    return {
        "per_cpu_second": len(texts) / median(ways[1]),
        "per_cpu_second_searched": len(texts) / median(ways[2]),
        "answers_that_differ_share": different / len(texts),
    }


if __name__ == "__main__":
    sys.exit(main())
