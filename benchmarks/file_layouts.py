"""Made-up premises written in the layouts in which people hold addresses, as references and as files to match.

Each layout is a header and what stands under it. A reference is built without a mapping and asked for its premises; a
file is matched against a reference of whole addresses. A layout is right where it answers as the plain one does except for
`TOLERANCE`, refused where a message says why, else silently wrong. Fails where any is silently wrong.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from address_match.indexer.errors import IndexerError
from address_match.indexer.sources.table import open_table
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import flat_text, number_text
from address_match.parser.labelled_text import render
from address_match.service.batch.input.input_addresses import (
    find_address,
    read_batches,
    refuse_unclear_premises,
)
from address_match.service.batch.trial.column_trial import tried_by_columns
from address_match.service.build import build
from address_match.service.errors import UsageError
from address_match.service.matching.answer import Answer, Status
from address_match.service.wiring import open_pipeline
from benchmarks.harness.layouts import BARE, FILES, REFERENCES
from benchmarks.harness.options import RESULTS
from benchmarks.harness.result import Result, Table, publish

SEED = 16
SIZE = 400
TOLERANCE = 0.03
KINDS = frozenset({"house", "flat", "farm", "business", "unit"})
_BATCH_ROWS = 2_000
_NEXT = 13
"""Rows between a premises and the one whose address stands beside its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the premises in one layout."""

    layout: str
    right: int = 0
    """Premises that are matched to themselves."""
    wrong: int = 0
    """Premises that are matched to another one."""
    refusal: str = ""
    """Why the file was not taken."""

    def verdict(self, plain: "Outcome", asked: int) -> str:
        """Return right, refused or silently wrong, measured by the plain layout of as many premises."""
        if self.refusal:
            return "refused"
        lost = max(plain.right - self.right, self.wrong - plain.wrong)
        return "right" if lost <= TOLERANCE * asked else "silently wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, build and match each layout, and write the result."""
    options = _options().parse_args(arguments)
    premises = [p for p in SyntheticCountry(SEED, options.size) if p.kind in KINDS and p.postcode]
    premises = list(islice(premises, options.size))
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        references = [_built(name, premises, Path(folder), options.bundle) for name in REFERENCES]
        files = [_matched(name, premises, Path(folder), options.bundle) for name in FILES]
    result = _result(references, files, len(premises), options.size)
    publish(result, options.out)
    return 1 if result.figures["silently_wrong"] else 0


def fields_of(premises: Premises, place: int, other: Premises) -> dict[str, str]:
    """Return what a column may hold of a premises that stands at this place of a file, and of another one."""
    fields = _own_fields(premises)
    fields |= {"person": "A N OTHER", "licence": f"HMO/{place:05}"}
    fields |= {f"paf.{name}": ("" if place % 2 else text) for name, text in fields.items()}
    return fields | {f"other.{name}": text for name, text in _own_fields(other).items()}


def _own_fields(premises: Premises) -> dict[str, str]:
    number = number_text(premises)
    unit = flat_text(premises)
    full_street = ", ".join(part for part in (premises.dependent_street, premises.street) if part)
    door = f"{number} {full_street}".strip()
    lines = [
        p
        for p in (premises.organisation, unit, premises.building, door, premises.locality, premises.town)
        if p
    ]
    return {
        "uprn": premises.uprn,
        "uprn.0": f"{premises.uprn}.0",
        "rounded": f"{float(premises.uprn):.3E}",
        "same": "200001000001",
        "text": render(premises.texts[0].pieces).text,
        "address": ", ".join(lines[:-1]),
        "organisation": premises.organisation,
        "unit": unit,
        "building": premises.building,
        "house": ", ".join(p for p in (premises.organisation, unit, premises.building) if p),
        "paon": premises.building if not number else ", ".join(p for p in (premises.building, number) if p),
        "doors": ", ".join(p for p in (unit, premises.building, number) if p),
        "door": ", ".join(p for p in (unit, premises.building, door) if p),
        "road": ", ".join(p for p in (full_street, premises.locality) if p),
        "number": number,
        "number.0": f"{number}.0" if number.isdigit() else number,
        "start": "" if premises.number < 0 else str(premises.number),
        "suffix": premises.suffix,
        "end": "" if premises.number_end < 0 else str(premises.number_end),
        "dependent_street": premises.dependent_street,
        "street": premises.street,
        "full_street": full_street,
        "locality": premises.locality,
        "town": premises.town,
        "county": premises.county,
        "authority": premises.authority,
        "postcode": premises.postcode,
        "blank": "",
        "guid": f"{{0A1B2C3D-0000-1111-2222-{int(premises.uprn):012d}}}",
        "price": "95000",
        "date": "2026-05-18 00:00",
        "letter": "F",
        "class": "RD04",
        "s": "S",
        "yes": "Y",
        "udprn": "12345678",
        "dps": "1A",
        **{f"line.{position}": (lines[position] if position < len(lines) else "") for position in range(6)},
    }


