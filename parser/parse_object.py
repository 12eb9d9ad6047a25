"""A parse as plain JSON values: the one form in which the command line, files and HTTP give it."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

from address_match.parser.fields.premises_part import PremisesPart
from address_match.parser.labels import Label
from address_match.parser.parse import Alternative, Component, LabelledToken, Parse
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields

_DIGITS = 6
_PART_FIELDS: tuple[str, ...] = tuple(PremisesPart.__dataclass_fields__)
_UNSAID = ("", -1)


class RunObject(TypedDict):
    """A run of words with one label; `start` and `end` are characters of the input."""

    label: str
    text: str
    start: int
    end: int


class TokenObject(RunObject):
    """A word with the probability of its label."""

    probability: float


class ComponentObject(RunObject):
    """A component, its normalised value, and what it says of the premises where it says something."""

    probability: float
    value: str
    building: NotRequired[str]
    unit: NotRequired[str]
    unit_kind: NotRequired[str]
    floor: NotRequired[str]
    side: NotRequired[str]
    number: NotRequired[int]
    number_end: NotRequired[int]
    suffix: NotRequired[str]


class AlternativeObject(TypedDict):
    """One whole parse and its probability."""

    probability: float
    labels: list[str]
    """A label a token."""
    components: list[RunObject]


class ParseObject(TypedDict):
    """A parse; `alternatives` only where they were asked for, the best first."""

    input: str
    tokens: list[TokenObject]
    components: list[ComponentObject]
    reading: dict[str, str | int]
    probability: float
    alternatives: NotRequired[list[AlternativeObject]]


def parse_object(parse: Parse) -> ParseObject:
    """Write a parse as JSON values, probabilities to six digits; fields that say nothing are left out."""
    written = ParseObject(
        input=parse.text,
        tokens=[_token(token) for token in parse.tokens],
        components=[_component(component) for component in parse.components],
        reading=said(parse.fields),
        probability=round(parse.probability, _DIGITS),
    )
    if parse.alternatives:
        written["alternatives"] = [_alternative(one, parse.tokens) for one in parse.alternatives]
    return written


def said(fields: ParsedFields | PremisesPart) -> dict[str, str | int]:
    """Return the fields that say something."""
    names = PARSED_FIELDS if isinstance(fields, ParsedFields) else _PART_FIELDS
    values = ((name, getattr(fields, name)) for name in names)
    return {name: value for name, value in values if value not in _UNSAID}


def _token(labelled: LabelledToken) -> TokenObject:
    token, label, probability = labelled
    return {
        "text": token.text,
        "label": label.value,
        "start": token.start,
        "end": token.end,
        "probability": round(probability, _DIGITS),
    }


def _component(component: Component) -> ComponentObject:
    written: ComponentObject = {
        "label": component.label.value,
        "text": component.text,
        "start": component.start,
        "end": component.end,
        "probability": round(component.probability, _DIGITS),
        "value": component.value,
    }
    if component.part is not None:
        # Its fields are named as those of the object are.
        written.update(said(component.part))  # type: ignore[typeddict-item]
    return written


def _alternative(alternative: Alternative, tokens: Sequence[LabelledToken]) -> AlternativeObject:
    return {
        "probability": round(alternative.probability, _DIGITS),
        "labels": [label.value for label in alternative.labels],
        "components": list(_runs(alternative.labels, tokens)),
    }


def _runs(labels: Sequence[Label], tokens: Sequence[LabelledToken]) -> Iterator[RunObject]:
    first = 0
    for place, label in enumerate(labels):
        if place + 1 < len(labels) and labels[place + 1] is label:
            continue
        run = [labelled.token for labelled in tokens[first : place + 1]]
        text = " ".join(token.text for token in run)
        yield {"label": label.value, "text": text, "start": run[0].start, "end": run[-1].end}
        first = place + 1
