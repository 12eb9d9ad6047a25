"""Texts to learn from: labelled ones for the parser, pairs of one premises for the encoder."""

from collections.abc import Iterable, Iterator
from random import Random

from models.synthesis.noise.editing import Pieces
from models.synthesis.noise.layout import fields_reordered
from models.synthesis.noise.table import noised
from models.synthesis.personal import personal_pieces
from models.synthesis.premises import Premises
from parser.labelled import LabelledText, render

PERSONAL_RATE = 0.55
"""Share of the texts that a person writes from the facts; the others are a register's."""
NOISE_COUNTS: tuple[float, ...] = (0.35, 0.35, 0.2, 0.1)
"""Shares of the texts with no, one, two and three classes of noise: clean text is what a parser meets most."""
REORDERED_RATE = 0.05
"""Share of the texts whose fields stand in another order, besides those that the noise reorders."""


def training_text(premises: Premises, rng: Random) -> LabelledText:
    """Return one labelled text of a premises: personal or of a register, with up to three training classes of noise."""
    return render(_training_pieces(premises, rng))


def training_texts(premises: Iterable[Premises], rng: Random) -> Iterator[LabelledText]:
    """Yield one labelled text for each premises."""
    for one in premises:
        yield training_text(one, rng)


def text_pair(premises: Premises, rng: Random) -> tuple[str, str]:
    """Return two texts of one premises, different where it has different ones: clean against noisy, mostly."""
    anchor = render(_clean_pieces(premises, rng, personal_rate=0.3)).text
    for _ in range(20):
        other = render(_training_pieces(premises, rng)).text
        if other != anchor:
            break
    return anchor, other


def text_pairs(premises: Iterable[Premises], rng: Random) -> Iterator[tuple[str, str]]:
    """Yield one pair of texts for each premises."""
    for one in premises:
        yield text_pair(one, rng)


def stored_pieces(premises: Premises, rng: Random) -> Pieces:
    """Return one of the texts under which a reference holds the premises; empty where it holds none."""
    return rng.choice(premises.texts).pieces if premises.texts else ()


def _clean_pieces(premises: Premises, rng: Random, personal_rate: float) -> Pieces:
    stored = stored_pieces(premises, rng) if rng.random() >= personal_rate else ()
    return stored or personal_pieces(premises, rng)


def _training_pieces(premises: Premises, rng: Random) -> Pieces:
    pieces = _clean_pieces(premises, rng, PERSONAL_RATE)
    count = rng.choices(range(len(NOISE_COUNTS)), NOISE_COUNTS)[0]
    pieces, _ = noised(pieces, count, rng)
    return fields_reordered(pieces, rng) if rng.random() < REORDERED_RATE else pieces
