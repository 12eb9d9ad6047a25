"""Minimal pairs: premises that differ from one of a country by one meaningful word, laid among those of the country.

Absence shows only beside what is nearly meant. Some kinds of differences are reserved: no training shows them.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from address_match.models.synthesis.country.postcodes import INWARD_LETTERS
from address_match.models.synthesis.look_alikes import beside, is_plain_house
from address_match.models.synthesis.noise.pieces import Pieces, find, put, retext_each
from address_match.models.synthesis.noise.street_types import STREET_TYPES
from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.models.synthesis.reference import is_left_out
from address_match.models.synthesis.twins import NO_DWELLINGS
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

NEAR_MISSES_LAID = 0.05
"""Share of the premises of a country beside which one is laid that differs by a word."""
_NUMBERS_APART = (-10, -4, -2, -1, 1, 2, 4, 10)
_LETTERS = "ABCDE"
_TYPES = ("ROAD", "STREET", "AVENUE", "CLOSE", "LANE", "DRIVE", "WAY", "GROVE")
_BEFORE, _BEHIND = ("UPPER", "LOWER", "OLD", "GREAT", "LITTLE"), ("NORTH", "SOUTH", "EAST", "WEST")
_DWELLINGS = ("FLAT", "APARTMENT", "UNIT")
_NO_PREMISES = frozenset({"street_record", "land", "block"})

_Identity = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A premises that differs by one word from another."""

    kind: str
    """What differs: a name of KINDS."""
    of: Premises
    premises: Premises


@dataclass(frozen=True, slots=True)
class CountryNames:
    """The first words of streets and the words of buildings in a country, from which another one is drawn."""

    streets: tuple[str, ...]
    """Without their types."""
    buildings: tuple[str, ...]
    """First words."""
    building_kinds: tuple[str, ...]
    """Last words of names of several."""


Change = Callable[[Premises, CountryNames, Random], Premises | None]
"""Changes one word of a premises and of its texts, those without the word left out; None where it has no such word."""


def near_misses(
    premises: Sequence[Premises], seed: int, kinds: Mapping[str, Change], rate: float = NEAR_MISSES_LAID
) -> Iterator[NearMiss]:
    """Yield a premises of one of the kinds beside each one drawn, which is not in the country; the same for the same
    seed.
    """
    taken = {_identity(place) for place in premises}
    names = names_of(premises)
    for place in premises:
        # An organisation that moved by a word may well be the same one.
        if (
            place.kind in _NO_PREMISES
            or place.organisation
            or not is_left_out(f"near|{place.uprn}", seed=seed, rate=rate)
        ):
            continue
        rng = Random(f"near|{seed}|{place.uprn}")
        for kind in rng.sample(list(kinds), len(kinds)):
            changed = kinds[kind](place, names, rng)
            if changed and changed.texts and _identity(changed) not in taken:
                taken.add(_identity(changed))
                yield NearMiss(kind, place, _apart(place, changed))
                break


def left_out_in_turn(pairs: Sequence[NearMiss], seed: int) -> frozenset[str]:
    """Choose of each pair the one that the reference does not hold, by UPRN: now the near miss, now what it differs
    from.
    """
    return frozenset(
        pair.premises.uprn if is_left_out(pair.premises.uprn, seed=seed, rate=0.5) else pair.of.uprn
        for pair in pairs
    )


def names_of(premises: Sequence[Premises]) -> CountryNames:
    """Return the names of a country, in order."""
    buildings = {place.building for place in premises if place.building.replace(" ", "").isalpha()}
    return CountryNames(
        streets=tuple(sorted({stem for place in premises if (stem := _of_type(place.street)[0])})),
        buildings=tuple(sorted({name.split()[0] for name in buildings})),
        building_kinds=tuple(sorted({name.split()[-1] for name in buildings if " " in name})),
    )


