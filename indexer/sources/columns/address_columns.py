"""Which columns of a table make an address, and how they are written as one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from address_match.indexer.sources.columns.address_composition import AddressComposition, AddressForm
from address_match.indexer.sources.columns.address_owners import address_positions
from address_match.indexer.sources.columns.address_parts import (
    AddressPart,
    CalledAfterPremises,
    FirstFilled,
    HalvesOfPostcode,
    NameOfBusiness,
    NameOfHouse,
    NameOfSomebody,
    NumberedUnit,
    NumberOnRoad,
    NumberRange,
    SecondaryObject,
    UnlessSaid,
    WholeElseLines,
)
from address_match.indexer.sources.columns.address_words import (
    BARE_SUFFIX,
    DEPENDENT_LOCALITY,
    DEPENDENT_STREET,
    GAZETTEER,
    GAZETTEER_STREET,
    NUMBER_END,
    NUMBER_SUFFIX,
    OF_ONE_REGISTER,
    STREET_LINES,
    TELLING,
    WHOLE,
    component_words,
    line_number,
)
from address_match.indexer.sources.columns.owner_words import BARE_PREMISES
from address_match.indexer.sources.columns.plain_names import column_positions
from address_match.indexer.sources.columns.postcode_words import INWARD, OUTWARD, POSTCODE
from address_match.indexer.sources.layouts.layout import Layout, layout_of
from address_match.indexer.texts.schemas import COMPONENT_COLUMNS

_PLACES = ("locality", "town_name", "county")
"""Always added, and never enough: every address of a place shares them."""
_ORGANISATIONS = ("organisation_name", "department_name")
_UNITS = tuple(
    word for word in component_words("sub_building_name") if word not in {"unit", "apartment", "sao"}
)
_BUILDINGS = tuple(
    word for word in component_words("building_name") if word not in {"building", "block", "asset_name"}
)
_HOUSE_NUMBERS = tuple(
    word
    for word in component_words("building_number")
    if word
    not in {"number", "no", "property_number", "property_no", "premises_number", "premises", "pao", "house"}
)
"""Words that say what they mean beside a whole address, where `number` and `unit` may be anything."""
_BUSINESSES = tuple(word for word in component_words("organisation_name") if not word.startswith("org"))
"""Words for what is at an address, of which several may share one; an organisation beside a whole address may be any."""
HOUSE = "house"
"""Of a column that may hold a number, a name, or what kind of home it is."""
_ANYTHING = ("number", "no", "unit", "premises", HOUSE, "block", "building")
"""Words of doors that may mean anything where no road stands beside them."""
_DOORS = ("sub_building_name", "building_name", "building_number")
_NAMES_OF_ANY = ("name", "address_name", "addr_name", "adr_name")
"""Of a column beside house numbers that may name the house or who lives there."""
_OBJECTS = ("sao", "pao")
"""Of a gazetteer's columns the bare words, which beside the others say their texts."""
_UNIT_KINDS = ("flat", "apartment", "unit")
"""In the name of a column of units: what a number in it is the number of; of a flat where it is not said."""


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """Columns of a table, as they are written in its header, that make the address."""

    address: tuple[str, ...]
    """In the order in which they are written out; empty when none was found."""
    postcode: str | None
    """The column that holds the postcode alone."""
    composition: AddressComposition
    """How each row's address is made of them."""
    names_premises: bool = True
    """Whether they hold a street or a name, and a number or a name of the premises, as a reference needs."""
    names_more_than_places: bool = True
    """Whether they hold more than postcode, locality, town, county and who is there, as a query needs."""


