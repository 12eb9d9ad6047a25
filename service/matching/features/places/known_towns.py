"""Whether the query's town and the candidate's are two by their names, however alike those are: HEREFORD and HERTFORD."""

import numpy as np
from numpy.typing import NDArray

from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.places.place import PLACES, RESEMBLED_FROM, place_likeness


def towns_apart(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the town of the query resembles one of the candidate's places, and both are post towns of other
    names.

    A slip makes no town of another name but by chance. Towns that share a word may be one: NEWCASTLE and NEWCASTLE UPON
    TYNE.
    """
    apart = np.zeros(len(pairs), dtype=np.int64)
    likeness = place_likeness(pairs)[PLACES.index(Field.TOWN)]
    rows = ((likeness >= RESEMBLED_FROM) & (likeness < 1)).nonzero()[0]
    if not len(rows):
        return apart
    query, text = pairs.query[rows], pairs.text[rows]
    asked = pairs.of_query("town").at(query)
    towns, localities = pairs.of_text("town").at(text), pairs.of_text("locality").at(text)
    held = (town or locality for town, locality in zip(towns, localities, strict=True))
    apart[rows] = np.fromiter(map(_are_two_towns, asked, held), dtype=np.int64, count=len(rows))
    return apart


def _are_two_towns(asked: str, held: str) -> bool:
    towns = shipped_lexicon().towns
    words = set(asked.split()), set(held.split())
    return asked in towns and held in towns and words[0].isdisjoint(words[1])


TOWNS_APART = Feature(name="towns_apart", field=Field.TOWN, compute=towns_apart, ranked=False)
