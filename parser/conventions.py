"""What a label means where a register and a reader would disagree; training follows it."""

from dataclasses import replace

from parser.labelled import LabelledText, Span
from parser.labels import Label
from parser.lexicon.lexicon import Lexicon
from parser.tokens import fold

_PLACES = frozenset({Label.LOCALITY, Label.COUNTY})


def with_settled_places(labelled: LabelledText, lexicon: Lexicon) -> LabelledText:
    """Call a post town TownName wherever its text alone cannot tell that a register meant something else.

    A locality or an authority with the name of the town beside it is that town said twice; and where no town is said,
    a locality or an authority with the name of a post town is the town.
    """
    towns = {_name(labelled, span) for span in labelled.spans if span.label is Label.TOWN}
    spans = tuple(
        replace(span, label=Label.TOWN)
        if span.label in _PLACES and _is_the_town(_name(labelled, span), towns, lexicon)
        else span
        for span in labelled.spans
    )
    return LabelledText(labelled.text, spans)


def _is_the_town(name: str, towns: set[str], lexicon: Lexicon) -> bool:
    return name in towns if towns else name in lexicon.towns and name not in lexicon.counties


def _name(labelled: LabelledText, span: Span) -> str:
    return " ".join(fold(labelled.text[span.start : span.end]).replace("-", " ").split())
