"""Files of real premises: which rows are asked for, and what a person should look at afterwards. None is kept in the
repository.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.service.evaluation.curves import reliability
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import Outcomes, best_uprn
from address_match.service.matching.answer import Answer
from benchmarks.harness.result import Table, columns_of
from benchmarks.harness.tables import read_tsv


@dataclass(frozen=True, slots=True)
class Damaged:
    """A real premises, and the damaged text by which it is looked for."""

    address: str
    query: EvaluationQuery


def rows_with_address(path: Path) -> list[dict[str, str]]:
    """Read the premises that have an address."""
    return [row for row in read_tsv(path) if row["address"].strip()]


def list_wrong(asked: Sequence[Damaged], answers: Sequence[Answer], folder: Path) -> None:
    """Write the wrong answers into `wrong.txt` of a folder, which git has to ignore, and print where they stand."""
    listing = folder / "wrong.txt"
    folder.mkdir(parents=True, exist_ok=True)
    listing.write_text("\n".join(_described(asked, answers)) + "\n", encoding="utf-8")
    print(f"All wrong answers, the surest first: {listing}")


def reliability_table(outcomes: Outcomes) -> Table:
    """Lay what the probabilities claimed beside what came true."""
    rows = [
        {
            "queries": one.queries,
            "claimed": one.claimed,
            "right": one.right,
            "at least": one.low,
            "at most": one.high,
        }
        for one in reliability(outcomes)
    ]
    return columns_of(rows, "Probability of the best candidate, and how often it is right (95 % interval)")


def _described(asked: Sequence[Damaged], answers: Sequence[Answer]) -> list[str]:
    """List the wrong answers, the surest first, three lines each: the query, the true address, the one that was found."""
    wrong = [
        (answer.probability, one, answer)
        for one, answer in zip(asked, answers, strict=True)
        if best_uprn(answer) not in one.query.accepted
    ]
    wrong.sort(key=lambda entry: -entry[0])
    lines = []
    for probability, one, answer in wrong:
        found = answer.candidates[0].address if answer.candidates else "nothing"
        lines += [
            f"{probability:.3f} {answer.status:<9} {one.query.kind}: {one.query.address!r}",
            f"      true  {one.address}",
            f"      found {found}",
        ]
    return lines
