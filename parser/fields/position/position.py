"""Notice the words with which a text points at another place than the one whose number or name it quotes."""

from collections.abc import Sequence

from address_match.parser.fields.position.before_number import pointer_before_number
from address_match.parser.fields.position.behind_street import pointer_at_the_end, pointer_behind_street
from address_match.parser.fields.position.named_building import NAMED, thing_of_named_building
from address_match.parser.fields.position.pointer import LAND, Pointer
from address_match.parser.fields.relabel.passed_over import TOGETHER
from address_match.parser.fields.relabel.runs import PLACES
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import PREPOSITIONS, position_words

_PLOT = "PLOT"
_PARKS = frozenset(
    {"CARAVAN", "CARAVANS", "CARAFANAU", "CHALET", "CHALETS", "HOLIDAY", "HOMES", "LODGES", "MOBILE"}
)
"""Words of the names of parks."""
_ALWAYS = {
    "LAND": "LAND",
    "ADJACENT": "ADJACENT",
    "ADJ": "ADJACENT",
    "ADJOINING": "ADJACENT",
    "OPPOSITE": "OPPOSITE",
    "OPP": "OPPOSITE",
    "BEHIND": "REAR",
    "R/O": "REAR",
    "BESIDE": "ADJACENT",
    "PLOT": "PLOT",
    "BETWEEN": "ADJACENT",
    "GYFERBYN": "OPPOSITE",
    "CYFERBYN": "OPPOSITE",
    "GERLLAW": "ADJACENT",
    "RHWNG": "ADJACENT",
}
"""Words that point at another place than the building as well whose name follows."""
_WITH_PREPOSITION = {
    "REAR": "REAR",
    "SITE": "LAND",
    "FRONT": "ADJACENT",
    "NEXT": "ADJACENT",
    "SIDE": "ADJACENT",
    "NESAF": "ADJACENT",
}
_BEFORE_A_NAME = frozenset({"NEAR", "NR", "OUTSIDE", "FACING", "ALONGSIDE", "GER"})
"""Words that do so at the beginning of a text, where no name begins with them."""
_WELSH_ARTICLES = frozenset({"Y", "YR"})
"""Words before which a house may be called by what it is near: GER Y NANT."""
_NAMES = frozenset(
    {Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE, Label.ORGANISATION}
)
_WAYS = frozenset({"OPPOSITE", "OPP", "NEXT", "ADJACENT", "ADJ", "ADJOINING", "BEHIND", "BESIDE", "BETWEEN"})
"""Words that may say how to find a house, once it is named."""
_BEFORE_A_WAY = PLACES | {Label.STREET}
"""Labels of what a way may follow without a comma: 12 ELM ROAD, DERBY (OPPOSITE THE CHURCH)."""
_FIRST_WORDS = 3
"""Words of a text among which one that points may have been taken for the name of a business: REAR OF THE RED LION."""


def position_tokens() -> frozenset[str]:
    """Return the words without one of which no text points at another place."""
    return position_words().telling() | _ALWAYS.keys() | _WITH_PREPOSITION.keys() | {"OF", "BY", "FORMERLY"}


def find_pointer(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the phrase that stands before a number or behind its street and points at another place; its position is
    empty where there is none.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> find_pointer(["LAND", "WEST", "OF", "12"], [*[Label.OTHER] * 3, Label.NUMBER], [False] * 4, shipped_lexicon())
    Pointer(position='ADJACENT', start=0, end=3)
    """
    for find in (pointer_before_number, pointer_behind_street):
        pointer = find(tokens, labels, breaks, lexicon)
        if pointer.position:
            return pointer
    return pointer_at_the_end(tokens, labels)


def read_position(tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]) -> str:
    """Return the position of the place that a text points at by a name: REAR, PARKING; empty where it points at none.

    The most telling word wins: LAND AT THE REAR OF 12 is at the rear.

    >>> read_position(["REAR", "OF", "12"], [Label.OTHER, Label.OTHER, Label.NUMBER], [False] * 3)
    'REAR'
    """
    found = ""
    if (
        len(tokens) > 1
        and tokens[0] in _BEFORE_A_NAME
        and labels[1] in NAMED
        and tokens[1] not in _WELSH_ARTICLES
    ):
        return "ADJACENT"
    if thing := thing_of_named_building(tokens, labels, breaks):
        return thing
    for place, token in enumerate(tokens):
        if token not in _ALWAYS and token not in _WITH_PREPOSITION:
            continue
        goes_with_it = place > 0 and labels[place] is Label.OTHER and tokens[place - 1] in TOGETHER
        if goes_with_it or _is_way_to_a_street(tokens, labels, breaks, place):
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        before_a_name = place < _FIRST_WORDS and following in {"OF", "THE", "TO"}
        if labels[place] in _NAMES and not (before_a_name and labels[place] is Label.ORGANISATION):
            continue
        if not is_position_word(token, following) or _is_pitch(tokens, token, following):
            continue
        position = _ALWAYS.get(token) or _WITH_PREPOSITION[token]
        if not found or found == LAND:
            found = position
    return found


def _is_way_to_a_street(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], place: int
) -> bool:
    """Return whether a word begins a run behind a numbered street and what follows is another thing, without a number:
    12 ELM ROAD, OPPOSITE THE CHURCH.

    Nothing but places behind it would say that what lies beside the house is meant: 12 ELM ROAD, ADJACENT.
    """
    if tokens[place] not in _WAYS or Label.STREET not in labels[:place]:
        return False
    if not breaks[place] and not (labels[place] is Label.OTHER and labels[place - 1] in _BEFORE_A_WAY):
        return False
    if not any(token[0].isdigit() for token in tokens[: labels.index(Label.STREET)]):
        return False
    end = place + 1
    while end < len(tokens) and not breaks[end]:
        end += 1
    rest = range(place + 1, end)
    named = any(labels[i] not in PLACES and tokens[i] not in position_words().roles for i in rest)
    return named and not any(tokens[i][0].isdigit() for i in rest if labels[i] is not Label.POSTCODE)


def _is_pitch(tokens: Sequence[str], token: str, following: str) -> bool:
    """Return whether a plot is one of a park, on which a home stands: PLOT 7, ELM CARAVAN PARK; elsewhere it is land."""
    return token == _PLOT and following[:1].isdigit() and not _PARKS.isdisjoint(tokens)


def is_position_word(token: str, following: str) -> bool:
    """Return whether a word points at another place, given the word after it.

    >>> is_position_word("REAR", "OF"), is_position_word("REAR", "FLAT"), is_position_word("LAND", "REGISTRY")
    (True, False, False)
    """
    if token in _WITH_PREPOSITION:
        return following in PREPOSITIONS
    if token == LAND:
        return not following or following in position_words().roles
    return token in _ALWAYS
