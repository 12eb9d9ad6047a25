"""Labels for a text that a council would write, from the components as they stand after the damage.

The text is those components in a known order, in another case and with other punctuation: letter by letter they say
what it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from address_match.parser.labelled_text import LabelledText, Span
from address_match.parser.labels import Label

_RANGE = re.compile(r"\d+(?:[-/]\d+)?")
_PLAIN = re.compile(r"\d+(?:-\d+)?")
_BARE = re.compile(r"\d+")
_PARTS_BY_NAME = frozenset({"THE FLAT", "FLAT", "THE ANNEXE", "ANNEXE", "THE MAISONETTE"})
"""What the package writes as the name of a building and is a part of one."""
_LEADING: Mapping[str, Label] = {"OFF": Label.OTHER, "NEW BUILD": Label.OTHER, "PROPOSED": Label.OTHER}
"""Words before a premises that are neither of its building (REAR OF) nor a part of it."""
_LEADING_PART = re.compile(r"(?:PLOT|ANNEXE?|FLAT)\b")

Run = tuple[str, Label]
"""Words, and their label."""


def labelled(
    text: str,
    dwelling: Mapping[str, object],
    places: Sequence[Run],
    postcode: str,
    *,
    is_range: bool = False,
) -> LabelledText | None:
    """Label a text by the components of the package's dwelling; None where they do not explain every letter of it.

    `places` are what may stand behind the street, in any order and any number of times. `is_range` says whether the
    premises has a range of house numbers, so that a slash in its number parts two of them, and not a flat from a house.
    """
    cursor = _Cursor(text)
    for words, label in _premises_runs(dwelling, is_range=is_range):
        if not cursor.take(words, label):
            return None
    tail = sorted(
        ((words, label) for words, label in places if words), key=lambda run: -len(_letters(run[0]))
    )
    # A county's abbreviation may be the first letters of a postcode: T&W, TW4 4LJ.
    while cursor.rest != _letters(postcode) and any(cursor.take(words, label) for words, label in tail):
        pass
    if postcode and not cursor.take(postcode, Label.POSTCODE):
        return None
    return None if cursor.rest else LabelledText(text, tuple(cursor.spans))


def _premises_runs(dwelling: Mapping[str, object], *, is_range: bool) -> Iterator[Run]:
    """Yield what is written up to the places, in the order of the dwelling."""
    field = {name: str(value) for name, value in dwelling.items() if name != "pre"}
    leading = dwelling["pre"]
    yield field["org"], Label.ORGANISATION
    for words in leading if isinstance(leading, list) else ():
        yield words, _leading_label(words)
    part, order = field["sub"], field["order"]
    # A number before the name of a building is part of its name: 14 ALDER COURT, ELM ROAD.
    bare = bool(_BARE.fullmatch(part)) and bool(field["name"])
    if order == "std":
        yield part, Label.BUILDING if bare else Label.SUB_BUILDING
    yield field["name"], _name_label(field["name"])
    if order == "sub_after_name":
        yield part, Label.SUB_BUILDING
    yield field["name2"], _name_label(field["name2"])
    yield field["number"], _number_label(field["number"], is_range=is_range)
    yield field["dep"], Label.STREET
    yield field["street"], Label.STREET
    if order == "sub_after_street":
        yield part, Label.SUB_BUILDING


def _number_label(number: str, *, is_range: bool) -> Label:
    """Return the label of a house number: a range is one, also with a slash; a letter or a flat's slash makes it a
    building.
    """
    return Label.NUMBER if (_RANGE if is_range else _PLAIN).fullmatch(number) else Label.BUILDING


def _name_label(name: str) -> Label:
    return Label.SUB_BUILDING if name in _PARTS_BY_NAME else Label.BUILDING


def _leading_label(words: str) -> Label:
    if words in _LEADING:
        return _LEADING[words]
    return Label.SUB_BUILDING if _LEADING_PART.match(words) else Label.BUILDING


@lru_cache(maxsize=4096)
def _letters(words: str) -> str:
    return "".join(sign for sign in words.upper() if sign.isalnum())


class _Cursor:
    """Goes through the letters and digits of a text; what stands between them is passed over."""

    def __init__(self, text: str) -> None:
        self._places = [place for place, sign in enumerate(text) if sign.isalnum()]
        self._letters = _letters(text)
        self._next = 0
        self.spans: list[Span] = []

    @property
    def rest(self) -> str:
        """Return the letters that have not been taken."""
        return self._letters[self._next :]

    def take(self, words: str, label: Label) -> bool:
        """Label the next letters when they are those of the words; words without a letter are taken where they stand."""
        letters = _letters(words)
        if not letters:
            return not words.strip()
        if not self._letters.startswith(letters, self._next):
            return False
        end = self._next + len(letters)
        self.spans.append(Span(self._places[self._next], self._places[end - 1] + 1, label))
        self._next = end
        return True
