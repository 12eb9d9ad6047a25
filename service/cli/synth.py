import argparse
import os

from address_match.service.errors import UsageError

ABSENT_SHARE = 0.15
"""Share of the premises that the reference leaves out, and of the queries that ask for one of them."""

WORTH_PROCESSES = 100_000
"""Premises from which several processes write a reference sooner than one."""


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
    # A little more than asked for, so that about the size remains when the absent ones are left out.
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
