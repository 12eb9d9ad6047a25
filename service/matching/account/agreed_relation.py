"""How candidates stand to the premises that was asked for, once what their elements say against it is looked at too."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.account.verdict import AGREES, ELEMENTS, Verdict
from address_match.service.matching.answer import Relation
from address_match.service.matching.features.columns.levels import first_that_holds, is_one_of
from address_match.service.matching.features.feature import Field
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.rules.relation import relations

_KEPT, _SIBLING, _SAME_STREET, _NONE = range(4)
_INSTEAD = {_SIBLING: Relation.SIBLING, _SAME_STREET: Relation.SAME_STREET, _NONE: Relation.NONE}


def agreed_relations(features: FeatureTable, verdicts: NDArray[np.int64]) -> list[Relation]:
    """Return how each candidate relates to the premises asked for, by its feature row and its verdicts.

    `verdicts` are those of `verdicts_of`, shape (candidates, elements). What differs in street, number, building or
    position is at most on the same street, and what differs in its part a sibling: nothing of that is the premises
    asked for.
    """
    instead = _instead_of_exact(verdicts).tolist()
    return [
        _INSTEAD.get(other, relation) if relation is Relation.EXACT else relation
        for relation, other in zip(relations(features), instead, strict=True)
    ]


def _instead_of_exact(verdicts: NDArray[np.int64]) -> NDArray[np.int64]:
    street = verdicts[:, ELEMENTS.index(Field.STREET)]
    another = _differs(verdicts, (Field.NUMBER, Field.BUILDING, Field.POSITION))
    return first_that_holds(
        (
            (_differs(verdicts, (Field.STREET,)), _NONE),
            (another & is_one_of(street, AGREES), _SAME_STREET),
            (another, _NONE),
            (_differs(verdicts, (Field.FLAT,)), _SIBLING),
        ),
        _KEPT,
    )


def _differs(verdicts: NDArray[np.int64], elements: Sequence[Field]) -> NDArray[np.bool_]:
    of_elements = verdicts[:, [ELEMENTS.index(element) for element in elements]]
    found: NDArray[np.bool_] = (of_elements == int(Verdict.DIFFERS)).any(axis=1)
    return found
