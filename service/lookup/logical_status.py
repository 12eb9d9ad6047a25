"""The codes of AddressBase for whether premises and texts are in force, by our words for them."""

from collections.abc import Mapping
from types import MappingProxyType

from address_match.service.lookup.premises_texts import HeldText, PremisesTexts

POSTAL = "postal"
_APPROVED, _ALTERNATIVE, _PROVISIONAL, _HISTORICAL = "1", "3", "6", "8"
_OF_TEXTS: Mapping[str, str] = MappingProxyType(
    {"alternative": _ALTERNATIVE, "provisional": _PROVISIONAL, "historical": _HISTORICAL}
)
_OF_PREMISES: Mapping[str, str] = MappingProxyType(
    {"approved": _APPROVED, "provisional": _PROVISIONAL, "historical": _HISTORICAL}
)


def status_of_text(text: HeldText) -> str:
    """Return that of a text by its kind; one of the post is one of now."""
    return _OF_TEXTS.get(text.text_kind, _APPROVED)


def status_of_texts(premises: PremisesTexts) -> str:
    """Return that of the text which is nearest to being in force."""
    return min(map(status_of_text, premises.texts))


def status_of_premises(premises: PremisesTexts) -> str:
    """Return that of the premises itself, or where the reference gives it none, what its texts say of it."""
    if (own := _OF_PREMISES.get(premises.status)) is not None:
        return own
    of_texts = status_of_texts(premises)
    return _APPROVED if of_texts == _ALTERNATIVE else of_texts
