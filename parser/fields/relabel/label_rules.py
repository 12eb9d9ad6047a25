"""The rules that take another look at the labels of the CRF, which the words around them may contradict, in the order in
which they are applied: each sees what those before it have made of the labels.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from address_match.parser.fields.canonical_names import ESTATES
from address_match.parser.fields.relabel.boats import BOAT_WORDS, boat_as_building
from address_match.parser.fields.relabel.departments import (
    DEPARTMENTS,
    POST,
    department_of_an_institution,
    post_office_in_one,
)
from address_match.parser.fields.relabel.estates import estate_in_one
from address_match.parser.fields.relabel.floors_and_codes import (
    codes_of_parts,
    floors_as_parts,
    floors_counted_up,
)
from address_match.parser.fields.relabel.house_name import (
    MAINS,
    house_before_its_street,
    mains_in_one,
    name_in_one,
    numbered_home_in_one,
)
from address_match.parser.fields.relabel.institutions import (
    HOME,
    IN_SHORT,
    KINDS_IN_SHORT,
    NOUNS,
    church_or_club_in_short,
    institution_behind_its_name,
    kind_in_short_behind_its_name,
    place_behind_its_institution,
)
from address_match.parser.fields.relabel.number_and_street import (
    MILE,
    direction_behind_its_street,
    number_before_its_street,
    number_behind_its_street,
    number_of_a_row,
    numbered_name_as_street,
    numbers_of_a_list,
    numbers_with_commas,
    numeral_of_a_street,
    range_without_its_hyphen,
    word_of_a_number,
)
from address_match.parser.fields.relabel.number_anew import number_anew
from address_match.parser.fields.relabel.numbered_parts import (
    BOX,
    box_in_one,
    flat_behind_its_building,
    flat_of_a_block,
    numbered_parts,
)
from address_match.parser.fields.relabel.off_a_street import OFF, off_a_street
from address_match.parser.fields.relabel.passed_over import (
    CARE_OF,
    EXCLUDING,
    PRISONS,
    ROLES,
    SEE,
    TITLES,
    TOGETHER,
    WAYS,
    without_initial,
    without_long_numbers,
    without_persons_in_care,
    without_prisoner,
    without_reference,
    without_role,
    without_titled_person,
    without_way,
    without_what_goes_with_it,
    without_what_is_excluded,
)
from address_match.parser.fields.relabel.places import (
    BY,
    KINDS_OF_PLACES,
    STREET,
    house_by_its_town,
    postcode_in_pieces,
    scanned_town,
    town_called_street,
    without_kind_of_place,
)
from address_match.parser.fields.relabel.runs import LISTING, Labels
from address_match.parser.fields.relabel.street_and_place import (
    BEHIND_A_TYPE,
    direction_before_a_comma,
    place_before_its_street,
    place_behind_its_street,
)
from address_match.parser.fields.relabel.welsh_street import street_by_its_first_word
from address_match.parser.fields.relabel.worded_parts import (
    SORTS,
    WING,
    part_at_a_building,
    part_by_words_alone,
    wing_behind_its_building,
    without_its_sort,
)
from address_match.parser.fields.unit import UP
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.short_forms import COMPASS

Correction = Callable[[Sequence[str], Labels, Sequence[bool], Lexicon], Labels]
"""Takes the tokens of a text, their labels, and whether a comma stands before each; returns the labels, corrected or as they were."""
_MOST_REMEMBERED = 1 << 14


class Rule(NamedTuple):
    """A correction, and what a text must have for it to be worth a look."""

    correct: Correction
    words: Collection[str] | Callable[[Lexicon], Collection[str]] | None = None
    """One of which must stand in the text, by themselves or by the lexicon; None where no word tells."""
    across_a_comma: bool = False
    """Whether the text must have a comma."""


_UNIT_KINDS = attrgetter("unit_kinds")

RULES = (
    Rule(without_initial),
    Rule(postcode_in_pieces),
    Rule(off_a_street, {OFF}),
    Rule(floors_as_parts, attrgetter("floors")),
    Rule(floors_counted_up, {UP}),
    Rule(codes_of_parts),
    Rule(town_called_street, {STREET}),
    Rule(street_by_its_first_word),
    Rule(scanned_town),
    Rule(without_kind_of_place, KINDS_OF_PLACES),
    Rule(numeral_of_a_street, {MILE}),
    Rule(number_anew, across_a_comma=True),
    Rule(number_before_its_street),
    Rule(numbers_of_a_list, LISTING),
    Rule(numbers_with_commas, across_a_comma=True),
    Rule(range_without_its_hyphen),
    Rule(without_prisoner, PRISONS),
    Rule(without_role, ROLES, across_a_comma=True),
    Rule(without_persons_in_care, {CARE_OF}),
    Rule(without_titled_person, TITLES, across_a_comma=True),
    Rule(box_in_one, {BOX}),
    Rule(without_what_goes_with_it, TOGETHER),
    Rule(without_way, WAYS),
    Rule(without_reference, {SEE}),
    Rule(word_of_a_number, NUMBER_WORDS),
    Rule(house_by_its_town, BY),
    Rule(number_of_a_row, across_a_comma=True),
    Rule(part_at_a_building, _UNIT_KINDS),
    Rule(part_by_words_alone, _UNIT_KINDS),
    Rule(wing_behind_its_building, {WING}),
    Rule(flat_of_a_block, _UNIT_KINDS),
    Rule(flat_behind_its_building, _UNIT_KINDS),
    Rule(numbered_parts),
    Rule(without_its_sort, SORTS),
    Rule(post_office_in_one, {POST}),
    Rule(department_of_an_institution, DEPARTMENTS),
    Rule(estate_in_one, ESTATES),
    Rule(without_what_is_excluded, EXCLUDING),
    Rule(number_behind_its_street),
    Rule(numbered_name_as_street),
    Rule(name_in_one, across_a_comma=True),
    Rule(mains_in_one, {MAINS}),
    Rule(church_or_club_in_short, IN_SHORT),
    Rule(institution_behind_its_name, {HOME}),
    Rule(kind_in_short_behind_its_name, KINDS_IN_SHORT),
    Rule(place_behind_its_institution, NOUNS),
    Rule(numbered_home_in_one, attrgetter("building_words")),
    Rule(boat_as_building, BOAT_WORDS),
    Rule(direction_behind_its_street, COMPASS),
    Rule(house_before_its_street, across_a_comma=True),
    Rule(place_before_its_street, across_a_comma=True),
    Rule(place_behind_its_street, across_a_comma=True),
    Rule(direction_before_a_comma, BEHIND_A_TYPE, across_a_comma=True),
    Rule(without_long_numbers),
)


class LabelRules:
    """Applies `RULES` to texts; which of them a text is worth is seen by one look-up a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._always = 0
        self._by_word: dict[str, int] = {}
        """The rules, a bit each, that ask for a word."""
        for number, rule in enumerate(RULES):
            words = rule.words(lexicon) if callable(rule.words) else rule.words
            for word in words or ():
                self._by_word[word] = self._by_word.get(word, 0) | 1 << number
            if words is None:
                self._always |= 1 << number
        self._corrections = lru_cache(_MOST_REMEMBERED)(_corrections)

    def correct(self, tokens: Sequence[str], labels: Labels, breaks: Sequence[bool]) -> Labels:
        """Return the labels to read by; most are as they were."""
        asked, by_word = self._always, self._by_word
        for token in tokens:
            if token in by_word:
                asked |= by_word[token]
        for correct in self._corrections(asked, has_comma=any(breaks)):
            labels = correct(tokens, labels, breaks, self._lexicon)
        return labels


def _corrections(asked: int, *, has_comma: bool) -> tuple[Correction, ...]:
    """Return the corrections of the rules that are asked for, in their order."""
    return tuple(
        rule.correct
        for number, rule in enumerate(RULES)
        if asked >> number & 1 and (has_comma or not rule.across_a_comma)
    )
