"""Which other premises a text names as well as the one it was written for."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from address_match.models.synthesis.noise.house_numbers import numbers_of_range
from address_match.models.synthesis.noise.pieces import Pieces
from address_match.models.synthesis.noise.street_types import STREET_TYPES
from address_match.models.synthesis.premises import Premises
from address_match.parser.labels import Label

Core = tuple[str | int, ...]
LONGEST_RANGE = 40
"""Numbers of a range by which it is looked up; longer ranges are slips of a register."""
_NOT_SIGNS = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says, as far as it can tell premises apart; upper case, without signs and spaces."""

    labels: frozenset[Label]
    text: str
    street: str
    postcode: str
    number: int
    """A house number that stands alone, -1 where a range or none stands."""


def said_by(pieces: Pieces) -> Said:
    """Read from labelled pieces what they say."""
    words: dict[Label, str] = {}
    for piece in pieces:
        words.setdefault(piece.label, piece.text)
    number = words.get(Label.NUMBER, "")
    return Said(
        labels=frozenset(words),
        text=_plain(" ".join(piece.text for piece in pieces)),
        street=_plain(words.get(Label.STREET, "")),
        postcode=_plain(words.get(Label.POSTCODE, "")),
        number=int(number) if number.isdecimal() else -1,
    )


class Twins:
    """The premises that share flat, number and street with those that were drawn."""

    def __init__(
        self, premises: Iterable[Premises], drawn: Sequence[Premises], left_out: Callable[[str], bool]
    ) -> None:
        """Walk all premises once and keep those that share a core with a drawn one and are in the reference."""
        self._by_core: dict[Core, list[Premises]] = {core: [] for one in drawn for core in _cores(one)}
        for one in premises:
            if (one.number > 0 or one.building or one.organisation) and one.kind != "street_record":
                for core in _cores(one):
                    held = self._by_core.get(core)
                    if held is not None and not left_out(one.uprn):
                        held.append(one)

    def as_right(self, truth: Premises, said: Said) -> tuple[str, ...]:
        """Return the UPRNs of the other premises that this text names as well as the true one."""
        return self._found(truth, said, strict=True)

    def near_enough(self, truth: Premises, said: Said) -> tuple[str, ...]:
        """Return the same and those whose range of numbers holds the number that is said.

        Where one is found, nobody can say that what the text names is absent.
        """
        return self._found(truth, said, strict=False)

    def _found(self, truth: Premises, said: Said, *, strict: bool) -> tuple[str, ...]:
        found = {
            one.uprn
            for core in _cores(truth)
            for one in self._by_core.get(core, ())
            if one.uprn != truth.uprn and _fits(truth, one, said, strict=strict)
        }
        return tuple(sorted(found))


def _plain(words: str) -> str:
    return _NOT_SIGNS.sub("", words.upper())


def _stem(street: str) -> str:
    head, _, last = street.rpartition(" ")
    return head if head and last in STREET_TYPES else street


def _cores(premises: Premises) -> tuple[Core, ...]:
    """Return what names a premises on its street; for a range, by each of its numbers."""
    # A penthouse or an annexe has no designator but its word.
    letter, flat = premises.suffix, premises.flat or premises.flat_word
    if not letter and len(flat) == 1 and flat.isalpha():
        # Flat C, 14 and 14C are one address in two notations.
        letter, flat = flat, ""
    street = _stem(premises.dependent_street or premises.street)
    if premises.number <= 0:
        return ((flat or letter, premises.floor, premises.building or premises.organisation, street),)
    if premises.number_end <= premises.number:
        return ((flat, premises.floor, letter, premises.number, street),)
    numbers = numbers_of_range(premises.number, premises.number_end)[:LONGEST_RANGE]
    return tuple((flat, premises.floor, letter, number, street) for number in numbers)


def _fits(truth: Premises, twin: Premises, said: Said, *, strict: bool) -> bool:
    return (
        _numbers_fit(truth, twin, said, strict=strict)
        and _street_fits(truth, twin, said)
        and _place_fits(truth, twin, said)
        and all(
            ours == theirs or (bool(ours) and label not in said.labels)
            for label, ours, theirs in (
                (Label.ORGANISATION, truth.organisation, twin.organisation),
                (Label.DEPARTMENT, truth.department, twin.department),
                (Label.BUILDING, truth.building, twin.building),
            )
        )
    )


def _numbers_fit(truth: Premises, twin: Premises, said: Said, *, strict: bool) -> bool:
    if (truth.number, truth.number_end) == (twin.number, twin.number_end):
        return True
    if strict or twin.number_end <= 0:
        return twin.number_end <= 0 and twin.number == said.number
    return twin.number <= said.number <= twin.number_end


def _street_fits(truth: Premises, twin: Premises, said: Said) -> bool:
    ours, theirs = (one.dependent_street or one.street for one in (truth, twin))
    return ours == theirs or said.street in {_plain(theirs), _plain(_stem(theirs))}


def _place_fits(truth: Premises, twin: Premises, said: Said) -> bool:
    for label, ours, theirs in (
        (Label.TOWN, truth.town, twin.town),
        (Label.LOCALITY, truth.locality, twin.locality),
    ):
        if label in said.labels and ours != theirs and not (theirs and _plain(theirs) in said.text):
            return False
    counties = [_plain(name) for name in (truth.county, truth.authority) if name]
    if Label.COUNTY in said.labels and any(name in said.text for name in counties):
        theirs_said = any(_plain(name) in said.text for name in (twin.county, twin.authority) if name)
        if not theirs_said:
            return False
    same = truth.postcode == twin.postcode or not said.postcode
    return same or _plain(twin.postcode).startswith(said.postcode)
