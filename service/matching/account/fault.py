"""In what a candidate does not agree with an address: its faults, as a match code marks them, with what they weigh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from address_match.service.matching.account.field_words import Said, said
from address_match.service.matching.account.verdict import ELEMENTS, Verdict
from address_match.service.matching.account.word_account import Account, WordAccount
from address_match.service.matching.features.feature import Field


class FaultKind(StrEnum):
    """What is at fault with an element."""

    RESPELLED = "respelled"
    """Written otherwise."""
    UNASKED = "unasked"
    """The candidate says it, the address does not."""
    MISSING = "missing"
    """The address says it, the candidate does not."""
    DIFFERS = "differs"
    """Both say it, and they are two."""
    UNEXPLAINED = "unexplained"
    """Words of the address that were not understood and that the candidate does not say."""


_KINDS = {
    Verdict.RESPELLED: FaultKind.RESPELLED,
    Verdict.UNASKED: FaultKind.UNASKED,
    Verdict.MISSING: FaultKind.MISSING,
    Verdict.DIFFERS: FaultKind.DIFFERS,
}
_SAID = (Account.SAME, Account.ABBREVIATED, Account.TRANSLATED)
_OPEN = {
    Account.MISSING: FaultKind.MISSING,
    Account.DIFFERS: FaultKind.DIFFERS,
    Account.UNEXPLAINED: FaultKind.UNEXPLAINED,
}
"""Words that a candidate does not answer, and what is at fault with them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One element in which a candidate does not simply agree with an address."""

    value: str
    """The words at fault: of the address, or of the candidate where the address does not say the element."""
    element: Field
    fault: FaultKind
    weight: float
    """What the element adds to the candidate's log-odds."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An address and a candidate, element by element."""

    verdicts: Mapping[Field, Verdict]
    """Of each of `ELEMENTS`."""
    words: Sequence[WordAccount]
    query: Said
    candidate: Said
    weights: Mapping[Field, float]
    """What each element adds to the candidate's log-odds."""


def faults_of(compared: Compared) -> tuple[Fault, ...]:
    """Return the faults of a candidate: what its match code marks, in that order, then the words that no mark covers."""
    faults = [
        Fault(_value(element, compared), element, kind, compared.weights[element])
        for element in ELEMENTS
        if (kind := _KINDS.get(compared.verdicts[element])) is not None
    ]
    covered = {word for fault in faults for word in fault.value.split()}
    open_words = (w for w in compared.words if w.account in _OPEN and w.text not in covered)
    faults += [
        Fault(" ".join(w.text for w in run), element, _OPEN[account], compared.weights[element])
        for (element, account), run in groupby(open_words, key=attrgetter("element", "account"))
    ]
    return tuple(faults)


def _value(element: Field, compared: Compared) -> str:
    asked, held = said(element, compared.query), said(element, compared.candidate)
    if compared.verdicts[element] is Verdict.UNASKED:
        return held
    of_element = (w for w in compared.words if w.element is element)
    at_fault = [w.text for w in of_element if w.account not in _SAID]
    return " ".join(at_fault) or asked or held
