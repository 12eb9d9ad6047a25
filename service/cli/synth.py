import argparse
import os
from pathlib import Path

from address_match.service.cli.argument_types import natural, positive
from address_match.service.cli.command import Commands, add_command
from address_match.service.errors import UsageError

ABSENT_SHARE = 0.15
"""Share of the premises that the reference leaves out, and of the queries that ask for one of them."""

WORTH_PROCESSES = 100_000
"""Premises from which several processes write a reference sooner than one."""


def add_synth(commands: Commands) -> None:
    """Add the command that makes up a reference and addresses."""
    parser = add_command(commands, "synth", synth)
    parser.add_argument("--size", type=positive, default=20_000, metavar="N", help="premises (20000)")
    parser.add_argument(
        "--queries", type=natural, default=500, metavar="M", help="noisy addresses with their truth (500)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed makes the same bytes (1)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for reference.csv and queries.csv"
    )


def synth(arguments: argparse.Namespace) -> int:
    """Make up a reference and noisy addresses with their truth.

    Writes reference.csv, for `index build`, and queries.csv, for `match` and `evaluate`; 15 % of the queries ask for
    premises that the reference does not hold. Every name and premises is invented.
    """
    from address_match.models.synthesis.country.country import SyntheticCountry
    from address_match.models.synthesis.queries import make_queries, write_queries
    from address_match.models.synthesis.reference import is_left_out, write_country
    from address_match.service.batch.destination import replaced_at_the_end

    out, seed = arguments.out, arguments.seed
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder")
    out.mkdir(parents=True, exist_ok=True)
    # A little more than named, so that about the size remains when the absent ones are left out.
    country = SyntheticCountry(seed, round(arguments.size / (1 - ABSENT_SHARE)))

    def left_out(uprn: str) -> bool:
        return is_left_out(uprn, seed=seed, rate=ABSENT_SHARE)

    with replaced_at_the_end(out / "reference.csv", force=True) as path:
        texts = write_country(
            country, path, jobs=_jobs(arguments.size), leave_out_seed=seed, leave_out_rate=ABSENT_SHARE
        )
    with replaced_at_the_end(out / "queries.csv", force=True) as path:
        queries = write_queries(
            make_queries(
                country,
                count=arguments.queries,
                seed=seed,
                absent_rate=ABSENT_SHARE,
                left_out=left_out,
            ),
            path,
        )
    print(
        f"{out / 'reference.csv'}: {texts:,} texts; {out / 'queries.csv'}: {queries:,} addresses with their truth"
    )
    return 0


def _jobs(size: int) -> int:
    """Take a process a core where the country is large enough to be worth their start."""
    return (os.cpu_count() or 1) if size >= WORTH_PROCESSES else 1
