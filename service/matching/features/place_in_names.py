"""Whether a text says a place only in the name of something else: 12 LONDON ROAD, LEICESTER is not in LONDON."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs


def stand_in_names_alone(
    pairs: Pairs, asked: Sequence[str], which: NDArray[np.int64], *, as_town: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return for each of some pairs whether the asked place, which stands in the candidate's text, does so in another name alone.

    That is the name of its street; of a town also that of its building or business. What a query calls a locality may be an estate, which
    is a building to the candidate, or the street itself where it names none. A text that names no place of its own is taken at its words.
    `asked` and `as_town`, whether it is a town, have the shape of `which`.
    """
    rows = pairs.text[which]
    judged = as_town | pairs.of_query("street").said_at(pairs.query[which])
    judged &= pairs.of_text("town").said_at(rows) | pairs.of_text("locality").said_at(rows)
    alone = np.zeros(len(which), dtype=bool)
    for place in judged.nonzero()[0].tolist():
        row = rows[place : place + 1]
        named = ("street", "building", "organisation") if as_town[place] else ("street",)
        others = (pairs.of_text(field).at(row)[0] for field in named)
        in_text = pairs.whole_text().at(row)[0].count(asked[place])
        alone[place] = in_text <= sum(name.count(asked[place]) for name in others)
    return alone
