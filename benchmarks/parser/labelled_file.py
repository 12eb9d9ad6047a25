"""How many addresses of a labelled file are parsed wholly right, as they stand and written in other ways.

Takes a tab-separated file with the columns address_id, position, token and label. Its addresses are printed with --show
only, and never written to a result. --before names the verdicts of an earlier run: wins and losses are shown by cause.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from address_match.parser.address_parser import AddressParser
from address_match.parser.labelled_text import render
from benchmarks.harness.result import Result, publish
from benchmarks.parser.labelled_addresses import LabelledAddress, read_labelled_addresses
from benchmarks.parser.measured_parser import add_parser_options, measured_parser
from benchmarks.parser.perturbations import PERTURBATIONS, Perturbation
from benchmarks.parser.scores import (
    by_kind,
    causes,
    confusion,
    parse_calibration_error,
    share_right,
    token_calibration_error,
    wins_and_losses,
)
from benchmarks.parser.verdicts import Case, Verdict, judge, read_causes, write_verdicts

VERDICTS = "parser_labelled_file.verdicts.tsv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result and its verdicts."""
    options = _options().parse_args(arguments)
    before = read_causes(options.before) if options.before else None
    parser = measured_parser(options).open()
    cases = cases_of(read_labelled_addresses(options.labelled))
    verdicts = judge(parser, cases)
    if options.show:
        print("\n".join(_wrong(cases, verdicts)))
    result = measure(parser, verdicts, before)
    publish(result, options.out)
    write_verdicts(verdicts, options.out / VERDICTS)
    return 0


def cases_of(addresses: Sequence[LabelledAddress]) -> list[Case]:
    """Write every address in every way, as often as that way has seeds."""
    return [case for way in PERTURBATIONS for case in _cases(addresses, way)]


def measure(
    parser: AddressParser, verdicts: Sequence[Verdict], before: dict[tuple[str, str], str] | None = None
) -> Result:
    """Sum the verdicts of a file up."""
    tables = [by_kind(verdicts, {way.name: way.goal for way in PERTURBATIONS}), causes(verdicts)]
    if before is not None:
        tables.append(wins_and_losses(verdicts, before))
    return Result(
        benchmark="parser_labelled_file",
        settings={"parser": parser.fingerprint[:12], "cases": len(verdicts)},
        figures={
            "whole_right": share_right(verdicts),
            "token_calibration_error": token_calibration_error(verdicts),
            "parse_calibration_error": parse_calibration_error(verdicts),
        },
        tables=(*tables, confusion(verdicts)),
    )


def _cases(addresses: Sequence[LabelledAddress], way: Perturbation) -> Iterator[Case]:
    for seed in range(way.seeds):
        for address in addresses:
            # A text as the seed: the same address slips in the same way whatever else the file holds.
            words = way.write(address.words, Random(f"{way.name} {address.name} {seed}"))
            yield Case(f"{address.name} {seed}", way.name, render(words))


def _wrong(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Iterator[str]:
    for case, verdict in zip(cases, verdicts, strict=True):
        if not verdict.right:
            yield f"{case.kind}: {case.labelled.text}\n    {verdict.causes} ({verdict.probability:.3f})"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parser.labelled_file", description=__doc__)
    parser.add_argument("labelled", type=Path, help="address_id, position, token, label")
    add_parser_options(parser)
    parser.add_argument("--before", type=Path, metavar="VERDICTS.tsv", help="verdicts of an earlier run")
    parser.add_argument("--show", action="store_true", help="print the addresses that went wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())