def detect_address_columns(columns: Sequence[str], layout: Layout | None = None) -> AddressColumns:
    """Find by name the column or columns that make the address, and the postcode's.

    The layout is the one that the columns are of, unless it is named. A whole address goes before address lines, and
    these before components; towns and counties that stand beside them are added, and of each row what else its columns
    say of the premises and the lines do not. Of components that a table has twice, as AddressBase Plus has a postal and
    a gazetteer's address, each row takes those that it fills.
    """
    named = word_positions(columns, layout)
    lines = _lines(named, columns)
    places = _parts(named, *(component_words(field) for field in _PLACES))
    forms: tuple[AddressForm, ...]
    if lines:
        forms = (_form_of_lines(lines, named),)
    else:
        others = (position for name, position in named.items() if line_number(name) is not None)
        places = (
            *_parts(named, DEPENDENT_LOCALITY),
            *(FirstFilled((position,)) for position in others),
            *places,
        )
        forms = _forms(named)
    codes = _postcode(named)
    composition = AddressComposition(forms, places, codes)
    return AddressColumns(
        tuple(columns[position] for position in composition.address),
        columns[codes.positions[0]] if codes else None,
        composition,
        names_premises=bool(lines) or any(_names_premises(form, named) for form in forms),
        names_more_than_places=any(form.roads or _tells_door_alone(form, named) for form in forms),
    )


def word_positions(columns: Sequence[str], layout: Layout | None = None) -> dict[str, int]:
    """Return where each of our words stands: by the layout that is named, or that the columns are of, else by their
    names.
    """
    layout = layout or layout_of(columns)
    return address_positions(columns) if layout is None else column_positions(layout.our_words(columns))


def _tells_door_alone(form: AddressForm, named: Mapping[str, int]) -> bool:
    """Return whether the doors of a form without a road say what they mean, as `number` does not."""
    bare = {named[name] for name in _ANYTHING if name in named}
    return any(not bare.issuperset(part.positions) for part in form.doors)


def _lines(named: Mapping[str, int], columns: Sequence[str]) -> tuple[AddressPart, ...]:
    """Return the whole address, or its lines in order; none where the first of them is missing.

    Columns without a name behind a whole address are the cells of a header that were merged: more lines of it.
    """
    numbered = sorted(
        (number, position) for name, position in named.items() if (number := line_number(name)) is not None
    )
    whole: AddressPart | None = _whole(named)
    if whole is None and (not numbered or numbered[0][0] > 1):
        whole = next((FirstFilled((named[name],)) for name in STREET_LINES if name in named), None)
    elif whole is not None and numbered and numbered[0][0] <= 1:
        return (WholeElseLines(whole, tuple(FirstFilled((position,)) for _, position in numbered)),)
    elif whole is not None and not numbered:
        return (whole, *_merged_behind(whole.positions[-1], columns))
    if whole is None and numbered and numbered[0][0] > 1:
        return ()
    if whole is None and not numbered:
        whole = _called_after_premises(named, columns)
    return (*(() if whole is None else (whole,)), *(FirstFilled((position,)) for _, position in numbered))


def _called_after_premises(named: Mapping[str, int], columns: Sequence[str]) -> CalledAfterPremises | None:
    """Return the only column of several that may hold the address, and is called after the premises and no more."""
    if len(columns) < 2 or any(name in TELLING and name not in BARE_PREMISES for name in named):
        return None
    if any(GAZETTEER.fullmatch(name.replace("_", "")) for name in named):
        return None
    found = [named[name] for name in BARE_PREMISES if name in named]
    return CalledAfterPremises(found[0]) if len(found) == 1 else None


def _merged_behind(position: int, columns: Sequence[str]) -> tuple[FirstFilled, ...]:
    following = range(position + 1, len(columns))
    unnamed = takewhile(lambda place: not columns[place].strip(), following)
    return tuple(FirstFilled((place,)) for place in unnamed)


def _postcode(named: Mapping[str, int]) -> AddressPart | None:
    """Return the postcode: of a column that holds it, or of two with its halves."""
    codes = tuple(named[name] for name in POSTCODE if name in named)
    if codes:
        return FirstFilled(codes)
    halves = [next((named[name] for name in words if name in named), None) for words in (OUTWARD, INWARD)]
    outward, inward = halves
    return None if outward is None or inward is None else HalvesOfPostcode(outward, inward)


