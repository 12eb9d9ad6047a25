from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParsedFields:
    """What an address says, field by field, in the one form in which two texts can be compared.

    Every text is upper case and folded; an empty text, or -1 for a number, means "not said".
    """

    organisation: str = ""
    department: str = ""
    building: str = ""
    """Name words of the building, without the numbers that are read apart."""
    unit: str = ""
    """Designators of the sub-building without their word, space-separated: `3`, `A`, `3A`, `302`, `79 A`; of a chain
    one a link.
    """
    unit_kind: str = ""
    """The word that stood before the designator, canonical: FLAT, UNIT, ROOM, …; of a chain, ROOM 3, FLAT 21, one a
    link.
    """
    floor: str = ""
    """B basement, G ground, 1, 2, …, T top."""
    side: str = ""
    """L left, R right, F front, B back, M middle."""
    number: int = -1
    """Number in the street, or the lower end of its range."""
    number_end: int = -1
    """Upper end of the range; -1 when one number stands alone."""
    suffix: str = ""
    """Letter or fraction of the number: the A of 12A, the ½ of 12½."""
    street: str = ""
    """With the street type in full: RD is written ROAD."""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    """Without a space: AB12CD; an outcode alone, AB1, where only that was written."""
    position: str = ""
    """How the text points at another place: REAR, LAND, ADJACENT, OPPOSITE, PLOT, or a thing there: GARAGE, MAST;
    SEVERAL when it names two addresses, LISTED when two numbers of one street with others between them; empty when it names the premises itself.
    """
    other: str = ""


PARSED_FIELDS: tuple[str, ...] = tuple(ParsedFields.__dataclass_fields__)
