"""Damage that nobody here designed: premises written in the styles and with the errors of real councils, and looked for
again.

Takes a tab-separated reference (uprn, address, postcode), or makes a country up. A part of the premises is left out of
the reference, so that some of the texts are of absent ones. A text that became the address of another premises counts
as that one too, and is not asked for where only that one is held; nor is one whose flat or number the damage took or
changed. The style of one council, `cornwall`, is kept out of every training. Errors come twice as often as councils
make them, since as they come most texts differ by style alone. --peer puts the same rows to uk-address-matcher, in an
environment of its own, one thread each.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from address_match.models.synthesis.councils.council_texts import CouncilText, CouncilWriter
from address_match.models.synthesis.councils.styles import RESERVED_STYLE, STYLES
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.reference import is_left_out, write_reference
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.matchers import AddressMatch, Matcher
from benchmarks.harness.options import RESULTS
from benchmarks.harness.peer import UkAddressMatcher
from benchmarks.harness.real_rows import rows_with_address
from benchmarks.harness.result import Figure, Result, publish
from benchmarks.harness.side_by_side import Measured, cost_table, figures_of, measure, scores_table
from benchmarks.independent.places import Place, places_of_premises, places_of_rows

PREMISES = 60_000
"""Of a made-up country, where no file is given."""
QUERIES = 2_000
"""A style."""
ABSENT = 0.3
SPARE = 1.5
"""Premises left out for each that is asked for in vain: some of their texts are of another one."""
PREVALENCE = 2.0
SEED = 90_214
"""Of a country that training never sees."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Which premises the reference lacks."""

    seed: int
    rate: float

    def lacks(self, place: Place) -> bool:
        """Return whether a premises is left out; all that may be the same place are left out together."""
        return is_left_out(place.absent_with, seed=self.seed, rate=self.rate)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    matchers: list[Matcher] = [AddressMatch(options.bundle)]
    if options.peer:
        matchers.append(UkAddressMatcher.installed())
    places = _places(options)
    gap = Gap(options.seed, min(0.5, SPARE * ABSENT * options.queries * len(STYLES) / len(places)))
    queries = make_queries(places, gap, options)
    with TemporaryDirectory(prefix="address-match-") as folder:
        reference = Path(folder) / "reference.csv"
        _write_reference(options, {place.components.uprn for place in places if gap.lacks(place)}, reference)
        measured = [measure(matcher, reference, queries) for matcher in matchers]
    publish(_result(measured, queries, len(places), options), options.out)
    return 0


def make_queries(places: Sequence[Place], gap: Gap, options: argparse.Namespace) -> list[EvaluationQuery]:
    """Write texts of held and of absent premises in every style, each style about other premises."""
    rng = Random(options.seed)
    asked_for = [place for place in places if place.components.is_home_or_shop]
    absent = [place for place in asked_for if gap.lacks(place)]
    held = [place for place in asked_for if not gap.lacks(place)]
    rng.shuffle(absent)
    rng.shuffle(held)
    asked_absent = round(options.queries * ABSENT)
    writer = CouncilWriter([place.components for place in places], options.prevalence, options.seed)
    truth = Truth(places, gap)
    queries: list[EvaluationQuery] = []
    for number, style in enumerate(STYLES):
        drawn = [*_share(held, number), *_share(absent, number)]
        written = writer.write(style, [place.components.uprn for place in drawn])
        asked = [query for text in written if (query := truth.query(text, style))]
        queries += [query for query in asked if query.present][: options.queries - asked_absent]
        queries += [query for query in asked if not query.present][:asked_absent]
    return queries


def _share(places: Sequence[Place], number: int) -> Sequence[Place]:
    """Give each style premises of its own: as many as there are for it, in every case enough."""
    return places[number :: len(STYLES)]


class Truth:
    """Knows which answers to a text are right."""

    def __init__(self, places: Iterable[Place], gap: Gap) -> None:
        self._places = {place.components.uprn: place for place in places}
        self._held: dict[str, set[str]] = defaultdict(set)
        for place in self._places.values():
            if not gap.lacks(place):
                self._held[place.same_as].add(place.components.uprn)

    def query(self, text: CouncilText, style: str) -> EvaluationQuery | None:
        """State a text with its truth; None where it names no premises, or one that is held instead of an absent one."""
        meant = self._answers(text.uprn)
        read_as = {uprn for other in text.reads_as for uprn in self._answers(other)}
        if not text.text or not text.names_the_premises or (read_as and not meant):
            return None
        return EvaluationQuery(text.text, frozenset(meant | read_as), style)

    def _answers(self, uprn: str) -> set[str]:
        return self._held[self._places[uprn].same_as]


def _places(options: argparse.Namespace) -> list[Place]:
    if options.reference:
        return places_of_rows(rows_with_address(options.reference))
    return places_of_premises(SyntheticCountry(options.seed, options.size))


def _write_reference(options: argparse.Namespace, lacking: Collection[str], path: Path) -> None:
    """Write all premises except for those that are lacking, even those that no text is made of."""
    if not options.reference:
        country = SyntheticCountry(options.seed, options.size)
        write_reference((each for each in country if each.uprn not in lacking), path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("uprn", "address", "postcode"))
        lines.writerows(
            (row["uprn"], row["address"], row["postcode"])
            for row in rows_with_address(options.reference)
            if row["uprn"] not in lacking
        )


def _result(
    measured: Sequence[Measured],
    queries: Sequence[EvaluationQuery],
    premises: int,
    options: argparse.Namespace,
) -> Result:
    ours = measured[0]
    reserved: dict[str, Figure] = {
        f"{name}_reserved_style": value
        for name, value in figures_of(ours.scores(queries, RESERVED_STYLE)).items()
    }
    return Result(
        benchmark="independent",
        settings={
            "reference": "a file" if options.reference else "made up",
            "premises": premises,
            "queries": len(queries),
            "absent": ABSENT,
            "prevalence": options.prevalence,
            "reserved_style": RESERVED_STYLE,
            "seed": options.seed,
        },
        figures=figures_of(ours.scores(queries)) | reserved,
        tables=(scores_table(measured, queries), cost_table(measured)),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.independent", description=__doc__)
    parser.add_argument(
        "reference", type=Path, nargs="?", help="uprn, address, postcode; tab-separated, also .gz"
    )
    parser.add_argument("--size", type=int, default=PREMISES, help="premises to make up (%(default)s)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="texts a style (%(default)s)")
    parser.add_argument(
        "--prevalence",
        type=float,
        default=PREVALENCE,
        help="how many times as often as in the councils errors come (%(default)s)",
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of choice and damage (%(default)s)")
    parser.add_argument("--peer", action="store_true", help="measure uk-address-matcher on the same rows")
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
