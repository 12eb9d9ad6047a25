"""What became of each address: the labels that are true, those that were given, and how sure the parser was."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.parser.address_parser import AddressParser
from address_match.parser.labelled_text import LabelledText, token_labels
from address_match.parser.labels import Label

NBEST = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its true labels, and what it is an example of."""

    name: str
    kind: str
    """Perturbation or class of noise."""
    labelled: LabelledText


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the parse of one case compares with its truth, label by label of its tokens."""

    name: str
    kind: str
    truth: tuple[Label, ...]
    given: tuple[Label, ...]
    certainties: tuple[float, ...]
    """Probability that the parser gave each label."""
    probability: float
    """Probability that the parser gave the whole parse."""
    within_best: bool
    """Whether the true labels are among the `NBEST` most probable parses."""

    @property
    def right(self) -> bool:
        """Return whether every token has its true label."""
        return self.truth == self.given

    @property
    def address_right(self) -> bool:
        """Return whether every token that is part of the address has its true label, whatever noise is taken for."""
        return all(t is g or t is Label.OTHER for t, g in zip(self.truth, self.given, strict=True))

    @property
    def causes(self) -> str:
        """Name the confusions, each once: `StreetName as Locality`; empty when right."""
        pairs = dict.fromkeys((t, g) for t, g in zip(self.truth, self.given, strict=True) if t is not g)
        return "; ".join(f"{t.value} as {g.value}" for t, g in pairs)


def judge(parser: AddressParser, cases: Sequence[Case]) -> list[Verdict]:
    """Parse every case and compare."""
    verdicts = []
    parses = parser.parse_batch([case.labelled.text for case in cases], nbest=NBEST)
    for case, parse in zip(cases, parses, strict=True):
        truth = token_labels(case.labelled, [token.token for token in parse.tokens])
        verdicts.append(
            Verdict(
                name=case.name,
                kind=case.kind,
                truth=truth,
                given=tuple(token.label for token in parse.tokens),
                certainties=tuple(token.probability for token in parse.tokens),
                probability=parse.probability,
                within_best=any(alternative.labels == truth for alternative in parse.alternatives),
            )
        )
    return verdicts


def write_verdicts(verdicts: Iterable[Verdict], path: Path) -> None:
    """Write a row a case, without its text, for a later run to compare with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(("kind", "name", "causes"))
        rows.writerows((verdict.kind, verdict.name, verdict.causes) for verdict in verdicts)


def read_causes(path: Path) -> dict[tuple[str, str], str]:
    """Read what `write_verdicts` wrote: by kind and name of a case its causes of error, empty when it was right."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["kind"], row["name"]): row["causes"] or "" for row in csv.DictReader(file, delimiter="\t")
        }
