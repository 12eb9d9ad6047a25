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
NO_DWELLINGS = frozenset({"GARAGE", "STORE", "PARKING SPACE"})
"""Parts of a house that are numbered by themselves: GARAGE 3 is not FLAT 3."""
_NAMED_PART = re.compile(r"[A-Z]{2}")
_NOT_SIGNS = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class StatedFields:
    """The fields of a text that tell premises apart; upper case, without signs and spaces."""

    labels: frozenset[Label]
    text: str
    part: str
    street: str
    postcode: str
    number: int
    """A house number that stands alone, -1 where a range or none stands."""


def stated_fields(pieces: Pieces) -> StatedFields:
    """Return the fields that labelled pieces state."""
    words: dict[Label, str] = {}
    for piece in pieces:
        words.setdefault(piece.label, piece.text)
    number = words.get(Label.NUMBER, "")
    return StatedFields(
        labels=frozenset(words),
        text=_plain(" ".join(piece.text for piece in pieces)),
        part=_plain(words.get(Label.SUB_BUILDING, "")),
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

    def also_named(self, truth: Premises, stated: StatedFields) -> tuple[str, ...]:
        """Return the UPRNs of the other premises that this text names as well as the true one."""
        return self._found(truth, stated, strict=True)

    def possibly_named(self, truth: Premises, stated: StatedFields) -> tuple[str, ...]:
        """Return the same, and those whose range of numbers holds the number of the text.

        Where there is one, what the text names cannot be known to be absent.
        """
        return self._found(truth, stated, strict=False)

    def _found(self, truth: Premises, stated: StatedFields, *, strict: bool) -> tuple[str, ...]:
        found = {
            one.uprn
            for core in _cores(truth)
            for one in self._by_core.get(core, ())
            if one.uprn != truth.uprn and _fits(truth, one, stated, strict=strict)
        }
        return tuple(sorted(found))


def _plain(words: str) -> str:
    return _NOT_SIGNS.sub("", words.upper())


def _stem(street: str) -> str:
    head, _, last = street.rpartition(" ")
    return head if head and last in STREET_TYPES else street


def _cores(premises: Premises) -> tuple[Core, ...]:
    """Return what names a premises on its street; of a range, one core for each of its numbers."""
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


def _fits(truth: Premises, twin: Premises, stated: StatedFields, *, strict: bool) -> bool:
    return (
        _numbers_fit(truth, twin, stated, strict=strict)
        and _parts_fit(truth, twin, stated)
        and _street_fits(truth, twin, stated)
        and _place_fits(truth, twin, stated)
        and all(
            ours == theirs or (bool(ours) and label not in stated.labels)
            for label, ours, theirs in (
                (Label.ORGANISATION, truth.organisation, twin.organisation),
                (Label.DEPARTMENT, truth.department, twin.department),
                (Label.BUILDING, truth.building, twin.building),
            )
        )
    )


def _numbers_fit(truth: Premises, twin: Premises, stated: StatedFields, *, strict: bool) -> bool:
    if (truth.number, truth.number_end) == (twin.number, twin.number_end):
        return True
    if strict or twin.number_end <= 0:
        return twin.number_end <= 0 and twin.number == stated.number
    return twin.number <= stated.number <= twin.number_end


def _parts_fit(truth: Premises, twin: Premises, stated: StatedFields) -> bool:
    """Return whether the parts are of one kind, or the text does not say of which it is."""
    one_kind = (truth.flat_word in NO_DWELLINGS) == (twin.flat_word in NO_DWELLINGS)
    return one_kind or not _NAMED_PART.search(stated.part)


def _street_fits(truth: Premises, twin: Premises, stated: StatedFields) -> bool:
    ours, theirs = (one.dependent_street or one.street for one in (truth, twin))
    return ours == theirs or stated.street in {_plain(theirs), _plain(_stem(theirs))}


def _place_fits(truth: Premises, twin: Premises, stated: StatedFields) -> bool:
    for label, ours, theirs in (
        (Label.TOWN, truth.town, twin.town),
        (Label.LOCALITY, truth.locality, twin.locality),
    ):
        if label in stated.labels and ours != theirs and not (theirs and _plain(theirs) in stated.text):
            return False
    counties = [_plain(name) for name in (truth.county, truth.authority) if name]
    if Label.COUNTY in stated.labels and any(name in stated.text for name in counties):
        theirs_stated = any(_plain(name) in stated.text for name in (twin.county, twin.authority) if name)
        if not theirs_stated:
            return False
    same = truth.postcode == twin.postcode or not stated.postcode
    return same or _plain(twin.postcode).startswith(stated.postcode)
