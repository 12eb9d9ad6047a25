"""Texts to learn from: labelled ones for the parser, pairs of one premises for the encoder."""

from collections.abc import Iterable, Iterator
from random import Random

from address_match.models.synthesis.noise.layout import fields_reordered
from address_match.models.synthesis.noise.pieces import Pieces, put
from address_match.models.synthesis.noise.table import noised
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.personal_texts import personal_pieces
from address_match.parser.labelled_text import LabelledText, Piece, render
from address_match.parser.labels import Label

PERSONAL_RATE = 0.55
"""Share of the texts that a person writes from the facts; the others are a register's."""
PERSONAL_ANCHOR_RATE = 0.3
"""The same, of the clean text of a pair."""
MOST_ATTEMPTS = 20
"""Texts that are written for a pair until one differs from the clean one."""
NOISE_COUNTS: tuple[float, ...] = (0.35, 0.35, 0.2, 0.1)
"""Shares of the texts with no, one, two and three classes of noise: clean text is what a parser meets most."""
REORDERED_RATE = 0.05
"""Share of the texts whose fields stand in another order, besides those that the noise reorders."""

ELSEWHERE_RATE = 0.02
"""Share of the texts that may point at another place than the premises they quote."""
_BESIDE: tuple[tuple[str, Label], ...] = (
    ("OPPOSITE", Label.OTHER),
    ("OPP", Label.OTHER),
    ("OPPOSITE", Label.OTHER),
    ("REAR OF", Label.BUILDING),
    ("LAND ADJACENT TO", Label.BUILDING),
    ("ADJACENT TO", Label.BUILDING),
    ("LAND REAR OF", Label.BUILDING),
)


PLACE_MISSING_RATE = 0.07
"""Share of the texts that end with the street or the locality, as people write for whom the place goes without mention."""
_PLACE = frozenset({Label.TOWN, Label.COUNTY, Label.POSTCODE})


def training_text(premises: Premises, rng: Random) -> LabelledText:
    """Return one labelled text of a premises: personal or of a register, with up to three training classes of noise."""
    pieces = _training_pieces(premises, rng, elsewhere_rate=ELSEWHERE_RATE)
    if rng.random() < PLACE_MISSING_RATE:
        pieces = tuple(piece for piece in pieces if piece.label not in _PLACE) or pieces
    return render(pieces)


def training_texts(premises: Iterable[Premises], rng: Random) -> Iterator[LabelledText]:
    """Yield one labelled text for each premises."""
    for one in premises:
        yield training_text(one, rng)


def text_pair(premises: Premises, rng: Random) -> tuple[str, str]:
    """Return two texts of one premises, different where it has different ones: clean against noisy, mostly."""
    anchor = render(clean_pieces(premises, rng, personal_rate=PERSONAL_ANCHOR_RATE)).text
    for _ in range(MOST_ATTEMPTS):
        other = render(_training_pieces(premises, rng)).text
        if other != anchor:
            break
    return anchor, other


def text_pairs(premises: Iterable[Premises], rng: Random) -> Iterator[tuple[str, str]]:
    """Yield one pair of texts for each premises."""
    for one in premises:
        yield text_pair(one, rng)


def pointing_elsewhere(pieces: Pieces, rng: Random) -> Pieces:
    """Let a text name what lies beside a numbered house, or the land of a farm: another premises, labelled alike.

    >>> from address_match.parser.labelled_text import Piece
    >>> [p.text for p in pointing_elsewhere((Piece("12", Label.NUMBER), Piece("MILL ROAD", Label.STREET)), Random(7))]
    ['OPPOSITE', '12', 'MILL ROAD']
    """
    for index, piece in enumerate(pieces):
        if piece.label is Label.NUMBER and index == 0:
            words, label = rng.choice(_BESIDE)
            return (Piece(words, label), Piece(piece.text, piece.label), *pieces[1:])
        if piece.label is Label.BUILDING and piece.text.upper().endswith(" FARM"):
            land = Piece(f"LAND AT {piece.text}", Label.BUILDING, piece.separator)
            return put(pieces, index, land)
    return pieces


def stored_pieces(premises: Premises, rng: Random) -> Pieces:
    """Return one of the texts under which a reference holds the premises; empty where it holds none."""
    return rng.choice(premises.texts).pieces if premises.texts else ()


def clean_pieces(premises: Premises, rng: Random, personal_rate: float) -> Pieces:
    """Write a premises without noise: as a person does in `personal_rate` of the texts, else as a reference holds it."""
    stored = stored_pieces(premises, rng) if rng.random() >= personal_rate else ()
    return stored or personal_pieces(premises, rng)


def _training_pieces(premises: Premises, rng: Random, elsewhere_rate: float = 0.0) -> Pieces:
    pieces = clean_pieces(premises, rng, PERSONAL_RATE)
    if rng.random() < elsewhere_rate:
        pieces = pointing_elsewhere(pieces, rng)
    count = rng.choices(range(len(NOISE_COUNTS)), NOISE_COUNTS)[0]
    pieces, _ = noised(pieces, count, rng)
    return fields_reordered(pieces, rng) if rng.random() < REORDERED_RATE else pieces
