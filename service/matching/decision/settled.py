"""Which answers of the short search of bulk stand, so that the other channels are not asked.

The short search sees the postcode of an address and the number of its street. Where a text of that postcode stands on
the asked street, both tell the truth, and the house is held there or nowhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.answer import Answer, Reason, Status
from address_match.service.matching.features.columns.levels import is_level
from address_match.service.matching.features.places.postcode import PostcodeLevel
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.query.parse_and_encode import ParsedBatch
from address_match.service.matching.ranking.rank import CalibratedBatch
from address_match.service.matching.rules.street_rules import is_on_a_common_street_of_another_locality

SURE_FROM = 0.98
"""Probability from which a match stands, wherever it was found (benchmarks/throughput)."""
SURE_OF_A_PART_FROM = 0.998
"""Probability from which a match stands of an address that names a part of a house, a building or a business: the texts
of its number do not show a flat of 39 TO 41, those of its postcode no building of the name in the next one.
"""
_PARTS = ("unit", "floor", "building", "organisation")
"""Fields of what a house holds beside its number: who names one may mean what stands elsewhere in the text."""


@dataclass(frozen=True, slots=True)
class SettledQueries:
    """What is known of the queries of a short search, shapes (queries,)."""

    sure: NDArray[np.bool_]
    """The best premises is so likely that no other channel could change the answer, and no rule asks for one."""
    in_place: NDArray[np.bool_]
    """The best premises has the asked postcode, and the address names a number of a street or that street."""
    house_in_place: NDArray[np.bool_]
    """The best premises has the asked postcode, and the address names a number of a street."""
    seen_whole: NDArray[np.bool_]
    """A premises of the asked street has the asked postcode, and the address asks for a house of it by its number
    alone.
    """

    @classmethod
    def of(cls, batch: ParsedBatch, found: CalibratedBatch, *, sees_place: bool) -> "SettledQueries":
        """Look at what a short search found; unless it `sees_place`, the texts of a number in its street, and no other
        candidate is to be listed, sure matches alone can stand.
        """
        ranked, starts = found.ranked, found.starts()
        queries = len(found.absent)
        highest = np.zeros(queries)
        np.maximum.at(highest, ranked.query, found.probability)
        named = _name_parts(batch)
        sure = highest >= np.where(named, SURE_OF_A_PART_FROM, SURE_FROM)
        answered = np.flatnonzero(starts[:-1] < starts[1:])
        best = starts[answered]
        # Whether the asked locality has a street of that name as well, the short search does not see.
        sure[answered] &= ~is_on_a_common_street_of_another_locality(ranked.features)[best]
        if not sees_place:
            unseen = np.zeros_like(sure)
            return cls(sure, unseen, unseen, unseen)
        on_street = is_level(ranked.features.street_identity, StreetIdentity.SAME)
        in_postcode = is_level(ranked.features.postcode, PostcodeLevel.UNIT)
        numbered = np.array([bool(query.street_numbers) for query in batch.queries.queries], dtype=bool)
        in_place = np.zeros(queries, dtype=bool)
        in_place[answered] = in_postcode[best] & (numbered[answered] | on_street[best])
        seen = np.bincount(ranked.query[on_street & in_postcode], minlength=queries) > 0
        return cls(sure, in_place, in_place & numbered, seen & numbered & ~named)

    def rows(self) -> list[int]:
        """Return the queries of which the answer may stand."""
        rows: list[int] = np.flatnonzero(self.sure | self.in_place | self.seen_whole).tolist()
        return rows

    def stands(self, row: int, answer: Answer) -> bool:
        """Return whether the answer to a query stands."""
        if answer.status is Status.MATCHED:
            return bool(self.sure[row] or self.house_in_place[row])
        if answer.status is Status.REVIEW:
            return bool(self.in_place[row])
        if answer.reason is Reason.CHILD_ONLY:
            return bool(self.house_in_place[row])
        return bool(self.seen_whole[row]) and answer.reason in (Reason.ABSENT, Reason.PARENT_ONLY)


def _name_parts(batch: ParsedBatch) -> NDArray[np.bool_]:
    """Return which queries name a part of a house, a building or a business."""
    names = np.zeros(len(batch.texts), dtype=bool)
    for part in _PARTS:
        names |= batch.columns.fields.strings(part).said_by_row()
    return names
