"""Account for every word of a text: which say something, which are passed over and why, and which are not understood."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.fields.position.pointer import Pointer
from address_match.parser.fields.relabel.boats import BOAT_WORDS
from address_match.parser.fields.relabel.passed_over import EXCLUDING, PRISONS, SEE, TOGETHER, WAYS
from address_match.parser.fields.unit import ABOVE, is_word_of_a_side
from address_match.parser.labels import Label
from address_match.parser.lexicon.files import rows_of, words_of_cell
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.numerals import FIGURES
from address_match.parser.recognisers.mixed_number import day_and_month
from address_match.parser.recognisers.postcode import postcode_readings
from address_match.parser.word_use import WordUse

_COUNTRIES = frozenset(
    {
        *("UNITED KINGDOM", "GREAT BRITAIN", "BRITISH ISLES"),
        *("ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND"),
    }
)
_NAMED_BY_LABEL = {Label.ORGANISATION: WordUse.BUSINESS, Label.DEPARTMENT: WordUse.BUSINESS}
_TITLE = int(Flag.TITLE)
_JOINER = int(Flag.JOINER)
_SHORT = 2
"""Letters that may be a designator."""


def word_uses(
    tokens: Sequence[str], labels: Sequence[Label], pointer: Pointer, lexicon: Lexicon
) -> tuple[WordUse, ...]:
    """Return what becomes of each word, given the labels that it was read by and the phrase that points at another
    place.
    """
    uses: list[WordUse] = []
    for label, run in groupby(range(len(tokens)), key=lambda place: labels[place]):
        places = list(run)
        words = [tokens[place] for place in places]
        uses += _of_other(words, tokens, lexicon) if label is Label.OTHER else _of_run(label, words, lexicon)
    for place in range(pointer.start, pointer.end):
        uses[place] = WordUse.UNDERSTOOD
    return tuple(uses)


@cache
def _words_of_countries() -> frozenset[str]:
    """Return the words of the names of countries, in every language in which they are listed."""
    rows = (row for row in rows_of("counties.tsv") if row[0] in _COUNTRIES)
    names = (name for row in rows for name in (row[0], *words_of_cell(row[1])))
    return frozenset(word for name in names for word in name.split())


def _of_run(label: Label, words: Sequence[str], lexicon: Lexicon) -> list[WordUse]:
    if label is Label.COUNTY:
        return [WordUse.COUNTRY if word in _words_of_countries() else WordUse.UNDERSTOOD for word in words]
    if label is Label.POSTCODE:
        read = bool(postcode_readings("".join(words))) or any(map(postcode_readings, words))
        return [WordUse.UNDERSTOOD if read else WordUse.UNKNOWN] * len(words)
    if label is Label.SUB_BUILDING:
        return [_of_part(word, lexicon) for word in words]
    use = _NAMED_BY_LABEL.get(label, WordUse.UNDERSTOOD)
    return [WordUse.UNKNOWN if day_and_month(word) else use for word in words]


def _of_part(word: str, lexicon: Lexicon) -> WordUse:
    """Return whether a word of a part is known; a number or a letter always is, except for a spreadsheet's date."""
    known = (
        len(word) <= _SHORT
        or any(character.isdigit() for character in word)
        or word in lexicon.unit_kinds
        or word in lexicon.floors
        or word in FLOOR_WORDS
        or word in FIGURES
        or word in ABOVE
        or is_word_of_a_side(word)
        or bool(int(lexicon.flags_of(word)) & _JOINER)
    )
    return WordUse.UNDERSTOOD if known and not day_and_month(word) else WordUse.UNKNOWN


def _of_other(words: Sequence[str], tokens: Sequence[str], lexicon: Lexicon) -> list[WordUse]:
    """Return the use of words that stand for nothing of the premises: of one run the same, except for what only joins."""
    flags = [int(lexicon.flags_of(word)) for word in words]
    if any(flag & _TITLE for flag in flags) or not PRISONS.isdisjoint(tokens):
        return [WordUse.PERSON] * len(words)
    if words[0] in WAYS or words[0] == "OFF":
        return [WordUse.PLACE] * len(words)
    if not (BOAT_WORDS | EXCLUDING | TOGETHER | {SEE}).isdisjoint(words):
        return [WordUse.UNDERSTOOD] * len(words)
    return [WordUse.NOISE if flag & _JOINER else WordUse.UNKNOWN for flag in flags]
