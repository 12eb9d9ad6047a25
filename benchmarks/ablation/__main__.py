"""What each channel of the search and each group of features earns, on accuracy and in milliseconds.

A channel is left out by a quota of zero; ranker and calibration stay those of the bundle, which learned with all three.
A group of features is left out by fitting ranker and calibration anew without it, on a smaller synthetic country and
with fewer pairs of features than the bundle's. All of it is measured on made-up streets that no learner has seen.
"""

import argparse
import sys
from collections.abc import Sequence

from benchmarks.ablation.channels import by_channels
from benchmarks.ablation.refit import Lessons, by_groups
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country

PREMISES = 40_000
QUERIES = 3_000
SEED = 90_210
LEFT_OUT = 0.3
GROUP_PREMISES = 20_000
GROUP_QUERIES = 2_000
INTERACTIONS = 8
REMARKS = (
    "A channel's milliseconds are CPU time of a query from text to answer, in batches.",
    "A group's are those of its features alone, for all candidates of a query; what groups share, such as the coding of columns, counts in each.",
    "Without a group, the traits of the query by which the calibration knows absence still see its features.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    parser_corpus = Lessons(options.group_size, options.group_queries, options.interactions, options.seed)
    channels = by_channels(country, options.queries, options.bundle, reuse=options.reuse)
    groups = by_groups(parser_corpus, options.bundle)
    result = Result(
        benchmark="ablation",
        settings={
            "premises": options.size,
            "queries": options.queries,
            "seed": options.seed,
            "left_out": LEFT_OUT,
            "group_premises": options.group_size,
            "group_queries": options.group_queries,
            "interactions": options.interactions,
        },
        figures={
            **{f"rank_1_by_{name}": measured["rank-1"] for name, measured in channels.items()},
            **{f"rank_1_without_{name}": measured["rank-1"] for name, measured in groups.items()},
        },
        tables=(
            columns_of([{"channels": name, **row} for name, row in channels.items()], "Channels"),
            columns_of([{"without": name, **row} for name, row in groups.items()], "Groups of features"),
        ),
        remarks=REMARKS,
    )
    publish(result, options.out)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument(
        "--group-size", type=int, default=GROUP_PREMISES, help="premises of the smaller country (%(default)s)"
    )
    parser.add_argument(
        "--group-queries",
        type=int,
        default=GROUP_QUERIES,
        help="to fit the ranker, to fit the calibration, and to measure, each (%(default)s)",
    )
    parser.add_argument(
        "--interactions", type=int, default=INTERACTIONS, help="pairs of features (%(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
