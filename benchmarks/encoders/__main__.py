"""What encoders find and what they cost: recall by class of noise against exact search, pairs that must not be
confused, speed and memory; BM25 and trigrams beside them.

Fails with exit code 1 when the recall of the first encoder is worse than the checked-in baseline by more than noise.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from address_match.indexer.ports import Encoder
from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.synthesis.splits import EVALUATION_SPLITS, street_split
from benchmarks.encoders.corpus import Corpus, corpus_of, read_reference
from benchmarks.encoders.dev_pairs import found_among_first
from benchmarks.encoders.number_pairs import NumberPair, margins, number_pairs
from benchmarks.encoders.options import add_encoder_option, chosen_encoders
from benchmarks.encoders.report import (
    by_class,
    confusion_figures,
    confusions,
    cost_figures,
    overall,
    recall_figures,
    speeds,
)
from benchmarks.encoders.retrieval import Ranking, dense_rankings, lexical_rankings
from benchmarks.encoders.speed import TEXTS, measure_cost
from benchmarks.harness.baseline import Watched, compare, verdict
from benchmarks.harness.million_texts import MILLION_TEXTS
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Figure, Result, publish
from benchmarks.harness.synthetic import Country, reference_of

PREMISES = 200_000
SEED = 90_210
LEFT_OUT = 0.15
"""Only premises that the reference holds are asked for."""
QUERIES = 6_000
PAIRS = 2_000
"""Of each kind that must not be confused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether something was lost."""
    options = _options().parse_args(arguments)
    directories = chosen_encoders(options)
    result = measure(directories, options)
    first = next(iter(directories))
    watched = (
        Watched(f"{first}_recall_at_1_trained", more_is_better=True, sample="queries_trained"),
        Watched(f"{first}_recall_at_10_trained", more_is_better=True, sample="queries_trained"),
        Watched(f"{first}_recall_at_1_reserved", more_is_better=True, sample="queries_reserved"),
    )
    comparison = compare(result, watched)
    publish(result, options.out)
    return verdict(comparison)


def measure(directories: Mapping[str, Path], options: argparse.Namespace) -> Result:
    """Measure every encoder, and the lexical methods unless they are left out."""
    country = Country(options.seed, options.size, LEFT_OUT)
    corpus = corpus_of(country, options.queries, reuse=options.reuse)
    encoders = {name: open_encoder(path, device=options.device) for name, path in directories.items()}
    rankings = _rankings(corpus, encoders, options)
    pairs = _pairs(country, options.pairs)
    margins_of = {name: margins(encoder, pairs) for name, encoder in encoders.items()}
    million = _million(reuse=options.reuse) if options.million else None
    costs = {
        name: measure_cost(encoder, directories[name], corpus.texts, million, each=options.timed_texts)
        for name, encoder in encoders.items()
    }
    return Result(
        benchmark=options.name,
        settings={
            "premises": country.premises,
            "texts": len(corpus.texts),
            "queries": options.queries,
            "seed": country.seed,
            "pairs_of_each_kind": options.pairs,
            "timed_texts": options.timed_texts,
            "encoders": ", ".join(encoders),
        },
        figures={
            **recall_figures(corpus, rankings),
            **confusion_figures(pairs, margins_of),
            **cost_figures(costs),
            **_dev_figures(encoders, options),
        },
        tables=(
            overall(corpus, rankings),
            confusions(pairs, margins_of),
            *speeds(costs),
            *by_class(corpus, rankings),
        ),
        remarks=tuple(options.remark),
    )


def _rankings(corpus: Corpus, encoders: Mapping[str, Encoder], options: argparse.Namespace) -> list[Ranking]:
    rankings = [] if options.no_lexical else list(lexical_rankings(corpus))
    for name, encoder in encoders.items():
        rankings += dense_rankings(name, corpus, encoder, device=options.device)
    return rankings


def _pairs(country: Country, count: int) -> list[NumberPair]:
    unseen = (place for place in country.world if street_split(place) in EVALUATION_SPLITS)
    return number_pairs(unseen, count, random.Random(country.seed))


def _million(*, reuse: bool) -> list[str]:
    return read_reference(reference_of(MILLION_TEXTS, reuse=reuse))[0]


def _dev_figures(encoders: Mapping[str, Encoder], options: argparse.Namespace) -> dict[str, Figure]:
    if options.dev_pairs is None:
        return {}
    queries, reference = options.dev_pairs
    return {
        f"{name}_dev_pairs_in_first_10": found_among_first(encoder, queries, reference, 10)
        for name, encoder in encoders.items()
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoders", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    add_encoder_option(parser)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of each kind (%(default)s)")
    parser.add_argument(
        "--timed-texts", type=int, default=TEXTS, help="encoded to time each size of batch (%(default)s)"
    )
    parser.add_argument("--name", default="encoders", help="of the files of the result (%(default)s)")
    parser.add_argument(
        "--remark",
        action="append",
        default=[],
        help="a sentence about the encoders, for the reader of the result",
    )
    parser.add_argument("--device", default="cpu", help="of search and transformers (%(default)s)")
    parser.add_argument("--no-lexical", action="store_true", help="leave BM25 and trigrams out")
    parser.add_argument("--million", action="store_true", help="encode the reference of a million texts, too")
    parser.add_argument(
        "--dev-pairs",
        type=Path,
        nargs=2,
        metavar=("QUERIES", "REFERENCE"),
        help="files as benchmarks.dev_pairs takes them; only a count of them is written",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