def _whole(named: Mapping[str, int]) -> FirstFilled | None:
    """Return the column of a whole address, or the two of registers that have two."""
    name = next((name for name in WHOLE if name in named), None)
    if name is None:
        return None
    names = OF_ONE_REGISTER if name in OF_ONE_REGISTER else (name,)
    return FirstFilled(tuple(named[name] for name in names if name in named))


def _form_of_lines(said: tuple[AddressPart, ...], named: Mapping[str, int]) -> AddressForm:
    """Return the form of a whole address or of lines, with what stands beside them."""

    def beside(words: Sequence[str]) -> tuple[AddressPart, ...]:
        return tuple(UnlessSaid(part, said) for part in _parts(named, words))

    is_whole = any(name in named for name in WHOLE)
    of_streets = not is_whole and any(name in named for name in STREET_LINES)
    units = component_words("sub_building_name") if of_streets else _UNITS
    # Beside a whole address it may be what a valuation says of them: SHOP AND PREMISES.
    numbers = _HOUSE_NUMBERS if is_whole else (*_HOUSE_NUMBERS, "premises")
    house = next(iter(_parts(named, numbers)), None)
    in_lines = {position for part in said for position in part.positions}
    roads = (
        part for part in _parts(named, component_words("street_name")) if in_lines.isdisjoint(part.positions)
    )
    street = next(roads, None)
    door = () if house is None else (UnlessSaid(NumberOnRoad(house), said, number=True, road=street),)
    before, behind = (door, ()) if street is None else ((), (*door, UnlessSaid(street, said)))
    doors = (*beside(units), *beside(_BUILDINGS), *before, *said)
    businesses = (UnlessSaid(NameOfBusiness(part), said) for part in _parts(named, _BUSINESSES))
    return AddressForm(doors, behind, organisations=tuple(businesses))


def _forms(named: Mapping[str, int]) -> tuple[AddressForm, ...]:
    gazetteer = _gazetteer_form(named)
    if not gazetteer.doors:
        return (_postal_form(named),)
    postal = _postal_form({name: place for name, place in named.items() if name not in _OBJECTS})
    return (postal, gazetteer) if postal.doors else (gazetteer,)


def _postal_form(named: Mapping[str, int]) -> AddressForm:
    """Return the form of Royal Mail and of most registers."""
    doors = [component_words(field) for field in _DOORS]
    roads: tuple[AddressPart, ...] = _parts(named, component_words("street_name"))
    dependent = _parts(named, DEPENDENT_STREET)
    if "house_number" in named and "street_number" in named:  # of the house in its court, and of the court
        doors[-1] = ("house_number",)
        roads = (*_parts(named, ("street_number",)), *roads)
    # Beside a number, `House` is a name, a kind or a tenure.
    if any(name in named for name in doors[-1] if name != HOUSE):
        doors[1:] = [(*doors[1], HOUSE), tuple(name for name in doors[-1] if name != HOUSE)]
    house_number = _house_number(named, doors[-1])
    numbers = () if house_number is None else (house_number,)
    names = _names_of_house(named, doors[1], numbers)
    return AddressForm(
        (*_units(named, doors[0], names, numbers), *names, *numbers),
        (*dependent, *roads),
        _organisations(named),
        house_number,
    )


def _names_of_house(
    named: Mapping[str, int], words: Sequence[str], numbers: tuple[AddressPart, ...]
) -> tuple[AddressPart, ...]:
    positions = tuple(named[name] for name in words if name in named)
    if positions:
        return (NameOfHouse(positions, numbers, named.get(HOUSE) if HOUSE in words else None),)
    beside = {place + step for part in numbers for place in part.positions for step in (-1, 1)}
    name = next((named[word] for word in _NAMES_OF_ANY if word in named), None)
    return (NameOfSomebody(name, numbers),) if name is not None and name in beside else ()


