"""Whether a qualifier stands before the one place and not before the other: WEST STICKNEY beside STICKNEY.

It may be the street's as well, which ends where the place begins: RICHMOND LINK WEST, STICKNEY is another street than
RICHMOND LINK, and without a comma nobody can tell whose word it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.qualifiers import may_stand_for, parted

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Side:
    """The queries of all pairs, or their candidates."""

    column: Callable[[str], Coded]
    whole: Coded
    rows: NDArray[np.int64]
    """Shape (pairs,)."""

    def at(self, field: str, pairs: NDArray[np.int64]) -> list[str]:
        """Return what a field says in some pairs."""
        return self.column(field).at(self.rows[pairs])


def place_qualifier(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where one side's locality or town is what the other says with a qualifier besides, which the other says
    nowhere.
    """
    query = _Side(pairs.of_query, pairs.whole_query(), pairs.query)
    text = _Side(pairs.of_text, pairs.whole_text(), pairs.text)
    qualified = np.zeros(len(pairs), dtype=bool)
    for field, other_field in ((Field.LOCALITY, Field.TOWN), (Field.TOWN, Field.LOCALITY)):
        for side, other in ((query, text), (text, query)):
            names = side.column(field.value).map(_qualified)
            rows = names.said_at(side.rows).nonzero()[0]
            if not len(rows):
                continue
            said = zip(
                names.at(side.rows[rows]),
                side.at(other_field.value, rows),
                other.whole.at(other.rows[rows]),
                other.at(Field.STREET.value, rows),
                strict=True,
            )
            qualified[rows] |= np.fromiter((_is_unsaid(*each) for each in said), dtype=bool, count=len(rows))
    return qualified.astype(np.int64)


def _qualified(name: str) -> str:
    return name if any(parted(name)) else ""


def _is_unsaid(name: str, place_besides: str, other: str, other_street: str) -> bool:
    """Return whether another text says the place and not its qualifier; the place that is said besides is no other one."""
    qualifier, place = parted(name)
    first = place.partition(" ")[0]
    if place_besides == place or not (first in other or first in other_street):
        return False
    words = _WORD.findall(f"{other} {other_street}")
    before, found, _ = f" {' '.join(words)} ".partition(f" {place} ")
    if not found or qualifier in words:
        return False
    return not (before and may_stand_for(before.rpartition(" ")[2], qualifier))


PLACE_QUALIFIER = Feature(name="place_qualifier", field=Field.LOCALITY, compute=place_qualifier, ranked=False)
