"""Read a boat by its name as a building of its moorings: NB KITTIWAKE, CANAL WHARF."""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import Labels, relabelled, runs_between_commas
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon

_BOATS = frozenset({"NARROWBOAT", "HOUSEBOAT", "WIDEBEAM", "CANALBOAT"})
_AMONG_MOORINGS = frozenset({"NB", "N/B", "MV", "BARGE", "BOAT", "VESSEL", "YACHT"})
"""Words that mean a boat where moorings are named, elsewhere a business or an inn."""
BOAT_WORDS = _BOATS | _AMONG_MOORINGS
_MOORINGS = frozenset(
    {
        *("MARINA", "MOORING", "MOORINGS", "BOATYARD", "WHARF", "QUAY", "DOCK", "JETTY", "PONTOON"),
        *("CANAL", "BASIN", "LOCK", "HARBOUR"),
    }
)
_MAY_BE_A_NAME = frozenset({Label.ORGANISATION, Label.LOCALITY, Label.TOWN, Label.STREET, Label.BUILDING})
_MOST_WORDS_OF_A_NAME = 3
_NO_NAME = Flag.ORGANISATION_WORD | Flag.BUILDING_TYPE | Flag.STREET_TYPE
"""Words that make a business, a house or a street of a name: BARGE INN, NB MOTORS."""


def boat_as_building(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a run that is a word for a boat and its name as a building by that name, unless its mooring has a number:
    who lives on a boat is at no other premises.
    """
    moored = not _MOORINGS.isdisjoint(tokens)
    for start, end in runs_between_commas(breaks):
        name = start + 1 + (tokens[start] == "THE")
        boat = name <= end and tokens[name - 1] in (BOAT_WORDS if moored else _BOATS)
        named = 0 < end - name <= _MOST_WORDS_OF_A_NAME and end < len(tokens) and tokens[end].isalpha()
        if boat and named and _is_name(tokens[name:end], labels[start:end], lexicon):
            return relabelled(relabelled(labels, start, name, Label.OTHER), name, end, Label.BUILDING)
    return labels


def _is_name(words: Sequence[str], labels: Labels, lexicon: Lexicon) -> bool:
    return set(labels) <= _MAY_BE_A_NAME and all(
        word.isalpha() and not lexicon.flags_of(word) & _NO_NAME for word in words
    )
