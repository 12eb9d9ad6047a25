"""What the words of an address stand for, as programs get it."""

from collections.abc import Iterator, Sequence
from typing import NotRequired

from typing_extensions import TypedDict

from address_match.parser.fields.premises_part import PremisesPart
from address_match.parser.labels import Label
from address_match.parser.parse import Alternative, Component, LabelledToken, Parse
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.parser.word_use import WordUse
from address_match.service.wire.shape import Probability, described

_DIGITS = 6
_PART_FIELDS: tuple[str, ...] = tuple(PremisesPart.__dataclass_fields__)
_SAYS_NOTHING = ("", -1)


@described()
class ParsedRun(TypedDict):
    """A run of words that stand for one thing."""

    label: Label
    text: str
    """The words in upper case, without accents and punctuation."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""


@described()
class ParsedToken(TypedDict):
    """A word of an address."""

    label: Label
    text: str
    """The word in upper case, without accents and punctuation."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    probability: Probability
    """That the word has this label."""
    use: WordUse
    """Whether the word is understood, passed over (as a person, a business, a place, a country, noise), or unknown."""


@described()
class ParsedComponent(TypedDict):
    """A component of an address, and what it says of the premises where it says something."""

    label: Label
    text: str
    """The words in upper case, without accents and punctuation."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    probability: Probability
    """That just these words are this component."""
    value: str
    """Normalised: in full, without leading zeros."""
    building: NotRequired[str]
    unit: NotRequired[str]
    """Designator of a flat or unit: `3`, `A`."""
    unit_kind: NotRequired[str]
    """FLAT, UNIT, ROOM, …"""
    floor: NotRequired[str]
    """B, G, 1, 2, …, T."""
    side: NotRequired[str]
    """L, R, F, B, M."""
    number: NotRequired[int]
    number_end: NotRequired[int]
    """Upper end of a range."""
    suffix: NotRequired[str]
    """Letter or fraction of the number."""


@described()
class ParsedAlternative(TypedDict):
    """One whole parse and its probability."""

    probability: Probability
    labels: list[Label]
    """A label a token."""
    components: list[ParsedRun]


@described()
class DroppedText(TypedDict):
    """A piece of the input that says nothing of the address: a code, coordinates."""

    text: str
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""


@described()
class AddressParse(TypedDict):
    """What the words of an address stand for; fields that say nothing are left out."""

    input: str
    tokens: list[ParsedToken]
    components: list[ParsedComponent]
    reading: dict[str, str | int]
    """What the address says, field by field, in a form to compare."""
    probability: Probability
    """Of the whole parse: how sure it is."""
    dropped: NotRequired[list[DroppedText]]
    """What of the input is no word, though it has letters or digits."""
    other_readings: NotRequired[list[dict[str, str | int]]]
    """What the address may say instead, where its numbers can be read in more ways than one."""
    alternatives: NotRequired[list[ParsedAlternative]]
    """The best whole parses, the best first; only where they were asked for."""


def parse_object(parse: Parse) -> AddressParse:
    """Write a parse as JSON values, probabilities to six digits; fields that say nothing are left out."""
    written: AddressParse = {
        "input": parse.text,
        "tokens": [_token(token, use) for token, use in zip(parse.tokens, parse.uses, strict=True)],
        "components": [_component(component) for component in parse.components],
        "reading": said_fields(parse.fields),
        "probability": round(parse.probability, _DIGITS),
    }
    if parse.dropped:
        written["dropped"] = [
            {"text": parse.text[start:end], "start": start, "end": end} for start, end in parse.dropped
        ]
    if parse.other_ways:
        written["other_readings"] = [said_fields(fields) for fields in parse.other_ways]
    if parse.alternatives:
        written["alternatives"] = [_alternative(one, parse.tokens) for one in parse.alternatives]
    return written


def said_fields(fields: ParsedFields | PremisesPart) -> dict[str, str | int]:
    """Return the fields that say something, by their names."""
    names = PARSED_FIELDS if isinstance(fields, ParsedFields) else _PART_FIELDS
    values = ((name, getattr(fields, name)) for name in names)
    return {name: value for name, value in values if value not in _SAYS_NOTHING}


def _token(labelled: LabelledToken, use: WordUse) -> ParsedToken:
    token, label, probability = labelled
    return {
        "text": token.text,
        "label": label,
        "start": token.start,
        "end": token.end,
        "probability": round(probability, _DIGITS),
        "use": use,
    }


def _component(component: Component) -> ParsedComponent:
    written: ParsedComponent = {
        "label": component.label,
        "text": component.text,
        "start": component.start,
        "end": component.end,
        "probability": round(component.probability, _DIGITS),
        "value": component.value,
    }
    if component.part is not None:
        # Its fields are named as those of the component are.
        written.update(said_fields(component.part))  # type: ignore[typeddict-item]
    return written


def _alternative(alternative: Alternative, tokens: Sequence[LabelledToken]) -> ParsedAlternative:
    return {
        "probability": round(alternative.probability, _DIGITS),
        "labels": list(alternative.labels),
        "components": list(_runs(alternative.labels, tokens)),
    }


def _runs(labels: Sequence[Label], tokens: Sequence[LabelledToken]) -> Iterator[ParsedRun]:
    first = 0
    for place, label in enumerate(labels):
        if place + 1 < len(labels) and labels[place + 1] is label:
            continue
        run = [labelled.token for labelled in tokens[first : place + 1]]
        text = " ".join(token.text for token in run)
        yield {"label": label, "text": text, "start": run[0].start, "end": run[-1].end}
        first = place + 1
