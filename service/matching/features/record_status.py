"""How a candidate's text stands in the reference, and whether its premises can be an answer at all."""

import re
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import JOINT
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field, by_level

_RESIDENTIAL_OR_COMMERCIAL = ("R", "C", "X", "Z")
_CODE = re.compile(r"[CLMOPRUXZ](?:[A-Z](?:[0-9]{2}(?:[A-Z0-9]{2})?)?)?")
"""How AddressBase writes a class: R, RD, RD04, CI04PL."""


class RecordStatus(IntEnum):
    """How a candidate's text stands in the reference."""

    CURRENT = 0
    OTHER_CURRENT = 1
    """An alternative or provisional text, or a premises not yet approved."""
    HISTORICAL = 2
    NOT_ADDRESSABLE = 3
    """A street record, land, a garage, a substation: offered, never matched."""


_OF_TEXT_KIND = {
    "alternative": RecordStatus.OTHER_CURRENT,
    "provisional": RecordStatus.OTHER_CURRENT,
    "historical": RecordStatus.HISTORICAL,
}


def record_status(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `RecordStatus` per pair."""
    columns = pairs.of_text("text_kind").joined(pairs.of_text("classification"), pairs.of_text("status"))
    return columns.numbers(_record_status)[pairs.text]


def addressable(classification: str) -> bool:
    """Return whether a premises of this AddressBase class can be the answer: residential, commercial, mixed or none.

    What is no code of AddressBase, as FLAT or HOUSE of another register, says nothing against it.

    >>> [addressable(one) for one in ("RD04", "LB", "", "House")]
    [True, False, True, True]
    """
    if not _CODE.fullmatch(classification):
        return True
    return classification[:1] in _RESIDENTIAL_OR_COMMERCIAL and not classification.startswith(("RG", "CS"))


@lru_cache(maxsize=1 << 10)
def _record_status(kind_classification_status: str) -> int:
    kind, classification, status = kind_classification_status.split(JOINT)
    if not addressable(classification):
        return int(RecordStatus.NOT_ADDRESSABLE)
    if status == "historical":
        return int(RecordStatus.HISTORICAL)
    of_kind = _OF_TEXT_KIND.get(kind, RecordStatus.CURRENT)
    if of_kind is RecordStatus.CURRENT and status == "provisional":
        return int(RecordStatus.OTHER_CURRENT)
    return int(of_kind)


RECORD_STATUS = Feature(
    name="standing",
    field=Field.STANDING,
    compute=record_status,
    levels=RecordStatus,
    silent=RecordStatus.CURRENT,
    words=by_level(
        {
            RecordStatus.CURRENT: "a current text",
            RecordStatus.OTHER_CURRENT: "an alternative or provisional text",
            RecordStatus.HISTORICAL: "a former text",
            RecordStatus.NOT_ADDRESSABLE: "no address by itself",
        }
    ),
)
