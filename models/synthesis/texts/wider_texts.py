"""Labelled texts of kinds that the premises of the country seldom give: neighbours, parts, names. Only the parser
learns from them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from random import Random

from address_match.models.synthesis.noise.pieces import Noise, Pieces
from address_match.models.synthesis.noise.table import noised
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.name_texts import (
    institution_named,
    institution_shortened,
    letter_behind_number,
    welsh_or_gaelic_house,
)
from address_match.models.synthesis.texts.neighbour_texts import RESERVED_WORDS, neighbour_named
from address_match.models.synthesis.texts.number_texts import number_behind_street
from address_match.models.synthesis.texts.part_texts import RESERVED_KINDS, part_named
from address_match.models.synthesis.texts.training_texts import clean_pieces
from address_match.parser.labelled_text import LabelledText, render
from address_match.parser.labels import Label

WIDER: Mapping[Noise, float] = {
    neighbour_named: 3.0,
    part_named: 3.0,
    welsh_or_gaelic_house: 1.5,
    institution_named: 1.0,
    institution_shortened: 1.0,
    letter_behind_number: 1.5,
    number_behind_street: 1.0,
}
"""Kinds of texts, and how often each is written."""
RESERVED_WIDER: Mapping[str, Noise] = {
    "neighbour_reserved": partial(neighbour_named, words=RESERVED_WORDS),
    "part_reserved": partial(part_named, kinds=RESERVED_KINDS),
    "house_reserved": partial(welsh_or_gaelic_house, reserved=True),
}
"""The same kinds in words that no training shows."""
NOISE_RATE = 0.35
"""Share of the texts with a class of noise besides."""
PERSONAL_RATE = 0.6


def wider_texts(premises: Iterable[Premises], rng: Random) -> Iterator[LabelledText]:
    """Yield a text for each premises that the kind drawn for it applies to."""
    kinds, weights = tuple(WIDER), tuple(WIDER.values())
    for place in premises:
        text = wider_text(place, rng.choices(kinds, weights)[0], rng)
        if text:
            yield text


def wider_text(premises: Premises, kind: Noise, rng: Random) -> LabelledText | None:
    """Write a premises as a text of a kind; None where the kind does not apply to it."""
    pieces = clean_pieces(premises, rng, PERSONAL_RATE)
    changed = kind(pieces, rng)
    if changed == pieces:
        return None
    changed = _in_the_case_of(pieces, changed)
    return render(noised(changed, int(rng.random() < NOISE_RATE), rng)[0])


def _in_the_case_of(pieces: Pieces, changed: Pieces) -> Pieces:
    """Write the words that are new in the case of those that stood there."""
    held = {piece.text for piece in pieces}
    letters = "".join(piece.text for piece in pieces if piece.label is not Label.POSTCODE)
    if letters.isupper():
        return changed
    change = str.lower if letters.islower() else str.title
    return tuple(
        piece if piece.text in held else replace(piece, text=change(piece.text)) for piece in changed
    )
