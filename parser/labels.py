from enum import StrEnum


class Label(StrEnum):
    """What a token of an address stands for; the first nine follow the Office for National Statistics."""

    ORGANISATION = "OrganisationName"
    DEPARTMENT = "DepartmentName"
    SUB_BUILDING = "SubBuildingName"
    BUILDING = "BuildingName"
    NUMBER = "BuildingNumber"
    STREET = "StreetName"
    LOCALITY = "Locality"
    TOWN = "TownName"
    POSTCODE = "Postcode"
    COUNTY = "County"
    OTHER = "Other"


LABELS: tuple[Label, ...] = tuple(Label)