def another_number(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return the premises under another house number: 14 beside 12."""
    if not _is_known_by_number(place) or place.suffix:
        return None
    number = place.number + rng.choice(_NUMBERS_APART)
    if number <= 0:
        return None
    return replace(
        place, number=number, texts=_reworded(place, {Label.NUMBER}, str(place.number), str(number))
    )


def another_suffix(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return the premises under its number with another letter, or with one where it has none: 12A beside 12."""
    if not _is_known_by_number(place) or place.flat or place.flat_word:
        return None
    suffix = rng.choice([letter for letter in _LETTERS if letter != place.suffix])
    number = f"{place.number}{suffix}"
    if place.suffix:
        texts = _reworded(place, {Label.BUILDING}, f"{place.number}{place.suffix}", number)
    else:
        texts = tuple(
            replace(text, pieces=_numbered(text.pieces, number))
            for text in place.texts
            if find(text.pieces, Label.NUMBER) >= 0
        )
    return replace(place, suffix=suffix, texts=texts)


def another_flat(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return the next flat of the house: FLAT 4 beside FLAT 3."""
    if place.flat == str(place.number) or not place.flat:
        return None
    if place.flat.isdecimal():
        flat = str(int(place.flat) + rng.choice([step for step in _NUMBERS_APART if step > -int(place.flat)]))
    elif place.flat in _LETTERS:
        flat = rng.choice([letter for letter in _LETTERS if letter != place.flat])
    else:
        return None
    labels = {Label.SUB_BUILDING, Label.BUILDING}
    return replace(place, flat=flat, texts=_reworded(place, labels, place.flat, flat))


def another_kind_of_part(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return another kind of part of the same number: GARAGE 3 beside FLAT 3."""
    if place.flat_word not in _DWELLINGS or not place.flat:
        return None
    word = rng.choice(sorted(NO_DWELLINGS))
    labels = {Label.SUB_BUILDING, Label.BUILDING}
    return replace(place, flat_word=word, texts=_reworded(place, labels, place.flat_word, word))


def another_street_type(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return the premises on a street of another type: ALDER CLOSE beside ALDER ROAD."""
    stem, last = _of_type(place.street)
    if not stem:
        return None
    return _on(place, f"{stem} {rng.choice([word for word in _TYPES if word != last])}", rng)


def another_qualifier(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return the premises on the street that has a qualifier besides: MILL LANE EAST beside MILL LANE."""
    if not place.street or {*place.street.split()} & {"THE", *_BEFORE, *_BEHIND}:
        return None
    word = rng.choice((*_BEFORE, *_BEHIND))
    return _on(place, f"{word} {place.street}" if word in _BEFORE else f"{place.street} {word}", rng)


def another_street_name(place: Premises, names: CountryNames, rng: Random) -> Premises | None:
    """Return the premises on a street of another name and the same type: ROWAN ROAD beside ALDER ROAD."""
    stem, last = _of_type(place.street)
    others = [name for name in rng.choices(names.streets, k=2) if name != stem] if stem else []
    return _on(place, f"{others[0]} {last}", rng) if others else None


def another_block(place: Premises, names: CountryNames, rng: Random) -> Premises | None:
    """Return the flat of that number in a block of another name: FLAT 2, ROWAN COURT beside FLAT 2, ALDER COURT."""
    first, gap, rest = place.building.partition(" ")
    if not place.flat or not gap or place.number > 0:
        # A block at the same number of the same street was most likely renamed.
        return None
    return _in_building(place, f"{rng.choice(names.buildings)} {rest}", first)


def another_word_of_building(place: Premises, names: CountryNames, rng: Random) -> Premises | None:
    """Return a house whose name differs in its last word: ROSE VILLA beside ROSE COTTAGE."""
    head, _, last = place.building.rpartition(" ")
    if not head or place.number > 0 or place.flat or place.flat_word:
        return None
    return _in_building(place, f"{head} {rng.choice(names.building_kinds)}", last)


def neighbours_place(place: Premises, _names: CountryNames, rng: Random) -> Premises | None:
    """Return a place that is named by the number of a house: REAR OF 12 beside 12."""
    return beside(place, rng) if is_plain_house(place) else None


TRAINED_KINDS: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        another_number,
        another_suffix,
        another_flat,
        another_street_type,
        another_street_name,
        another_word_of_building,
        neighbours_place,
    )
}
RESERVED_KINDS: Mapping[str, Change] = {
    change.__name__: change for change in (another_qualifier, another_kind_of_part, another_block)
}
"""Shown to no training, nor are texts that name nothing but a street: the measure of what is not known."""


def _apart(place: Premises, changed: Premises) -> Premises:
    """Give a near miss an identifier of its own; a part of the same house keeps its parent."""
    same_house = all(
        getattr(place, field) == getattr(changed, field)
        for field in ("building", "number", "suffix", "street")
    )
    return replace(changed, uprn=f"{place.uprn}4", parent_uprn=place.parent_uprn if same_house else "")


def _identity(place: Premises) -> _Identity:
    letter, flat = place.suffix, place.flat or place.flat_word
    if not letter and len(flat) == 1 and flat.isalpha():
        # Flat C, 14 and 14C are one address in two notations.
        letter, flat = flat, ""
    part = "" if place.flat_word in _DWELLINGS else place.flat_word
    return (
        *(part, flat, place.floor, place.organisation, place.building),
        *(place.number, place.number_end, letter, place.dependent_street, place.street, place.town),
    )


def _is_known_by_number(place: Premises) -> bool:
    """Return whether every text of a premises says its number, for it has no other name, and that is one number."""
    return place.number > 0 and place.number_end < 0 and not place.building


def _of_type(street: str) -> tuple[str, str]:
    """Part a street from its type; two empty texts where it has none."""
    stem, _, last = street.rpartition(" ")
    return (stem, last) if stem not in {"", "THE"} and last in STREET_TYPES else ("", "")


def _on(place: Premises, street: str, rng: Random) -> Premises | None:
    """Move a numbered premises to another street, which has a postcode of its own in the same sector."""
    if place.number <= 0 or place.building or not place.postcode:
        # A house of the same name on another street of a place is seldom another house.
        return None
    postcode = place.postcode[:-2] + rng.choice(INWARD_LETTERS) + rng.choice(INWARD_LETTERS)
    texts = _reworded(place, {Label.STREET}, place.street, street)
    texts = tuple(
        replace(text, pieces=retext_each(text.pieces, {Label.POSTCODE}, lambda _: postcode)) for text in texts
    )
    return replace(place, street=street, postcode=postcode, texts=texts)


def _in_building(place: Premises, building: str, word: str) -> Premises | None:
    if building == place.building or not word.isalpha():
        return None
    return replace(
        place, building=building, texts=_reworded(place, {Label.BUILDING}, place.building, building)
    )


def _numbered(pieces: Pieces, number: str) -> Pieces:
    at = find(pieces, Label.NUMBER)
    return put(pieces, at, Piece(number, Label.BUILDING, pieces[at].separator))


def _reworded(place: Premises, labels: Collection[Label], old: str, new: str) -> tuple[PremisesText, ...]:
    """Write other words for some in the texts of a premises, in pieces of these labels.

    What holds them in another language only is left out; none where an English text does not say them, for it would
    name both.
    """
    held = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
    changed = [
        (text, retext_each(text.pieces, labels, lambda words: held.sub(new, words))) for text in place.texts
    ]
    if any(text.language == "en" and pieces is text.pieces for text, pieces in changed):
        return ()
    return tuple(replace(text, pieces=pieces) for text, pieces in changed if pieces is not text.pieces)
