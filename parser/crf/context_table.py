from itertools import accumulate

import numpy as np
import numpy.typing as npt

from address_match.parser.crf.weights import CrfWeights
from address_match.parser.features.templates import attribute, context_codes, template_bounds
from address_match.parser.features.token_batch import TokenBatch

FloatArray = npt.NDArray[np.float64]

_PLACES_AT_ONCE = 64
"""Places whose weights are gathered together: many share the cost of a call, and the rows stay in the cache."""


class ContextTable:
    """The weights of the context templates, laid out so that a number finds its row at once."""

    def __init__(self, weights: CrfWeights) -> None:
        bounds = template_bounds()
        offsets = [0, *accumulate(bounds)][:-1]
        places, rows = [], [0]
        for name, row in weights.rows.items():
            template, separator, code = name.partition(":")
            if (
                separator
                and template.isdecimal()
                and code.isdecimal()
                and attribute(int(template), int(code)) == name
            ):
                places.append(offsets[int(template)] + int(code))
                rows.append(row)
        self._offsets = np.array(offsets)
        self._row_of = np.zeros(sum(bounds), dtype=np.int32)
        self._row_of[places] = np.arange(1, len(rows))
        self._weights = weights.states[rows]

    def add_to(self, emissions: FloatArray, batch: TokenBatch) -> None:
        """Add the weights of every place's context to its emissions, (texts, longest, labels)."""
        codes = context_codes(batch)
        # Texts read without a gazetteer have no numbers of its templates, which come last.
        found = codes.reshape(len(codes), -1) + self._offsets[: len(codes), None]
        rows = self._row_of[found]
        places = emissions.reshape(-1, emissions.shape[-1])
        for start in range(0, len(places), _PLACES_AT_ONCE):
            some = slice(start, start + _PLACES_AT_ONCE)
            # No row lies beyond the table: to clip them spares looking, in half of the time.
            places[some] += self._weights.take(rows[:, some], axis=0, mode="clip").sum(axis=0)
