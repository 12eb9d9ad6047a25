from enum import IntEnum


class NameField(IntEnum):
    """What a name of the reference names; the number is its column in the tables of a gazetteer."""

    STREET = 0
    LOCALITY = 1
    TOWN = 2
    BUILDING = 3
    ORGANISATION = 4


FIELD_COUNT = len(NameField)