def write_layout(layout: str, premises: Sequence[Premises], path: Path) -> None:
    """Write premises as CSV with the columns of a layout, and its header unless it is one without."""
    columns = [column.replace("~", " ").rpartition("=") for column in layout.split()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if layout not in BARE:
            writer.writerow(name for name, _, _ in columns)
        for place, one in enumerate(premises):
            fields = fields_of(one, place, premises[(place + _NEXT) % len(premises)])
            writer.writerow(fields[field] for _, _, field in columns)


def _built(name: str, premises: Sequence[Premises], folder: Path, bundle: Path | None) -> Outcome:
    """Build an index of a layout and ask it for each premises."""
    path, index = folder / "reference.csv", folder / f"index-{list(REFERENCES).index(name)}"
    write_layout(REFERENCES[name], premises, path)
    try:
        build(path, index, bundle=bundle)
    except IndexerError as error:
        return Outcome(name, refusal=str(error).replace(str(folder), ""))
    return _judged(name, premises, [render(one.texts[0].pieces).text for one in premises], index, bundle)


def _matched(name: str, premises: Sequence[Premises], folder: Path, bundle: Path | None) -> Outcome:
    """Match a file of a layout against the plain reference."""
    path = folder / "input.csv"
    write_layout(FILES[name], premises, path)
    with open_table(path) as table:
        try:
            address = find_address(table.columns)
            batches = refuse_unclear_premises(
                read_batches(table, address, _BATCH_ROWS), address, table.columns
            )
            batches = tried_by_columns(
                batches, address, partial(open_pipeline, folder / "index-0", bundle), lambda _: None
            )
            texts = [text for batch in batches for text in batch.texts]
        except UsageError as error:
            return Outcome(name, refusal=str(error))
    return _judged(name, premises, texts, folder / "index-0", bundle)


def _judged(
    name: str, premises: Sequence[Premises], texts: Sequence[str], index: Path, bundle: Path | None
) -> Outcome:
    with closing(open_pipeline(index, bundle)) as pipeline:
        answers: list[Answer] = pipeline.match(texts, thorough=True)
    matched = [
        (one, answer)
        for one, answer in zip(premises, answers, strict=True)
        if answer.status is Status.MATCHED
    ]
    right = sum(answer.uprn == one.uprn for one, answer in matched)
    return Outcome(name, right, len(matched) - right)


def _result(references: Sequence[Outcome], files: Sequence[Outcome], asked: int, size: int) -> Result:
    judged = [
        (kind, outcome, outcome.verdict(outcomes[0], asked))
        for kind, outcomes in (("reference", references), ("file", files))
        for outcome in outcomes
    ]
    count = [verdict for _, _, verdict in judged]
    return Result(
        benchmark="file_layouts",
        settings={"premises": asked, "size": size, "seed": SEED, "tolerance": TOLERANCE},
        figures={
            name.replace(" ", "_"): count.count(name) for name in ("right", "refused", "silently wrong")
        },
        tables=(
            Table(
                "By layout",
                ("used as", "layout", "verdict", "matched to itself", "to another", "refusal"),
                tuple((kind, o.layout, verdict, o.right, o.wrong, o.refusal) for kind, o, verdict in judged),
            ),
        ),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file_layouts", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="premises of the country (%(default)s)")
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
