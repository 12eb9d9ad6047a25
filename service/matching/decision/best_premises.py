"""What the decision must know of the best candidates of a batch, beside their ranks: what stands against them among the
others of their query, and in the reference.
"""

from collections.abc import Callable, Iterator
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import ReferenceStatistics
from address_match.ragged import places_in_rows
from address_match.service.matching.answer import Reason
from address_match.service.matching.decision.decide import BestPremises
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.parts.number import ONE_SIDE_AT_MOST
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.ranking.rank import CalibratedBatch
from address_match.service.matching.rules.name_rules import has_the_name_alone, has_the_number_alone
from address_match.service.matching.rules.number_rules import (
    is_another_numbered_part_of_the_house,
    is_flat_of_an_unsaid_house,
    is_house_of_the_asked_part,
    is_part_without_its_number,
)
from address_match.service.matching.rules.place_rules import (
    covers_one_place,
    gives_number_and_postcode_alone,
    is_of_the_only_place,
    names_no_known_place,
    names_no_place,
    shares_number_and_postcode,
)
from address_match.service.matching.rules.street_rules import (
    has_the_postcode_of_a_namesake,
    has_the_street_alone,
    is_of_asked_street,
    is_on_a_common_street_of_another_locality,
    is_on_the_asked_street_of_its_locality,
    is_on_the_asked_street_of_its_postcode,
    is_respelled,
    names_only_a_street,
)


def best_premises(
    batch: CalibratedBatch, rows: NDArray[np.int64], statistics: ReferenceStatistics
) -> Iterator[BestPremises]:
    """Yield what the decision needs to know of candidates that are the best of their queries."""
    features = batch.ranked.features.take(rows)
    classifications, parents, towns, localities = batch.ranked.of_texts(
        rows, "classification", "parent_uprn", "town", "locality"
    )
    reasons = [batch.ranked.abstain[query] for query in batch.ranked.query[rows].tolist()]
    unnamed = names_no_place(features).tolist()
    number_unread = is_one_of(features.number, ONE_SIDE_AT_MOST).tolist()
    street_only = names_only_a_street(features).tolist()
    share_both = _counted_among_all(
        batch, rows, gives_number_and_postcode_alone(features), shares_number_and_postcode
    )
    named_elsewhere = _counted_among_all(batch, rows, has_the_number_alone(features), has_the_name_alone)
    other_postcode = _counted_among_all(
        batch, rows, has_the_street_alone(features), has_the_postcode_of_a_namesake
    )
    house_or_flat = _counted_among_all(
        batch, rows, is_flat_of_an_unsaid_house(features), is_house_of_the_asked_part
    )
    numbered_beside = _counted_among_all(
        batch, rows, is_part_without_its_number(features), is_another_numbered_part_of_the_house
    )
    beside_asked = _stand_beside_the_asked_street(batch, rows, features)
    in_another_village = _stand_in_another_village(batch, rows, features)
    for row, unknown in enumerate(_may_stand_elsewhere(features)):
        reason = reasons[row]
        if reason is Reason.NONE:
            place = towns[row] or localities[row]
            among_others = (
                (named_elsewhere[row], Reason.NAME),
                (house_or_flat[row] or numbered_beside[row], Reason.NUMBER),
                (other_postcode[row] or beside_asked[row] or in_another_village[row], Reason.STREET),
                (unknown and not covers_one_place(place, statistics), Reason.PLACE),
            )
            reason = next((reason for holds, reason in among_others if holds), Reason.NONE)
        yield BestPremises(
            classifications[row],
            parents[row],
            abstain=reason,
            street_only=street_only[row],
            only_of_its_postcode=share_both[row] == 1,
            number_unread=number_unread[row],
            town=towns[row],
            names_place=not unnamed[row],
        )


def _may_stand_elsewhere(features: FeatureTable) -> list[bool]:
    """Return for each best candidate whether its query names no place, and its words may mean a namesake in another."""
    unknown = names_no_known_place(features)
    if unknown.any():
        unknown &= ~is_of_the_only_place(features)
    found: list[bool] = unknown.tolist()
    return found


def _stand_beside_the_asked_street(
    batch: CalibratedBatch, rows: NDArray[np.int64], features: FeatureTable
) -> list[bool]:
    """Return for each best candidate whether the asked street is held letter by letter besides, and has no postcode of
    the candidate's.

    A register that writes one street in two ways does so within its postcodes: PEDLARS CLOSE and PEDDARS CLOSE are two.
    """
    return _share_nothing(batch, rows, is_respelled(features), is_of_asked_street, "postcode")


def _stand_in_another_village(
    batch: CalibratedBatch, rows: NDArray[np.int64], features: FeatureTable
) -> list[bool]:
    """Return for each best candidate of another postcode whether the asked street is held in the asked postcode as
    well, without the asked number, and not in the candidate's locality: two streets of one name.

    So they are where the asked locality has a HIGH STREET as well, and the candidate's is in another or in none, with
    postcodes of its own.
    """
    alone = has_the_street_alone(features)
    by_postcode = _share_nothing(batch, rows, alone, is_on_the_asked_street_of_its_postcode, "locality")
    elsewhere = is_on_a_common_street_of_another_locality(features)
    by_locality = map(
        and_,
        *(
            _share_nothing(batch, rows, elsewhere, is_on_the_asked_street_of_its_locality, column)
            for column in ("locality", "postcode")
        ),
    )
    return list(map(or_, by_postcode, by_locality))


def _share_nothing(
    batch: CalibratedBatch,
    rows: NDArray[np.int64],
    which: NDArray[np.bool_],
    rule: Callable[[FeatureTable], NDArray[np.bool_]],
    column: str,
) -> list[bool]:
    """Return for each best candidate whether a rule holds of some candidates of its query, none of which has its value of
    a column; False where it is none of `which`.
    """
    apart = [False] * len(rows)
    if not which.any():
        return apart
    values = batch.ranked.candidates.texts.strings(column).codes[batch.ranked.text_rows()]
    starts = batch.starts()
    for place in np.flatnonzero(which).tolist():
        query = batch.ranked.query[rows[place]]
        of_query = np.arange(starts[query], starts[query + 1])
        others = of_query[rule(batch.ranked.features.take(of_query))]
        apart[place] = len(others) > 0 and values[rows[place]] not in values[others].tolist()
    return apart


def _counted_among_all(
    batch: CalibratedBatch,
    rows: NDArray[np.int64],
    which: NDArray[np.bool_],
    rule: Callable[[FeatureTable], NDArray[np.bool_]],
) -> list[int]:
    """Return for each best candidate of how many candidates of its query a rule holds; 0 where it is none of `which`."""
    places = which.nonzero()[0]
    if not len(places):
        return [0] * len(rows)
    of_queries, bounds = places_in_rows(batch.starts(), batch.ranked.query[rows[places]])
    holds = rule(batch.ranked.features.take(of_queries))
    counts: list[int] = np.bincount(np.repeat(places, np.diff(bounds))[holds], minlength=len(rows)).tolist()
    return counts
