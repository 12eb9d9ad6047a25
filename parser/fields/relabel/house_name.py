"""Read the name of a house in one, whose words were labelled each for itself: BRYN AWEL, WOOD SIDE."""

from collections.abc import Sequence
from itertools import pairwise

from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.fields.relabel.runs import (
    BUILDING_PREFIXES,
    PLACES,
    PREMISES,
    STREET_PREFIXES,
    Labels,
    is_street_ending,
    relabelled,
    runs_between_commas,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.name_words import is_kind
from address_match.parser.lexicon.position_words import Role, position_words

_NAMING = frozenset(
    {Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.LOCALITY, Label.OTHER}
)
"""Labels that the words of one house's name may have got, each another."""
_MANY_HOMES = frozenset(
    {
        *("HOUSE", "HSE", "HO", "TOWER", "TOWERS", "TWR", "BLOCK", "BLK", "BUILDING", "BLDG", "BLD"),
        *("APARTMENTS", "CHAMBERS", "LOFTS", "RESIDENCES", "MAISONETTES", "STUDIOS", "WAREHOUSE", "COURT"),
    }
)
"""Words in which names of buildings of many homes end, and names of streets before another street do not."""
_ARTICLES = frozenset({"Y", "YR", "NA", "NAN", "NAM", "AN"})
"""Within the names of Welsh and Gaelic houses: TAN YR ALLT, TIGH NA MARA."""
_FARM = "FARM"
"""Behind such a word within the name of a street: OLD HOUSE FARM ROAD."""
MAINS = "MAINS"
"""The chief farm of a Scottish estate: MAINS OF TORRIN."""
_HOUSE_OR_STREET = frozenset({Label.STREET, Label.BUILDING})
_NUMBER_OR_STREET = frozenset({Label.NUMBER, Label.STREET})
_MOST_WORDS_OF_A_NAME = 4
_PREMISES_OR_STREET = PREMISES | {Label.STREET, Label.ORGANISATION}


def name_in_one(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read a first run of words without a number as one name, where its labels differ or nothing else names the
    premises.
    """
    end = next((i for i in range(1, len(breaks)) if breaks[i]), 0)
    if not end or any(c.isdigit() for token in tokens[:end] for c in token):
        return labels
    if end > _MOST_WORDS_OF_A_NAME:
        return _institution_in_one(tokens, labels, end)
    if _is_business(tokens, labels, end, lexicon):
        return relabelled(labels, 0, end, Label.ORGANISATION)
    kinds = set(labels[:end])
    if (len(kinds) == 1 and _is_named_like_a_place(labels, end)) or _is_kind_alone(
        tokens, labels, end, lexicon
    ):
        return relabelled(labels, 0, end, Label.BUILDING)
    if (
        not kinds <= _NAMING | {Label.ORGANISATION}
        or kinds == {Label.BUILDING}
        or _names_a_part(tokens[:end], lexicon)
    ):
        return labels
    rest = labels[end:]
    if _is_street_of_a_building(tokens, labels, end, lexicon):
        return relabelled(labels, 0, end, Label.STREET)
    if (
        kinds == {Label.ORGANISATION, Label.STREET}
        and Label.STREET in rest
        and tokens[end - 1] not in lexicon.street_endings
    ):
        return relabelled(labels, 0, end, Label.ORGANISATION)
    if Label.ORGANISATION in kinds:
        celtic = len(kinds) > 1 and Label.STREET not in rest and not _ARTICLES.isdisjoint(tokens[1 : end - 1])
        return (
            relabelled(labels, 0, end, Label.BUILDING) if celtic else _institution_in_one(tokens, labels, end)
        )
    if len(kinds) > 1:
        in_one = _is_broken_name(tokens, labels, end, lexicon)
    else:
        in_one = not _PREMISES_OR_STREET.intersection(rest) and _is_name_of_a_house(
            tokens, labels, end, lexicon
        )
    return relabelled(labels, 0, end, Label.BUILDING) if in_one else labels


def house_before_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a run of words, behind a flat or not, as a house that was taken for a street, where the next one is a street
    by its type and it is none: GREAT ELMS, OAK LANE; FLAT 8 ST HELENS COURT, OAK LANE.
    """
    for (begin, end), _ in pairwise(runs_between_commas(breaks)):
        if labels[end - 1] not in _HOUSE_OR_STREET or labels[end] not in _NUMBER_OR_STREET:
            continue  # Most runs end so, which is told at once.
        start = begin
        while start < end and labels[start] is Label.SUB_BUILDING:
            start += 1
        before = labels[start - 1] if start else None
        numbered = start > 0 and before is not Label.SUB_BUILDING and tokens[start - 1][0].isdigit()
        if (
            start < end
            and not numbered
            and _is_house_taken_for_a_street(
                tokens[start:end], labels[start:end], lexicon, of_flats=before is Label.SUB_BUILDING
            )
            and _is_followed_by_its_street(tokens, labels, breaks, end, lexicon)
        ):
            labels = relabelled(labels, start, end, Label.BUILDING)
    return labels


def _is_house_taken_for_a_street(
    words: Sequence[str], labels: Labels, lexicon: Lexicon, *, of_flats: bool
) -> bool:
    """Return whether the words of a run name a house, all of which, or behind a flat some, were labelled a street."""
    named = {Label.STREET, Label.BUILDING} if of_flats else {Label.STREET}
    if Label.STREET not in labels or not named.issuperset(labels) or words[0] in STREET_PREFIXES:
        return False
    inner = zip(words[:-1], labels[:-1], strict=True)
    if any(label is Label.BUILDING and word in lexicon.building_words for word, label in inner):
        return False
    ends_street = is_street_ending(words[-1], lexicon)
    house = not ends_street or (of_flats and words[-1] in lexicon.building_words)
    return house and all(word.isalpha() for word in words)


def mains_in_one(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read MAINS OF and a name as a building, with the words for a kind of building behind it: MAINS OF TORRIN STEADING."""
    place = tokens.index(MAINS)
    end = place + 3
    if end > len(tokens) or tokens[place + 1] != "OF" or any(breaks[place + 1 : end]):
        return labels
    if not tokens[end - 1].isalpha() or Label.STREET in labels[place:end]:
        return labels
    while end < len(tokens) and not breaks[end] and tokens[end] in lexicon.building_types:
        end += 1
    return relabelled(labels, place, end, Label.BUILDING)


def numbered_home_in_one(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a building, which was labelled as a street before another, and the number of a home in it: 12 FIR HOUSE,
    MILL STREET. Without a comma it is one of many homes, and two words and more have to follow, since streets are
    called MANOR HOUSE LANE.
    """
    for place, token in enumerate(tokens[:-1]):
        buildings = lexicon.building_words if breaks[place + 1] else _MANY_HOMES
        if token not in buildings or labels[place] is not Label.STREET:
            continue
        start = place
        while start and labels[start - 1] is Label.STREET and not breaks[start]:
            start -= 1
        numbered = start and start < place and labels[start - 1] is Label.NUMBER and not breaks[start]
        if numbered and _is_followed_by_its_street(tokens, labels, breaks, place + 1, lexicon):
            return relabelled(labels, start - 1, place + 1, Label.BUILDING)
    return labels


def _is_followed_by_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], start: int, lexicon: Lexicon
) -> bool:
    """Return whether a street, with its number or not, stands from a place on by itself."""
    end = start
    while (
        end < len(tokens)
        and labels[end] in {Label.NUMBER, Label.STREET}
        and (end == start or not breaks[end])
    ):
        end += 1
    if end == start or not is_street_ending(tokens[end - 1], lexicon):
        return False
    by_itself = breaks[start] or labels[start] is Label.NUMBER
    named_by_two = end - start > 1 and tokens[start] != _FARM and tokens[start] not in lexicon.street_endings
    return by_itself or named_by_two


def _is_business(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether a first run ends in a word for a business that was taken for the street's, which follows: ELM
    HOUSE CLINIC, OAK ROAD.
    """
    taken_for_street = end > 1 and labels[end - 1] is Label.STREET and Label.STREET in labels[end:]
    return taken_for_street and Flag.ORGANISATION_WORD in lexicon.flags_of(tokens[end - 1])


def _institution_in_one(tokens: Sequence[str], labels: Labels, end: int) -> Labels:
    """Read a name and the words for what it is as one: THE CROWN PUBLIC HOUSE."""
    start = next((place for place in range(end) if labels[place] is not Label.ORGANISATION), end)
    worded = end - start > 1 and is_kind(tuple(tokens[start:end]))
    if start and worded and set(labels[start:end]) == {Label.BUILDING}:
        return relabelled(labels, start, end, Label.ORGANISATION)
    return labels


def _is_named_like_a_place(labels: Labels, end: int) -> bool:
    """Return whether a first run of one label is a place that stands before a street, while the town stands behind it:
    HEATHFIELD, ELM ROAD, DERBY.
    """
    return (
        labels[0] in {Label.LOCALITY, Label.TOWN}
        and labels[end] in {Label.NUMBER, Label.STREET}
        and Label.TOWN in labels[end:]
        and Label.BUILDING not in labels[end:]
    )


def _is_kind_alone(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether of a first run the last word alone, which is a kind of building, was labelled one, and the rest a
    place, though a house has a name: RUTLAND HOUSE.
    """
    last = end - 1
    return (
        last > 0
        and labels[last] is Label.BUILDING
        and tokens[last] in lexicon.building_words
        and set(labels[:last]) <= PLACES
    )


def _is_street_of_a_building(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether a run is a street that is called after a building, of which but the type was labelled: BRAMBLE
    FARM ROAD.
    """
    return (
        end > 1
        and labels[end - 1] is Label.STREET
        and tokens[end - 1] in lexicon.street_endings
        and all(label is Label.BUILDING for label in labels[: end - 1])
        and Label.STREET not in labels[end:]
    )


def _is_broken_name(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether the labels of a run's words fall apart, and no building or street by itself stands among them."""
    if tokens[end - 1] in lexicon.street_endings and not (
        tokens[end - 1] in lexicon.building_words or Label.STREET in labels[end:]
    ):
        return False
    first = next((place for place in range(end) if tokens[place] not in BUILDING_PREFIXES), end)
    inner = (
        labels[i] is Label.BUILDING and tokens[i] in lexicon.building_words for i in range(first, end - 1)
    )
    return not any(inner) and tokens[0] not in STREET_PREFIXES


def _is_name_of_a_house(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether a run of one label, of a text that names no premises and no other street, is the name of a house."""
    rest = labels[end:]
    if labels[0] is Label.LOCALITY:
        return Label.LOCALITY in rest and Label.TOWN in rest
    prefixed = Flag.STREET_PREFIX in lexicon.flags_of(tokens[0]) and tokens[0] not in STREET_PREFIXES
    return labels[0] is Label.STREET and prefixed and (Label.LOCALITY in rest or Label.TOWN in rest)


def _names_a_part(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether words name a part of a building, or point at another place."""
    roles = position_words().roles
    return roles.get(words[0]) is Role.RELATION or any(
        word in lexicon.unit_kinds or word in lexicon.floors or word in FLOOR_WORDS for word in words
    )
