from collections.abc import Sequence
from dataclasses import dataclass

from address_match.parser.labels import Label
from address_match.parser.tokens import Token


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that carry one label, and the separator that is written before it."""

    text: str
    label: Label
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` (inclusive) to `end` (exclusive) of a text, and their label."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text and its labelled spans, in order of their start; what no span covers is a separator."""

    text: str
    spans: tuple[Span, ...]


def render(pieces: Sequence[Piece]) -> LabelledText:
    """Write pieces out as one text; the separator of the first piece is left out.

    >>> render([Piece("12", Label.NUMBER), Piece("HIGH STREET", Label.STREET), Piece("LEEDS", Label.TOWN, ", ")]).text
    '12 HIGH STREET, LEEDS'
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for piece in pieces:
        if not piece.text:
            continue
        if parts:
            parts.append(piece.separator)
            length += len(piece.separator)
        parts.append(piece.text)
        spans.append(Span(length, length + len(piece.text), piece.label))
        length += len(piece.text)
    return LabelledText("".join(parts), tuple(spans))


def token_labels(labelled: LabelledText, tokens: Sequence[Token]) -> tuple[Label, ...]:
    """Label each token by the span that holds its first character, `Other` where none does."""
    labels: list[Label] = []
    position = 0
    for token in tokens:
        while position < len(labelled.spans) and labelled.spans[position].end <= token.start:
            position += 1
        covered = position < len(labelled.spans) and labelled.spans[position].start <= token.start
        labels.append(labelled.spans[position].label if covered else Label.OTHER)
    return tuple(labels)
