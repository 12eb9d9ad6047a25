"""Names of streets and buildings that one generation alone holds in a place, so that a rule says otherwise of a row that
names one there: what is a street of the town is no short form of another, and a number of a street that the asked
postcode or locality holds without it is left to a clerk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import terms
from address_match.indexer.local.compared.changed_reference import PlacedName
from address_match.parser.gazetteer.name_key import name_key
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.tokens import words_of


@dataclass(frozen=True, slots=True)
class PlacedNames:
    """Such names by the hashes under which rows say them."""

    hashes: NDArray[np.uint64]
    """Distinct, ascending."""
    _wheres: Mapping[int, frozenset[frozenset[str]]]
    """Of each hash, the sets of words by which its places are said: those of a town or a locality, the first half of a
    postcode, or both halves.
    """

    @classmethod
    def of(cls, placed: Iterable[PlacedName], lexicon: Lexicon) -> "PlacedNames":
        """Find how rows say names, and their places."""
        wheres: dict[int, set[frozenset[str]]] = {}
        for each in placed:
            key = name_key(words_of(each.name).texts, lexicon)
            said = (frozenset(terms(place)) for place in each.said)
            wheres.setdefault(key.hash, set()).update(where for where in said if where)
        hashes = np.array(sorted(wheres), dtype=np.uint64)
        return cls(hashes, {hash_: frozenset(found) for hash_, found in wheres.items()})

    def are_placed(self, place: int, words: frozenset[str]) -> bool:
        """Return whether words say one of the places of a name, which is given by its place among the hashes."""
        return any(where <= words for where in self._wheres[int(self.hashes[place])])
