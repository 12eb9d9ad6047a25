"""Take another look at the labels of runs between commas: what kind of part, name or number a run is as a whole."""

from collections.abc import Sequence

from address_match.parser.fields.canonical_names import ESTATES
from address_match.parser.fields.relabel.boats import BOAT_WORDS, boat_as_building
from address_match.parser.fields.relabel.estates import estate_in_one
from address_match.parser.fields.relabel.house_name import (
    HOME,
    IN_SHORT,
    church_or_club_in_short,
    house_before_its_street,
    institution_behind_its_name,
    name_in_one,
    numbered_home_in_one,
)
from address_match.parser.fields.relabel.number_and_street import (
    direction_behind_its_street,
    number_before_its_street,
    number_behind_its_street,
    number_of_a_row,
    numbers_of_a_list,
    word_of_a_number,
)
from address_match.parser.fields.relabel.number_anew import number_anew
from address_match.parser.fields.relabel.numbered_parts import (
    BOX,
    HOMES_IN_PARKS,
    begins_with_a_lettered_part,
    box_in_one,
    flat_behind_its_building,
    flat_of_a_block,
    may_end_part,
    numbered_parts,
)
from address_match.parser.fields.relabel.passed_over import (
    CARE_OF,
    EXCLUDING,
    PRISONS,
    SEE,
    TOGETHER,
    WAYS,
    without_persons_in_care,
    without_prisoner,
    without_reference,
    without_way,
    without_what_goes_with_it,
    without_what_is_excluded,
)
from address_match.parser.fields.relabel.runs import DIGITS, LISTING, NUMBER_WORDS, Labels
from address_match.parser.fields.relabel.street_and_place import (
    DIRECTIONS,
    direction_before_a_comma,
    place_behind_its_street,
)
from address_match.parser.fields.relabel.worded_parts import part_at_a_building, part_by_words_alone
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.short_forms import COMPASS

_SPECIAL_WORDS = BOAT_WORDS | PRISONS | TOGETHER | WAYS | EXCLUDING | NUMBER_WORDS | {SEE, BOX, CARE_OF}


def correct_runs(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Return the labels to read by: the same ones, but for a number before its street, and what a run of words is as a
    whole.
    """
    if any(breaks):
        labels = number_anew(tokens, labels, breaks, lexicon)
    labels = number_before_its_street(tokens, labels, breaks, lexicon)
    if not LISTING.isdisjoint(tokens):
        labels = numbers_of_a_list(tokens, labels)
    special = not _SPECIAL_WORDS.isdisjoint(tokens)
    if special:
        labels = _by_special_words(tokens, labels, breaks, lexicon)
    number = _first_number(tokens)
    if (
        number + 1 < len(tokens)
        and breaks[number + 1]
        and labels[number] is Label.NUMBER
        and not breaks[number]
    ):
        labels = number_of_a_row(tokens, labels, number, lexicon)
    names_kind = not lexicon.unit_kinds.keys().isdisjoint(tokens)
    if names_kind:
        labels = part_at_a_building(tokens, labels, breaks, lexicon)
        labels = part_by_words_alone(tokens, labels, breaks, lexicon)
        labels = flat_of_a_block(tokens, labels, breaks, lexicon)
        labels = flat_behind_its_building(tokens, labels, breaks, lexicon)
    if (
        names_kind
        or tokens[0] in HOMES_IN_PARKS
        or may_end_part(number, labels, breaks)
        or begins_with_a_lettered_part(tokens, breaks)
    ):
        labels = numbered_parts(tokens, labels, breaks, lexicon)
    if not ESTATES.isdisjoint(tokens):
        labels = estate_in_one(tokens, labels, breaks)
    if special and not EXCLUDING.isdisjoint(tokens):
        labels = without_what_is_excluded(tokens, labels, lexicon)
    if number:
        behind = number
        while behind < len(tokens) and (
            labels[behind] is Label.SUB_BUILDING or tokens[behind][0] not in DIGITS
        ):
            behind += 1
        labels = number_behind_its_street(tokens, labels, breaks, behind, lexicon)
        labels = name_in_one(tokens, labels, breaks, lexicon)
    if not IN_SHORT.isdisjoint(tokens):
        labels = church_or_club_in_short(tokens, labels, breaks)
    if HOME in tokens:
        labels = institution_behind_its_name(tokens, labels, breaks)
    if not lexicon.building_words.isdisjoint(tokens):
        labels = numbered_home_in_one(tokens, labels, breaks, lexicon)
    if special and not BOAT_WORDS.isdisjoint(tokens):
        labels = boat_as_building(tokens, labels, breaks, lexicon)
    if not COMPASS.keys().isdisjoint(tokens):
        labels = direction_behind_its_street(tokens, labels, breaks, lexicon)
    if Label.STREET in labels and any(breaks):
        labels = house_before_its_street(tokens, labels, breaks, lexicon)
        labels = place_behind_its_street(tokens, labels, breaks, lexicon)
        if not DIRECTIONS.isdisjoint(tokens):
            labels = direction_before_a_comma(tokens, labels, breaks, lexicon)
    return labels


def _by_special_words(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Apply the rules that begin with a certain word; hardly any text has more than one of them."""
    if not PRISONS.isdisjoint(tokens):
        labels = without_prisoner(tokens, labels, breaks)
    if CARE_OF in tokens:
        labels = without_persons_in_care(tokens, labels, breaks)
    if BOX in tokens:
        labels = box_in_one(tokens, labels)
    if not TOGETHER.isdisjoint(tokens):
        labels = without_what_goes_with_it(tokens, labels, breaks, lexicon)
    if not WAYS.isdisjoint(tokens):
        labels = without_way(tokens, labels, breaks, lexicon)
    if SEE in tokens:
        labels = without_reference(tokens, labels)
    if not NUMBER_WORDS.isdisjoint(tokens):
        labels = word_of_a_number(tokens, labels, lexicon)
    return labels


def _first_number(tokens: Sequence[str]) -> int:
    """Return the place of the first word that begins with a digit, or that behind the last word."""
    for place, token in enumerate(tokens):
        if token[0] in DIGITS:
            return place
    return len(tokens)
