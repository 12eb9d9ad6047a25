"""What a distinct token tells the CRF wherever it stands; computed once per token."""

from dataclasses import dataclass

from address_match.parser.features.token_features import (
    evidence_features,
    meant_features,
    neighbour_evidence_feature,
    neighbour_features,
    own_features,
    unread_features,
)
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.known_word import KnownWord, known_word
from address_match.parser.gazetteer.name_key import NO_WORDS
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.scanner_errors import words_meant
from address_match.parser.recognisers.mixed_number import plain_form
from address_match.parser.recognisers.postcode import postcode_readings
from address_match.parser.recognisers.shape import word_class
from address_match.parser.word_class import WordClass

_LEFT, _RIGHT = "<", ">"
"""Marks of the side on which a token stands that gives a feature to its neighbour."""
_BEGINS_PHRASE = (Flag.PREFIX_OF_PHRASE | Flag.TOWN | Flag.COUNTY).value
_NAMING = frozenset(
    {
        *(WordClass.WORD, WordClass.SHORT_WORD, WordClass.HYPHENATED, WordClass.NEAR_TOWN),
        *(WordClass.NEAR_KEY_WORD, WordClass.TOWN, WordClass.COUNTY, WordClass.STREET_OR_TOWN),
    }
)
"""Classes of tokens of which it matters that the gazetteer does not know them."""
_UNKNOWN = KnownWord(None, NO_WORDS, begins_name=False)


@dataclass(frozen=True, slots=True)
class TokenProfile:
    """What a distinct token tells the CRF: at its own place, to its right and to its left neighbour."""

    word_class: int
    value: int
    """Of a plain number of up to four digits, else 0."""
    begins_phrase: bool
    is_slip: bool
    """Whether it stands for a word of a place's name that is one edit away."""
    known: KnownWord
    """What the gazetteer knows of it."""
    own: list[str]
    to_the_right: list[str]
    to_the_left: list[str]


def profile(text: str, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> TokenProfile:
    """Describe one folded token; one that a scanner spoilt is described as the word that it stands for."""
    text = _word_meant(text, lexicon, gazetteer)
    flags = lexicon.flags_of(text)
    cls = word_class(text, flags)
    slip = lexicon.word_of_place(text)
    known = _UNKNOWN if gazetteer is None else known_word(text, flags, lexicon, gazetteer)
    meant = meant_features(lexicon.flags_meant(text, flags))
    own = own_features(text, flags, cls) + meant
    beside = neighbour_features(text, flags, cls) + meant
    if gazetteer is not None and (known.evidence is not None or cls in _NAMING):
        own += evidence_features(known.evidence)
        beside.append(neighbour_evidence_feature(known.evidence))
    return TokenProfile(
        word_class=int(cls),
        value=int(text) if cls is WordClass.NUMBER and text.isdecimal() else 0,
        begins_phrase=bool(int(flags) & _BEGINS_PHRASE) or bool(slip and lexicon.begins_place(slip)),
        is_slip=bool(slip),
        known=known,
        own=own,
        to_the_right=[_LEFT + feature for feature in beside],
        to_the_left=[_RIGHT + feature for feature in beside],
    )


def unread_profile(length: int) -> TokenProfile:
    """Describe a word of which only its length is known."""
    cls, own, beside = unread_features(length)
    return TokenProfile(
        word_class=int(cls),
        value=0,
        begins_phrase=False,
        is_slip=False,
        known=_UNKNOWN,
        own=own,
        to_the_right=[_LEFT + feature for feature in beside],
        to_the_left=[_RIGHT + feature for feature in beside],
    )


def _word_meant(text: str, lexicon: Lexicon, gazetteer: Gazetteer | None) -> str:
    """Return the known word that a token of letters and digits stands for, else the first such word, else the token.

    A fraction or a date stands where a number with a letter or a range does.
    """
    if text.isalpha():
        return text
    text = plain_form(text)
    if postcode_readings(text):
        return text
    meant = words_meant(text)
    for word in meant:
        if lexicon.flags_of(word) or (gazetteer is not None and gazetteer.evidence(word) is not None):
            return word
    return meant[0] if meant else text
