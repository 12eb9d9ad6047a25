"""Read an institution by its name and the words for its kind, and the place behind them: ELMLEY BAPT CH OAK ROAD; VILLAGE
HALL ELMLEY.
"""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import (
    Labels,
    is_street_ending,
    relabelled,
    runs_between_commas,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.name_words import is_kind

HOME = "HOME"
IN_SHORT = frozenset({"URC", "PH", "WMC", "RFC", "RUFC", "AFC"})
"""Letters for what is called after a place, with which no street's name begins."""
KINDS_IN_SHORT = frozenset(
    {"CH", "CHPL", "SCH", "SCHL", "STN", "HOSP", "LIB", "SURG", "COLL", "ACAD", "INFY"}
)
"""Kinds of institutions in short, with which names of streets begin as well."""
_HOUSES = frozenset({"HALL", "CENTRE", "CTR", "CLUB", "INSTITUTE", "LIBRARY", "OFFICE", "STATION", "STN"})
_SCHOOLS_AND_CHURCHES = frozenset({"SCHOOL", "SCH", "CHURCH", "CH", "CHAPEL"})
NOUNS = _HOUSES | _SCHOOLS_AND_CHURCHES | {"HOSPITAL", "HOSP", "SURGERY"}
"""Last words for the kind of an institution."""
_OF_VILLAGES = frozenset({"VILLAGE", "PARISH", "MEMORIAL", "COMMUNITY", "LEISURE", "SPORTS", "SOCIAL"})
_OF_SERVICES = frozenset({"POLICE", "FIRE", "AMBULANCE", "RAILWAY", "POST", "HEALTH", "MEDICAL", "COTTAGE"})
_OF_CHURCHES = frozenset({"METHODIST", "METH", "BAPTIST", "BAPT", "CONGREGATIONAL", "CATHOLIC", "RC"})
_OF_SCHOOLS = frozenset({"PRIMARY", "INFANT", "INFANTS", "JUNIOR", "NURSERY", "GRAMMAR", "HIGH"})
_OF_A_KIND = NOUNS | _OF_VILLAGES | _OF_SERVICES | _OF_CHURCHES | _OF_SCHOOLS
"""Words for kinds before the last one."""
_NAMES = frozenset({Label.BUILDING, Label.ORGANISATION})
_NO_PLACE = Flag.BUILDING_TYPE | Flag.ORGANISATION_WORD | Flag.UNIT_WORD | Flag.STREET_TYPE
"""Words that names of villages hardly hold."""
_MOST_WORDS_OF_A_KIND = 4
_FEWEST_WORDS_OF_A_KIND = 2
_MOST_WORDS_OF_A_PLACE = 3


def church_or_club_in_short(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read the letters for a church, a club or a pub behind a name as its, which were taken for the street's: ELMLEY URC
    OAK ROAD.
    """
    for place in range(1, len(tokens)):
        if (
            tokens[place] in IN_SHORT
            and labels[place] is Label.STREET
            and labels[place - 1] in _NAMES
            and not breaks[place]
        ):
            labels = relabelled(labels, place, place + 1, labels[place - 1])
    return labels


def institution_behind_its_name(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read the words for a home behind a name as its, which were taken for the street's: ELM HOUSE NURSING HOME OAK
    ROAD.
    """
    end = tokens.index(HOME) + 1
    for start in range(max(1, end - _MOST_WORDS_OF_A_KIND), end - 1):
        if (
            is_kind(tuple(tokens[start:end]))
            and labels[start - 1] in _NAMES
            and all(label is Label.STREET for label in labels[start:end])
            and not any(breaks[start:end])
        ):
            return relabelled(labels, start, end, labels[start - 1])
    return labels


def kind_in_short_behind_its_name(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read the kind of an institution behind its name as its, which was taken for the street's, where a street with its
    type is left: ELMLEY BAPT CH OAK ROAD. A house has its kind already: ROSE COTTAGE STN ROAD.
    """
    for place in range(1, len(tokens) - 2):
        if tokens[place] not in KINDS_IN_SHORT or labels[place] is not Label.STREET:
            continue
        start, end = place, place + 1
        while start > 0 and labels[start] is Label.STREET and not breaks[start]:
            start -= 1
        while end < len(tokens) and labels[end] is Label.STREET and not breaks[end]:
            end += 1
        named = labels[start] in _NAMES and tokens[start] not in lexicon.building_words
        if named and end > place + 2 and is_street_ending(tokens[end - 1], lexicon):
            return relabelled(labels, start + 1, place + 1, labels[start])
    return labels


def place_behind_its_institution(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read what follows the words for a kind of institution, by which a run begins, as its place: VILLAGE HALL ELMLEY,
    OAK ROAD.
    """
    for start, _ in runs_between_commas(breaks):
        end = start
        while end < len(tokens) and tokens[end] in _OF_A_KIND and labels[end] in _NAMES:
            end += 1
        if end - start < _FEWEST_WORDS_OF_A_KIND or tokens[end - 1] not in NOUNS:
            continue
        after = end
        while (
            after < len(tokens)
            and labels[after] is labels[end - 1]
            and not (after > end and breaks[after])
            and tokens[after].isalpha()
            and not lexicon.flags_of(tokens[after]) & _NO_PLACE
        ):
            after += 1
        if 0 < after - end <= _MOST_WORDS_OF_A_PLACE and labels[after : after + 1] != [labels[end - 1]]:
            return relabelled(labels, end, after, Label.LOCALITY)
    return labels
