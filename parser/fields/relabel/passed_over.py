"""Pass over what a text says beside the premises: what it leaves out, what goes with it, how to get there."""

import re
from collections.abc import Sequence

from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.fields.relabel.runs import (
    DIGITS,
    PLACES,
    Labels,
    is_street_ending,
    relabelled,
    runs_between_commas,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import PREPOSITIONS, Role, position_words

EXCLUDING = frozenset({"EXCLUDING", "EXCL", "EXC", "EX", "EXCEPT", "EXCEPTING"})
TOGETHER = frozenset({"AND", "&", "WITH", "PLUS", "INCLUDING"})
"""Words with which a thing goes with the premises."""
WAYS = frozenset(
    {
        *(
            "JUNCTION",
            "JCT",
            "CORNER",
            "CNR",
            "OPPOSITE",
            "OPP",
            "NEAR",
            "NR",
            "ALONGSIDE",
            "ADJACENT",
            "ADJ",
        ),
        *("BY", "BEHIND", "FACING"),
    }
)
"""Words with which a text says how to get to a street that it named already."""
SEE = "SEE"
PRISONS = frozenset({"HMP", "HMYOI", "YOI", "PRISON"})
_HM_PRISON = ["HM", "PRISON"]
CARE_OF = "C/O"
ROLES = frozenset(
    {
        *("STUDENT", "STUDENTS", "PUPIL", "TENANT", "TENANTS", "LODGER", "OWNER", "LANDLORD", "LANDLADY"),
        *("DIRECTOR", "SECRETARY", "TREASURER", "CHAIRMAN", "MANAGER", "PROPRIETOR", "HEADTEACHER"),
    }
)
"""What a person is, between the name and the address."""
TITLES = frozenset({"MR", "MRS", "MS", "MISS"})
"""With which no building's name begins."""
_PRISONER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
"""The number of a prisoner, which is no number of a building."""
_LETTERED_PARTS = frozenset({"WING", "CORE", "STAIR", "STAIRS", "STAIRCASE", "PHASE", "ZONE", "LANDING"})
"""Parts that have letters, as persons have initials, and are known for nothing else: C WING."""
_LONG_NUMBER = re.compile(r"\b[0-9]{5,}\b")
"""A number that no premises has: of an account, a policy, a case."""
_MOST_WORDS_OF_A_FILE = 2
_MOST_WORDS_OF_A_PERSON = 5
_WHOLE = frozenset({"HOUSE", "BUILDING", "PROPERTY", "PREMISES", "WHOLE", "REMAINDER", "REST", "THE", "OF"})
_JOINING = frozenset({"AND", "&", "THE", "OF", "FLAT", "FLATS"})
_LONGEST_DESIGNATOR = 3
_DWELLINGS = frozenset({"FLAT", "UNIT"})
_WORDS_OF_A_SIDE = PREPOSITIONS | {"THE", "REAR", "FRONT", "SIDE", "BACK", "THEREOF", "THERETO"}
_THINGS = frozenset({Role.OBJECT, Role.HELD})
_NAMES = frozenset({Label.ORGANISATION, Label.BUILDING, Label.SUB_BUILDING, Label.OTHER})


def without_what_is_excluded(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Pass over what a text says it does not mean: HOUSE EXCLUDING BASEMENT, 12 ELM ROAD is the house."""
    place = next(i for i, token in enumerate(tokens) if token in EXCLUDING)
    end = place + 1
    while end < len(tokens) and (
        _is_word_of_a_part(tokens[end], lexicon)
        or tokens[end] in _JOINING
        or (
            tokens[end - 1] in lexicon.unit_kinds
            and len(tokens[end]) <= _LONGEST_DESIGNATOR
            and Label.STREET not in labels[end : end + 2]
        )
    ):
        end += 1
    start = place
    while start and tokens[start - 1] in _WHOLE:
        start -= 1
    return relabelled(labels, start, end, Label.OTHER) if end > place + 1 else labels


def _is_word_of_a_part(token: str, lexicon: Lexicon) -> bool:
    return (
        token in lexicon.unit_kinds
        or token in lexicon.floors
        or token in FLOOR_WORDS
        or token in position_words().roles
    )


def without_what_goes_with_it(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Pass over a thing that goes with the premises: FLAT 2, 22 ELM ROAD AND PARKING SPACE."""
    for place, token in enumerate(tokens):
        if token not in TOGETHER or not place:
            continue
        end = place + 1
        while end < len(tokens) and _is_word_of_a_thing(tokens[end], lexicon):
            end += 1
        thing = end - 1
        if end > place + 1 and end < len(tokens) and tokens[end] in PREPOSITIONS:
            end = _behind_its_side(tokens, end)
        named = end > place + 1 and (
            end == len(tokens)
            or labels[end] in PLACES
            or (breaks[end] and position_words().roles.get(tokens[thing]) in _THINGS)
        )
        if named and lexicon.unit_kinds.get(tokens[thing]) not in _DWELLINGS:
            return relabelled(labels, place, end, Label.OTHER)
    return labels


def _behind_its_side(tokens: Sequence[str], place: int) -> int:
    """Return where the words end that say on which side a thing lies: AT THE REAR, TO THE SIDE; `place` where none
    stand.
    """
    end = place
    while end < len(tokens) and tokens[end] in _WORDS_OF_A_SIDE:
        end += 1
    return end if tokens[end - 1] not in PREPOSITIONS else place


def _is_word_of_a_thing(token: str, lexicon: Lexicon) -> bool:
    roles = position_words().roles
    return token in lexicon.unit_kinds or roles.get(token) in {Role.OBJECT, Role.HELD, Role.KIND}


def without_way(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Pass over how to get to a numbered street: 2 ELM LANE, JUNCTION WITH OAK ROW."""
    for start, end in runs_between_commas(breaks):
        if not start or tokens[start] not in WAYS or Label.STREET not in labels[:start]:
            continue
        typed = is_street_ending(tokens[end - 1], lexicon)
        if typed and not any(token[0] in DIGITS for token in tokens[start:end]):
            return relabelled(labels, start, end, Label.OTHER)
    return labels


def without_reference(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over the number at which a register says more: FLAT A (SEE 32-33), 33 ELM SQUARE."""
    place = tokens.index(SEE)
    if place + 1 == len(tokens) or tokens[place + 1][0] not in DIGITS or labels[place] is Label.STREET:
        return labels
    return relabelled(labels, place, place + 2, Label.OTHER)


def without_long_numbers(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over the number of a file, and the words that say of which: POLICY NO 792346, 12 ELM ROAD."""
    if not _LONG_NUMBER.search(" ".join(tokens)):
        return labels
    for start, end in runs_between_commas(breaks):
        number = end - 1
        words = tokens[start:number]
        if not _LONG_NUMBER.fullmatch(tokens[number]) or labels[number] not in _NAMES | {Label.NUMBER}:
            continue
        of_the_number = (
            len(words) <= _MOST_WORDS_OF_A_FILE
            and all(word.isalpha() for word in words)
            and not {Label.STREET, *PLACES}.intersection(labels[start:number])
        )
        labels = relabelled(labels, start if of_the_number else number, end, Label.OTHER)
    return labels


def without_prisoner(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over a prisoner with the number, and take HMP ELMWOOD for one name: A1234BC J OAKLEY, HMP ELMWOOD, DURHAM."""
    numbered = [_PRISONER.fullmatch(token) is not None for token in tokens]
    looked = [Label.OTHER if has_it else label for has_it, label in zip(numbered, labels, strict=True)]
    prison = next(place for place, token in enumerate(tokens) if token in PRISONS)
    for start, end in runs_between_commas(breaks):
        prisoner = (
            range(start, min(end, prison - (tokens[prison - 1] == "HM"))) if start < prison else range(0)
        )
        if any(numbered[place] for place in prisoner):
            looked[prisoner.start : prisoner.stop] = [Label.OTHER] * len(prisoner)
        begins = tokens[start] in PRISONS or tokens[start : start + 2] == _HM_PRISON
        if begins and {Label.BUILDING, Label.STREET} >= set(looked[start:end]):
            looked[start:end] = [Label.BUILDING] * (end - start)
    return looked


def without_role(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon) -> Labels:
    """Pass over what a person is, where that stands between two commas by itself: J DAY, STUDENT, ELM HALL."""
    for start, end in runs_between_commas(breaks):
        if end - start == 1 and start > 0 and end < len(tokens) and tokens[start] in ROLES:
            labels = relabelled(labels, start, end, Label.OTHER)
    return labels


def without_persons_in_care(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over persons around C/O, J ELMWOOD C/O R OAKLEY, 22 ELM ROAD; a firm in whose care somebody is stays."""
    place = tokens.index(CARE_OF)
    start, end = place, place + 1
    while start and not breaks[start] and labels[start - 1] in _NAMES:
        start -= 1
    while end < len(tokens) and not breaks[end] and labels[end] in _NAMES and tokens[end].isalpha():
        end += 1
    looked = list(labels)
    for first, last in ((start, place), (place + 1, end)):
        if _is_person(tokens[first:last]):
            looked[place] = Label.OTHER
            looked[first:last] = [Label.OTHER] * (last - first)
    return looked


def without_titled_person(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over a person with a title before the comma of a house, who was taken for a part of its name: MRS OLIVE DAY, ELM
    COTTAGE.
    """
    _, end = next(runs_between_commas(breaks))
    if (
        tokens[0] in TITLES
        and 1 < end <= _MOST_WORDS_OF_A_PERSON
        and end < len(tokens)
        and labels[end] in {Label.BUILDING, Label.NUMBER}
        and all(token.isalpha() for token in tokens[:end])
        and {Label.OTHER, Label.ORGANISATION, Label.BUILDING} >= set(labels[:end])
        and Label.BUILDING in labels[:end]
    ):
        return relabelled(labels, 0, end, Label.OTHER)
    return labels


def without_initial(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read letters before a name as its initials: `J ELMWOOD C/O R OAKLEY, 22 ELM ROAD` asks for no unit J, nor does `P A
    OAKLEY, 22 ELM ROAD`.
    """
    if len(tokens) < 2 or len(tokens[0]) > 1 or not tokens[0].isalpha():
        return labels
    surname = next((place for place, token in enumerate(tokens) if len(token) > 1), 0)
    if _is_person_before_a_house(tokens, labels, breaks, surname, lexicon):
        return relabelled(labels, 0, surname + 1, Label.ORGANISATION)
    if labels[0] is Label.SUB_BUILDING and labels[1] is Label.ORGANISATION and not breaks[1]:
        return [Label.ORGANISATION, *labels[1:]]
    return labels


def _is_person_before_a_house(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], surname: int, lexicon: Lexicon
) -> bool:
    """Return whether initials and a word that is known for nothing else stand before the number of a house, or before a
    comma and its name.
    """
    number = surname + 1
    return (
        number < len(tokens)
        and _is_person(tokens[:number])
        and tokens[surname] not in lexicon.flags
        and tokens[surname].isalpha()
        and tokens[surname] not in _LETTERED_PARTS
        and tokens[surname] not in position_words().roles
        and not any(breaks[1:number])
        and (tokens[number][0] in DIGITS or (breaks[number] and labels[number] is Label.BUILDING))
        and labels[number] in {Label.NUMBER, Label.BUILDING}
        and {Label.SUB_BUILDING, Label.BUILDING} >= set(labels[:number])
    )


def _is_person(words: Sequence[str]) -> bool:
    """Return whether words are initials and a surname."""
    *initials, surname = words or [""]
    return bool(initials) and all(len(w) == 1 and w.isalpha() for w in initials) and len(surname) > 1
