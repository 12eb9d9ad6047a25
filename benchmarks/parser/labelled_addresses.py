from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label
from benchmarks.harness.tables import read_tsv

Words = tuple[Piece, ...]
"""An address word by word, each with its label and with what is written before it."""


@dataclass(frozen=True, slots=True)
class LabelledAddress:
    """An address whose every word has a label."""

    name: str
    """By which a result speaks of it: results hold no address."""
    words: Words


def read_labelled_addresses(path: Path) -> list[LabelledAddress]:
    """Read a tab-separated file with the columns address_id, position, token and label, a token per row, in order."""
    words: dict[str, list[Piece]] = {}
    for row in read_tsv(path):
        words.setdefault(row["address_id"], []).append(Piece(row["token"], Label(row["label"])))
    return [LabelledAddress(name, tuple(pieces)) for name, pieces in words.items()]


def fields_of(words: Sequence[Piece]) -> list[Words]:
    """Cut an address into its runs of one label.

    >>> [len(field) for field in fields_of([Piece("12", Label.NUMBER), Piece("ELM", Label.STREET), Piece("ROAD", Label.STREET)])]
    [1, 2]
    """
    fields: list[Words] = []
    for word in words:
        if fields and fields[-1][-1].label is word.label:
            fields[-1] = (*fields[-1], word)
        else:
            fields.append((word,))
    return fields
