"""Features that join two relations: what the two are worth together, beyond what each is worth by itself."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.ranker import FeatureSpec
from service.matching.comparison.names import NameAgreement
from service.matching.comparison.places import PostcodeRelation, TownRelation
from service.matching.comparison.premises_part import NumberRelation, UnitRelation


class StreetLevel(IntEnum):
    """The query's street beside the candidate's, in steps."""

    QUERY_LACKS = 0
    CANDIDATE_LACKS = 1
    DIFFERENT = 2
    RESEMBLED = 3
    SAME = 4


RESEMBLED_FROM = 0.6
SAME_FROM = 0.85
"""Likeness from which two streets are one but for a slip."""

_JOINED: dict[str, tuple[type[IntEnum], type[IntEnum]]] = {
    "number_unit": (NumberRelation, UnitRelation),
    "postcode_town": (PostcodeRelation, TownRelation),
    "names_number": (NameAgreement, NumberRelation),
    "street_town": (StreetLevel, TownRelation),
    "street_postcode": (StreetLevel, PostcodeRelation),
    "names_street": (NameAgreement, StreetLevel),
}


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of all pairs, each of shape (pairs,)."""

    number: NDArray[np.int64]
    unit: NDArray[np.int64]
    names: NDArray[np.int64]
    street: NDArray[np.int64]
    """`StreetLevel`."""
    town: NDArray[np.int64]
    postcode: NDArray[np.int64]


def joined_specs() -> tuple[FeatureSpec, ...]:
    """Describe the joined features to the ranker."""
    return tuple(
        FeatureSpec(name, categories=len(first) * len(second), inner=len(second))
        for name, (first, second) in _JOINED.items()
    )


def joined(relations: Relations) -> dict[str, NDArray[np.int64]]:
    """Return the joined features by name, each of shape (pairs,)."""
    return {
        name: getattr(relations, name.split("_")[0]) * len(second) + getattr(relations, name.split("_")[1])
        for name, (_, second) in _JOINED.items()
    }


def joined_in_words(name: str, code: int) -> str:
    """Say a joined category in words; empty for the name of another feature."""
    if name not in _JOINED:
        return ""
    first, second = _JOINED[name]
    one, other = name.split("_")
    words = f"{one} {first(code // len(second)).name}, {other} {second(code % len(second)).name}"
    return words.lower().replace("_", " ")


def street_level(likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    """Put the likeness of streets, -1 and -2 where a side names none, into steps."""
    steps = [likeness == -1, likeness == -2, likeness >= SAME_FROM, likeness >= RESEMBLED_FROM]
    levels = (StreetLevel.QUERY_LACKS, StreetLevel.CANDIDATE_LACKS, StreetLevel.SAME, StreetLevel.RESEMBLED)
    return np.select(steps, [int(level) for level in levels], int(StreetLevel.DIFFERENT)).astype(np.int64)
