"""What a register holds of a premises: seldom all of its texts, and now and then a text that lacks a field."""

from dataclasses import replace

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference import is_left_out
from address_match.parser.labels import Label

ONE_TEXT = 0.7
"""Share of the premises of several texts that the made-up references hold under one alone, the gazetteer's where there is one."""
ONE_TEXT_SEED = 7
SOMETIMES_UNSAID = (Label.POSTCODE, Label.TOWN, Label.LOCALITY, Label.COUNTY, Label.STREET)
UNSAID = 0.03
"""Share of the premises whose texts in these references lack each of those fields."""
NUMBERED = 0.3
"""Share of the numbered ones among the premises without a street that do lack it."""
NUMBERED_SEED = 5


def as_one_register_holds_it(place: Premises) -> Premises:
    """Leave a premises one of its texts, more often than not, and now and then a text without some of its fields.

    People quote texts that the user's reference lacks, and references have rows that say little.
    """
    if len(place.texts) > 1 and is_left_out(place.uprn, seed=ONE_TEXT_SEED, rate=ONE_TEXT):
        gazetteer = [text for text in place.texts if text.kind == "gazetteer"]
        place = replace(place, texts=tuple(gazetteer[:1] or place.texts[:1]))
    unsaid = {
        label
        for seed, label in enumerate(SOMETIMES_UNSAID)
        if is_left_out(place.uprn, seed=seed, rate=UNSAID)
    }
    if place.number > 0 and not is_left_out(place.uprn, seed=NUMBERED_SEED, rate=NUMBERED):
        # Such a row is mostly read as another street, and too many would teach that a street may be another one.
        unsaid.discard(Label.STREET)
    if not unsaid:
        return place
    texts = tuple(
        replace(
            text, pieces=tuple(piece for piece in text.pieces if piece.label not in unsaid) or text.pieces
        )
        for text in place.texts
    )
    return replace(place, texts=texts, postcode="" if Label.POSTCODE in unsaid else place.postcode)
