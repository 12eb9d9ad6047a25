"""How many texts of a synthetic country are parsed wholly right, on streets that no learner has seen.

Mixed noise and each of its classes, and apart from them the classes of noise that are kept out of all training.
"""

import argparse
import sys
from collections.abc import Sequence

from address_match.models.synthesis.noise.table import RESERVED_NOISE
from address_match.models.synthesis.query_classes import MIXED
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.conventions import with_conventional_labels
from address_match.parser.labelled_text import LabelledText
from address_match.parser.lexicon.lexicon import shipped_lexicon
from benchmarks.harness.result import Figure, Result, Table, publish
from benchmarks.harness.synthetic import RESERVED, Country, evaluation_queries
from benchmarks.parser.country_names import names_of
from benchmarks.parser.measured_parser import add_text_options, measured_parser
from benchmarks.parser.scores import (
    by_kind,
    causes,
    confusion,
    parse_calibration_error,
    share_right,
    share_within_best,
    token_calibration_error,
)
from benchmarks.parser.verdicts import Case, Verdict, judge

PREMISES = 60_000
QUERIES = 12_000
SEED = 90_211
"""Of a country that training never sees."""
GOALS = {MIXED: 0.90} | {noise.name: 0.80 for noise in RESERVED_NOISE}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, left_out=0.0)
    names = names_of(country.world) if options.names else None
    parser = (
        AddressParser.load(measured_parser(options).path, names) if names else measured_parser(options).open()
    )
    cases = cases_of(country, options.queries)
    verdicts = judge(parser, cases)
    if options.show:
        print("\n".join(wrong(cases, verdicts)))
    result = measure(country, parser, verdicts, names=options.names)
    publish(result, options.out)
    return 0


def cases_of(country: Country, count: int) -> list[Case]:
    """Return noisy texts of premises on unseen streets, labelled by the same conventions as those of the training."""
    lexicon = shipped_lexicon()
    queries = evaluation_queries(country, count, absent_rate=0.0)
    return [
        Case(
            str(number),
            query.noise_class,
            with_conventional_labels(LabelledText(query.text, query.spans), lexicon),
        )
        for number, query in enumerate(queries)
    ]


def measure(
    country: Country, parser: AddressParser, verdicts: Sequence[Verdict], *, names: bool = False
) -> Result:
    """Sum the verdicts up, reserved noise apart; `names` says whether the parser knew those of the country."""
    parts = {
        "mixed": [verdict for verdict in verdicts if verdict.kind == MIXED],
        "trained": [verdict for verdict in verdicts if verdict.kind not in RESERVED],
        "reserved": [verdict for verdict in verdicts if verdict.kind in RESERVED],
    }
    return Result(
        benchmark="parser_made_up_world" + ("_with_names" if names else ""),
        settings={
            "premises": country.premises,
            "texts": len(verdicts),
            "seed": country.seed,
            "parser": parser.fingerprint[:12],
            "names_of_the_country": names,
        },
        figures={
            name: figure for part, some in parts.items() for name, figure in _figures(part, some).items()
        },
        tables=(
            by_kind(sorted(verdicts, key=lambda v: (v.kind in RESERVED, v.kind)), GOALS),
            causes(parts["trained"]),
            _calibration(parts["trained"]),
            confusion(verdicts),
        ),
    )


def _figures(part: str, verdicts: Sequence[Verdict]) -> dict[str, Figure]:
    return {
        f"whole_right_{part}": share_right(verdicts),
        f"within_five_best_{part}": share_within_best(verdicts),
        f"token_calibration_error_{part}": token_calibration_error(verdicts),
        f"parse_calibration_error_{part}": parse_calibration_error(verdicts),
        f"texts_{part}": float(len(verdicts)),
    }


def _calibration(verdicts: Sequence[Verdict]) -> Table:
    """Tabulate the probabilities of whole parses in ten bins: what was claimed, and how many were right."""
    rows = []
    for tenth in range(10):
        some = [verdict for verdict in verdicts if min(int(verdict.probability * 10), 9) == tenth]
        if some:
            claimed = sum(verdict.probability for verdict in some) / len(some)
            rows.append(
                (f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", len(some), claimed, share_right(some))
            )
    return Table(
        "Whole parses by their probability, trained classes",
        ("bin", "texts", "claimed", "right"),
        tuple(rows),
    )


def wrong(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> list[str]:
    """Describe the texts that were parsed differently from how they are labelled."""
    return [
        f"{case.kind}: {case.labelled.text!r}\n    {verdict.causes} ({verdict.probability:.3f})"
        for case, verdict in zip(cases, verdicts, strict=True)
        if not verdict.right
    ]


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.parser.synthetic_country", description=__doc__
    )
    parser.add_argument("--size", type=int, default=PREMISES, help="premises of the country (%(default)s)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="texts to parse (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="seed of country and noise (%(default)s)")
    add_text_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
