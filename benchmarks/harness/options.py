import argparse
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "results"


def add_common_options(
    parser: argparse.ArgumentParser, *, size: int, queries: int | None = None, seed: int
) -> None:
    """Add the options that every benchmark on a synthetic country has, with their defaults."""
    parser.add_argument("--size", type=int, default=size, help="premises of the country (%(default)s)")
    if queries is not None:
        parser.add_argument("--queries", type=int, default=queries, help="addresses to match (%(default)s)")
    parser.add_argument("--seed", type=int, default=seed, help="seed of country and noise (%(default)s)")
    add_index_options(parser)


def add_index_options(parser: argparse.ArgumentParser) -> None:
    """Add the options about what is measured and where the result goes."""
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="take a reference and index of an earlier run, whatever code made them",
    )
