from collections.abc import Iterator, Sequence

from address_match.models.synthesis.councils.components import components_of
from address_match.models.synthesis.councils.styles import TRAINING_STYLES
from address_match.models.synthesis.premises import Premises
from address_match.parser.labelled_text import LabelledText

PREVALENCE = 2.0
"""How many times as often as in the councils errors come: there, most texts differ by style alone."""


def council_texts(premises: Sequence[Premises], seed: int) -> Iterator[LabelledText]:
    """Yield a labelled text of each home, shop or business on a street, in the styles of the councils in turn.

    The reserved style is none of them. Raises `MissingTrainingExtraError` without address-errors.
    """
    from address_match.models.synthesis.councils.council_texts import CouncilWriter

    places = components_of(premises)
    uprns = [place.uprn for place in places if place.is_home_or_shop]
    writer = CouncilWriter(places, PREVALENCE, seed)
    for number, style in enumerate(TRAINING_STYLES):
        for text in writer.write(style, uprns[number :: len(TRAINING_STYLES)]):
            if text.labelled:
                yield text.labelled
