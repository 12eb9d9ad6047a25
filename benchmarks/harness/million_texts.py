"""The made-up country of a million texts, on which the speed of a large reference is measured."""

import argparse

from benchmarks.harness.options import add_common_options
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
