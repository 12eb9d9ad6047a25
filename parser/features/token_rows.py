from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from address_match.parser.features.token_profile import TokenProfile

_Scalar = TypeVar("_Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class TokenRows:
    """A view of the table that later additions leave as it is."""

    classes: npt.NDArray[np.int64]
    """(tokens,)"""
    values: npt.NDArray[np.int64]
    """(tokens,)"""
    begins_phrase: npt.NDArray[np.bool_]
    """(tokens,)"""
    slips: npt.NDArray[np.bool_]
    """(tokens,)"""
    begins_name: npt.NDArray[np.bool_]
    """(tokens,): in the gazetteer."""
    keys: npt.NDArray[np.uint64]
    """(tokens, 2): hash and factor of the key with which names are found."""
    weights: npt.NDArray[np.float64]
    """(tokens, 3, labels): at its own place, to its right neighbour, to its left neighbour."""

    @classmethod
    def described_by(cls, profiles: Sequence[TokenProfile]) -> "TokenRows":
        """Return rows without weights, as training needs them."""
        return cls(
            classes=np.array([p.word_class for p in profiles], dtype=np.int64),
            values=np.array([p.value for p in profiles], dtype=np.int64),
            begins_phrase=np.array([p.begins_phrase for p in profiles], dtype=np.bool_),
            slips=np.array([p.is_slip for p in profiles], dtype=np.bool_),
            begins_name=np.array([p.known.begins_name for p in profiles], dtype=np.bool_),
            keys=np.array([p.known.key for p in profiles], dtype=np.uint64).reshape(-1, 2),
            weights=np.zeros((len(profiles), 3, 0)),
        )

    def with_rows(self, start: int, new: "TokenRows") -> "TokenRows":
        """Write rows from a place on that nobody reads yet, into larger arrays where there is no room for them."""
        wanted = start + len(new.classes)
        room = max(wanted, 2 * len(self.classes)) if wanted > len(self.classes) else wanted
        return TokenRows(
            classes=_written(self.classes, start, new.classes, room),
            values=_written(self.values, start, new.values, room),
            begins_phrase=_written(self.begins_phrase, start, new.begins_phrase, room),
            slips=_written(self.slips, start, new.slips, room),
            begins_name=_written(self.begins_name, start, new.begins_name, room),
            keys=_written(self.keys, start, new.keys, room),
            weights=_written(self.weights, start, new.weights, room),
        )


def _written(
    array: npt.NDArray[_Scalar], start: int, values: npt.NDArray[_Scalar], room: int
) -> npt.NDArray[_Scalar]:
    if room > len(array):
        larger = np.zeros((room, *array.shape[1:]), dtype=array.dtype)
        larger[:start] = array[:start]
        array = larger
    array[start : start + len(values)] = values
    return array
