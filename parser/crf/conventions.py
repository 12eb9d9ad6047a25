"""What a label means where a register and a reader would disagree; training follows it."""

import re
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from address_match.parser.labelled_text import LabelledText, Span
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.tokens import fold

_ALIKE = 0.75
"""Likeness of a misspelt name to the one that was meant: at most one letter in four is wrong."""
_UNIT_WORDS = frozenset({"UNIT", "UNITS"})
_NUMBERED_NAME = re.compile(r"(?P<number>\d+(?:-\d+)?(?P<letter>[A-Za-z]?))\W+(?P<name>[^\W\d]\D+)")
_PLACES = frozenset({Label.LOCALITY, Label.COUNTY})


def with_conventional_labels(labelled: LabelledText, lexicon: Lexicon) -> LabelledText:
    """Bring the labels of a text to what a reader of it alone would say: of its places, of a unit before a street, of a
    numbered name.
    """
    return _with_conventional_streets(_with_conventional_units(with_conventional_places(labelled, lexicon)))


def _with_conventional_streets(labelled: LabelledText) -> LabelledText:
    """Call a numbered building StreetName where no street is named: whether 3 ELM COURT, LEEDS stands on one, no text
    tells.

    Its number is a BuildingNumber then; one with a letter stays BuildingName, as before any street.
    """
    labels = [span.label for span in labelled.spans]
    if Label.STREET in labels or Label.NUMBER in labels or labels.count(Label.BUILDING) != 1:
        return labelled
    place = labels.index(Label.BUILDING)
    building = labelled.spans[place]
    numbered = _NUMBERED_NAME.fullmatch(labelled.text[building.start : building.end])
    if numbered is None:
        return labelled
    label = Label.BUILDING if numbered["letter"] else Label.NUMBER
    spans = (
        Span(building.start, building.start + numbered.end("number"), label),
        Span(building.start + numbered.start("name"), building.end, Label.STREET),
    )
    return LabelledText(labelled.text, (*labelled.spans[:place], *spans, *labelled.spans[place + 1 :]))


def _with_conventional_units(labelled: LabelledText) -> LabelledText:
    """Call a unit BuildingName where nothing but it tells the premises on its street: UNIT 2, ELM WAY."""
    labels = [span.label for span in labelled.spans]
    if Label.BUILDING in labels or Label.NUMBER in labels or Label.STREET not in labels:
        return labelled
    spans = tuple(
        replace(span, label=Label.BUILDING)
        if span.label is Label.SUB_BUILDING and _is_unit(labelled.text[span.start : span.end])
        else span
        for span in labelled.spans
    )
    return LabelledText(labelled.text, spans)


def _is_unit(words: str) -> bool:
    return fold(words).split(" ")[0] in _UNIT_WORDS


def with_conventional_places(labelled: LabelledText, lexicon: Lexicon) -> LabelledText:
    """Call a post town TownName wherever its text alone cannot tell that a register meant something else.

    A locality or an authority with the name of the town beside it is that town said twice. Where no post town, nor what
    looks like one that was misspelt, is called TownName, a locality or an authority with the name of one is the town,
    and what was called so a locality.
    """
    names = [_name(labelled, span) for span in labelled.spans]
    towns = {name for name, span in zip(names, labelled.spans, strict=True) if span.label is Label.TOWN}
    if any(_is_post_town(name, lexicon) for name in towns):
        return _relabelled(labelled, {place for place, name in enumerate(names) if name in towns})
    promoted = {
        place
        for place, (name, span) in enumerate(zip(names, labelled.spans, strict=True))
        if name in towns or (span.label in _PLACES and name in lexicon.towns and name not in lexicon.counties)
    }
    kept = {
        place
        for place in promoted
        if labelled.spans[place].label in _PLACES and names[place] in lexicon.towns
    }
    return _relabelled(labelled, kept or promoted, demote=bool(kept))


def _is_post_town(name: str, lexicon: Lexicon) -> bool:
    if name in lexicon.towns:
        return True
    alike = process.extractOne(
        name, lexicon.towns, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, processor=None
    )
    return alike is not None


def _relabelled(labelled: LabelledText, towns: set[int], *, demote: bool = False) -> LabelledText:
    """Call the places with these numbers towns; with `demote`, call the other towns localities."""
    spans: list[Span] = []
    for place, span in enumerate(labelled.spans):
        if place in towns and span.label in _PLACES:
            spans.append(replace(span, label=Label.TOWN))
        elif demote and span.label is Label.TOWN and place not in towns:
            spans.append(replace(span, label=Label.LOCALITY))
        else:
            spans.append(span)
    return LabelledText(labelled.text, tuple(spans))


def _name(labelled: LabelledText, span: Span) -> str:
    return " ".join(fold(labelled.text[span.start : span.end]).replace("-", " ").split())
