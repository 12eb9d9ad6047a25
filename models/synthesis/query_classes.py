"""How the text of a query of each class is written."""

from collections.abc import Sequence
from random import Random

from address_match.models.synthesis.noise import slips
from address_match.models.synthesis.noise.described_parts import part_told, part_untold
from address_match.models.synthesis.noise.layout import commas, commas_dropped, full_stops
from address_match.models.synthesis.noise.letter_case import lower_case, title_case, upper_case
from address_match.models.synthesis.noise.noise_class import NoiseClass, Stage
from address_match.models.synthesis.noise.pieces import Noise, Pieces, find, postcode_of
from address_match.models.synthesis.noise.postcodes import postcode_glued, postcode_missing
from address_match.models.synthesis.noise.streets import street_type_abbreviated, street_type_wrong
from address_match.models.synthesis.noise.table import NOISE, TRAINING_NOISE, noised
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares
from address_match.models.synthesis.texts.personal_texts import personal_pieces
from address_match.models.synthesis.texts.training_texts import stored_pieces
from address_match.parser.labels import Label

AS_REGISTERED = "as_registered"
"""A text of the reference, in whatever case."""
PERSONAL = "personal"
"""As a person writes it from the facts."""
MIXED = "mixed"
"""Two to four training classes."""
MIXED_AS_FILED = "mixed_as_filed"
"""Two to four training classes of those by which one register differs from another."""
REGISTERED_WITH_POSTCODE = "registered_with_postcode"
"""A text of the reference except for case, punctuation and abbreviation, with its postcode."""
NOISY_WITH_POSTCODE = "noisy_with_postcode"
NOISY_WITHOUT_POSTCODE = "noisy_without_postcode"
NO_ADDRESS = "no_address"
"""A text that asks for nothing."""
AS_FILED_WITHOUT_POSTCODE = "as_filed_without_postcode"
PART_TOLD = "part_told"
"""A house by a part of it that is told by where it lies, as filed otherwise."""
PART_UNTOLD = "part_untold"
"""Such a part by its house."""

COMPOUND_CLASSES: tuple[str, ...] = (
    AS_REGISTERED,
    PERSONAL,
    MIXED,
    MIXED_AS_FILED,
    REGISTERED_WITH_POSTCODE,
    NOISY_WITH_POSTCODE,
    NOISY_WITHOUT_POSTCODE,
    AS_FILED_WITHOUT_POSTCODE,
    PART_TOLD,
    PART_UNTOLD,
)
"""Classes of queries that are not one class of noise."""

STORED_RATE = 0.5
"""Share of the noisy queries that begin as a text of the reference; the others begin as a person writes."""

_CASED_RATE = 0.5
"""Share of the registered texts that are written in another case."""
_STREET_TYPE_RATE, _GLUED_RATE, _PUNCTUATION_RATE = 0.3, 0.2, 0.5
"""Shares of the registered texts with postcode that are abbreviated, have no space in it, and other punctuation."""
_MIXED_COUNTS: Shares[int] = Shares({2: 0.5, 3: 0.3, 4: 0.2})
"""Classes of a mixed query."""
_NOISY_COUNTS = (1, 1, 2, 3)
"""Classes of a noisy query, evenly drawn."""
_FEW_COUNTS = (0, 1, 1, 2)
"""Classes of a query for a part, evenly drawn."""
SLIPS: frozenset[str] = frozenset(
    noise.name for noise in TRAINING_NOISE if noise.apply.__module__ == slips.__name__
) | {street_type_wrong.__name__}
"""Classes of the training that spell a name otherwise, or name another type of street."""
_CASES: Sequence[Noise] = (lower_case, upper_case, title_case, title_case)
_PUNCTUATION: Sequence[Noise] = (commas, commas_dropped, full_stops)
FILED_NOISE = tuple(noise for noise in TRAINING_NOISE if noise.name not in SLIPS)
"""Classes of what registers differ in, which their keepers have read over."""
_KEEPING_POSTCODE = tuple(noise for noise in TRAINING_NOISE if not noise.takes_postcode)
_FILED_KEEPING_POSTCODE = tuple(noise for noise in FILED_NOISE if not noise.takes_postcode)


def write(name: str, premises: Premises, rng: Random) -> Pieces:
    """Write a query of this class for a premises; empty where the class finds nothing to change in it."""
    if name == AS_REGISTERED:
        return _cased(stored_pieces(premises, rng), rng)
    if name == PERSONAL:
        return personal_pieces(premises, rng)
    if name == MIXED:
        return noised(_base(premises, rng), _MIXED_COUNTS.draw(rng), rng)[0]
    if name == MIXED_AS_FILED:
        return noised(_base(premises, rng), _MIXED_COUNTS.draw(rng), rng, FILED_NOISE)[0]
    if name == REGISTERED_WITH_POSTCODE:
        return _registered_with_postcode(premises, rng)
    if name in {NOISY_WITH_POSTCODE, NOISY_WITHOUT_POSTCODE}:
        return _noisy(premises, rng, with_postcode=name == NOISY_WITH_POSTCODE)
    if name == AS_FILED_WITHOUT_POSTCODE:
        return _noisy(premises, rng, with_postcode=False, classes=_FILED_KEEPING_POSTCODE)
    if name in {PART_TOLD, PART_UNTOLD}:
        return _with_other_parts(premises, part_told if name == PART_TOLD else part_untold, rng)
    noise = NOISE[name]
    stored = stored_pieces(premises, rng)
    # Most classes of fields and words need what few premises have; the text at hand shows cheaply whether this one has.
    if stored and noise.stage <= Stage.WORDS and noise.apply(stored, rng) == stored:
        return ()
    base = stored if stored and rng.random() < STORED_RATE else personal_pieces(premises, rng)
    changed = noise.apply(base, rng)
    return () if changed == base else changed


def _base(premises: Premises, rng: Random) -> Pieces:
    stored = stored_pieces(premises, rng) if rng.random() < STORED_RATE else ()
    return stored or personal_pieces(premises, rng)


def _with_other_parts(premises: Premises, change: Noise, rng: Random) -> Pieces:
    pieces = _base(premises, rng)
    changed = change(pieces, rng)
    return () if changed == pieces else noised(changed, rng.choice(_FEW_COUNTS), rng, FILED_NOISE)[0]


def _cased(pieces: Pieces, rng: Random) -> Pieces:
    return rng.choice(_CASES)(pieces, rng) if rng.random() < _CASED_RATE else pieces


def _registered_with_postcode(premises: Premises, rng: Random) -> Pieces:
    pieces = stored_pieces(premises, rng)
    if postcode_of(pieces)[0] < 0:
        return ()
    if rng.random() < _STREET_TYPE_RATE:
        pieces = street_type_abbreviated(pieces, rng)
    if rng.random() < _GLUED_RATE:
        pieces = postcode_glued(pieces, rng)
    if rng.random() < _PUNCTUATION_RATE:
        pieces = rng.choice(_PUNCTUATION)(pieces, rng)
    return _cased(pieces, rng)


def _noisy(
    premises: Premises,
    rng: Random,
    *,
    with_postcode: bool,
    classes: Sequence[NoiseClass] = _KEEPING_POSTCODE,
) -> Pieces:
    pieces = _base(premises, rng)
    if with_postcode and postcode_of(pieces)[0] < 0:
        return ()
    if not with_postcode:
        pieces = postcode_missing(pieces, rng)
        if find(pieces, Label.POSTCODE) >= 0:
            return ()
    return noised(pieces, rng.choice(_NOISY_COUNTS), rng, classes)[0]
