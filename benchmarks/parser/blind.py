"""How many texts are parsed wholly right of what no training shows: a council's style, classes of noise, words for
neighbours, parts, houses.

The premises stand on streets that no learner has seen. The other councils' styles are measured beside, to tell a style
that is hard from one that was not learned. Texts of a style whose labels are not sure are left out. --names lets the
parser know the country's names.
"""

import argparse
import sys
from collections.abc import Sequence
from random import Random

from address_match.models.synthesis.councils.components import components_of
from address_match.models.synthesis.councils.council_texts import CouncilWriter
from address_match.models.synthesis.councils.styles import RESERVED_STYLE, STYLES
from address_match.models.synthesis.splits import EVALUATION_SPLITS, street_split
from address_match.models.synthesis.texts.wider_texts import RESERVED_WIDER, wider_text
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.conventions import with_conventional_labels
from address_match.parser.lexicon.lexicon import shipped_lexicon
from benchmarks.harness.result import Figure, Result, publish
from benchmarks.harness.synthetic import RESERVED, Country
from benchmarks.parser import synthetic_country
from benchmarks.parser.country_names import names_of
from benchmarks.parser.measured_parser import add_text_options, measured_parser
from benchmarks.parser.scores import by_kind, causes, share_right, token_calibration_error
from benchmarks.parser.verdicts import Case, Verdict, judge

PREMISES = 60_000
QUERIES = 12_000
"""Of all classes of noise; a seventh are of reserved ones."""
TEXTS = 2_000
"""A style."""
PREVALENCE = 2.0
SEED = 90_215
"""Of a country that training never sees."""
GOAL, GOAL_WITH_NAMES = 0.8, 0.88


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, left_out=0.0)
    chosen = measured_parser(options)
    parser = AddressParser.load(chosen.path, names_of(country.world)) if options.names else chosen.open()
    noisy = [case for case in synthetic_country.cases_of(country, options.queries) if case.kind in RESERVED]
    cases = [*style_cases(country, options.texts), *noisy, *kind_cases(country, options.texts)]
    verdicts = judge(parser, cases)
    if options.show:
        print("\n".join(synthetic_country.wrong(cases, verdicts)))
    publish(measure(country, parser, verdicts, names=options.names), options.out)
    return 0


def style_cases(country: Country, count: int) -> list[Case]:
    """Write premises on unseen streets in every style, the same ones in each, labelled by the conventions of the
    training.
    """
    unseen = [place for place in country.world if street_split(place) in EVALUATION_SPLITS]
    places = components_of(unseen)
    asked_for = [place.uprn for place in places if place.is_home_or_shop]
    uprns = asked_for[:: max(len(asked_for) // count, 1)][:count]
    writer = CouncilWriter(places, PREVALENCE, country.seed)
    lexicon = shipped_lexicon()
    return [
        Case(text.uprn, style, with_conventional_labels(text.labelled, lexicon))
        for style in STYLES
        for text in writer.write(style, uprns)
        if text.labelled
    ]


def kind_cases(country: Country, count: int) -> list[Case]:
    """Write premises on unseen streets as the kinds of texts whose words are reserved, a quarter of `count` of each."""
    lexicon, rng = shipped_lexicon(), Random(country.seed)
    unseen = [place for place in country.world if street_split(place) in EVALUATION_SPLITS]
    drawn = rng.sample(unseen, min(count, len(unseen)))
    return [
        Case(place.uprn, name, with_conventional_labels(text, lexicon))
        for name, kind in RESERVED_WIDER.items()
        for place in drawn[: count // 4]
        if (text := wider_text(place, kind, rng))
    ]


def measure(country: Country, parser: AddressParser, verdicts: Sequence[Verdict], *, names: bool) -> Result:
    """Sum the verdicts up: what is reserved, and the other styles."""
    parts = {
        "reserved_style": [verdict for verdict in verdicts if verdict.kind == RESERVED_STYLE],
        "reserved_noise": [verdict for verdict in verdicts if verdict.kind in RESERVED],
        "reserved_words": [verdict for verdict in verdicts if verdict.kind in RESERVED_WIDER],
        "other_styles": [verdict for verdict in verdicts if verdict.kind in {*STYLES} - {RESERVED_STYLE}],
    }
    figures: dict[str, Figure] = {}
    for name, some in parts.items():
        figures[f"whole_right_{name}"] = share_right(some)
        figures[f"token_calibration_error_{name}"] = token_calibration_error(some)
        figures[f"texts_{name}"] = float(len(some))
    goal = GOAL_WITH_NAMES if names else GOAL
    return Result(
        benchmark="parser_blind" + ("_with_names" if names else ""),
        settings={
            "premises": country.premises,
            "texts": len(verdicts),
            "prevalence": PREVALENCE,
            "seed": country.seed,
            "parser": parser.fingerprint[:12],
            "names_of_the_country": names,
        },
        figures=figures,
        tables=(
            by_kind(verdicts, dict.fromkeys((RESERVED_STYLE, *RESERVED, *RESERVED_WIDER), goal)),
            causes(verdicts),
        ),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parser.blind", description=__doc__)
    parser.add_argument("--size", type=int, default=PREMISES, help="premises of the country (%(default)s)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="noisy texts to draw from (%(default)s)")
    parser.add_argument("--texts", type=int, default=TEXTS, help="texts a style (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="seed of country and damage (%(default)s)")
    add_text_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
