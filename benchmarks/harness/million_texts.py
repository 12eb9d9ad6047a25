"""The made-up country of a million texts, on which the speed of a large reference is measured."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import Country

MILLION_TEXTS = Country(seed=11, premises=735_000, left_out=0.05)
"""Its reference has 1,000,078 texts."""
MILLION_MIX = 100_000
"""Addresses of the standard mix on it."""


def add_country_options(parser: argparse.ArgumentParser, *, queries: int | None = None) -> None:
    """Add the common options, whose size and seed are those of the country unless given."""
    add_common_options(parser, size=MILLION_TEXTS.premises, queries=queries, seed=MILLION_TEXTS.seed)


def country_of(options: argparse.Namespace) -> Country:
    """Return the country that the options ask for: this one, or a smaller or another one made alike."""
    return Country(options.seed, options.size, MILLION_TEXTS.left_out)


class MeasuredMatching(Protocol):
    """What a benchmark of matching does."""

    def __call__(self, country: Country, count: int, *, bundle: Path | None, reuse: bool) -> Result:
        """Match so many addresses of the standard mix on a country, by a bundle or the shipped one; return what it
        took.
        """


def publish_measured(
    name: str, question: str, measure: MeasuredMatching, arguments: Sequence[str] | None, *, queries: int
) -> int:
    """Measure on the country that the arguments ask for, and write the result; the whole of a benchmark that cannot
    fail.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=question)
    add_country_options(parser, queries=queries)
    options = parser.parse_args(arguments)
    result = measure(country_of(options), options.queries, bundle=options.bundle, reuse=options.reuse)
    publish(result, options.out)
    return 0