def _house_number(named: Mapping[str, int], words: Sequence[str]) -> AddressPart | None:
    """Return the number on the road, with its letter or the end of its range where these have columns of their own."""
    number = next(iter(_parts(named, words)), None)
    if number is None:
        return None
    first = number.positions[0]
    of_number = {
        name: position for name, position in named.items() if name not in BARE_SUFFIX or position == first + 1
    }
    suffix, end = (
        next((of_number[name] for name in names if name in of_number), None)
        for names in (NUMBER_SUFFIX, NUMBER_END)
    )
    return NumberOnRoad(number if suffix is None and end is None else NumberRange(first, suffix, end))


def _units(
    named: Mapping[str, int],
    units: Sequence[str],
    names: tuple[AddressPart, ...],
    numbers: tuple[AddressPart, ...],
) -> tuple[AddressPart, ...]:
    """Return the part of what lies within a building, with the word for it that its column is named by."""
    first = next((name for name in units if name in named), "")
    word = next((word for word in _UNIT_KINDS if word in first.split("_")), _UNIT_KINDS[0]).upper()
    return tuple(NumberedUnit(part, word, names, numbers) for part in _parts(named, units))


def _gazetteer_form(named: Mapping[str, int]) -> AddressForm:
    """Return the form of BS 7666, without a door where a table has no columns of addressable objects."""
    found: dict[tuple[str, str], int] = {}
    for name, position in named.items():
        if m := GAZETTEER.fullmatch(name.replace("_", "")):
            what = "text" if m["text"] else f"{m['end'] or 'start'}{'_suffix' if m['suffix'] else ''}"
            found.setdefault((m["object"], what), position)
    for name in _OBJECTS if found else ():
        if name in named:
            found.setdefault((name, "text"), named[name])
    secondary = SecondaryObject(found.get(("sao", "text")), _number_range(found, "sao"))
    building = found.get(("pao", "text"))
    objects = (
        secondary,
        *(() if building is None else (FirstFilled((building,)),)),
        _number_range(found, "pao"),
    )
    street = (*GAZETTEER_STREET, *component_words("street_name"))
    return AddressForm(
        tuple(part for part in objects if part.positions),
        _parts(named, tuple(dict.fromkeys(street))),
        _organisations(named),
    )


def _organisations(named: Mapping[str, int]) -> tuple[AddressPart, ...]:
    return _parts(named, *(component_words(field) for field in _ORGANISATIONS))


def _number_range(found: Mapping[tuple[str, str], int], of: str) -> NumberRange:
    return NumberRange(*(found.get((of, what)) for what in ("start", "start_suffix", "end", "end_suffix")))


def _parts(named: Mapping[str, int], *names: Sequence[str]) -> tuple[AddressPart, ...]:
    """Return a part for each group of names of which a table has any column."""
    found = (tuple(named[name] for name in group if name in named) for group in names)
    return tuple(FirstFilled(positions) for positions in found if positions)


def _names_premises(form: AddressForm, named: Mapping[str, int]) -> bool:
    """Return whether a form has a road or a name, and a number or a name."""
    has_name = any(
        name in named for field in ("building_name", "organisation_name") for name in component_words(field)
    )
    return bool(form.doors or form.organisations) and (bool(form.roads) or has_name)


def component_columns(columns: Sequence[str], layout: Layout | None = None) -> dict[str, int]:
    """Find, for each of COMPONENT_COLUMNS that a table has, where the column stands that holds it."""
    named = word_positions(columns, layout)
    found = (
        (field, [named[name] for name in component_words(field) if name in named])
        for field in COMPONENT_COLUMNS
    )
    return {field: positions[0] for field, positions in found if positions}


def postcode_column(columns: Sequence[str]) -> int | None:
    """Find where the column stands that holds the postcode."""
    named = word_positions(columns)
    return next((named[name] for name in POSTCODE if name in named), None)
