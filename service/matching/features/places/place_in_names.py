"""Whether a text says a place only in the name of something else: 12 LONDON ROAD, LEICESTER is not in LONDON."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs

_NAMES = ("street", "building", "organisation")
"""Columns of names in which a town may stand; a locality is looked for in the first alone."""


def stand_in_names_alone(
    pairs: Pairs, asked: Sequence[str], which: NDArray[np.int64], *, as_town: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return for each of some pairs whether the asked place, which stands in the candidate's text, does so in another
    name alone.

    That is the name of its street; of a town also that of its building or business. What a query calls a locality may
    be an estate, which is a building to the candidate, or the street itself where it names none. A text that names no
    place of its own is taken at its words. `asked` and `as_town`, whether it is a town, have the shape of `which`.
    """
    rows = pairs.text[which]
    judged = as_town | pairs.of_query("street").said_at(pairs.query[which])
    judged &= pairs.of_text("town").said_at(rows) | pairs.of_text("locality").said_at(rows)
    alone = np.zeros(len(which), dtype=bool)
    places = judged.nonzero()[0]
    texts = pairs.whole_text().at(rows[places])
    names = zip(*(pairs.of_text(field).at(rows[places]) for field in _NAMES), strict=True)
    for place, text, of_text in zip(places.tolist(), texts, names, strict=True):
        others = of_text if as_town[place] else of_text[:1]
        alone[place] = text.count(asked[place]) <= sum(name.count(asked[place]) for name in others)
    return alone
