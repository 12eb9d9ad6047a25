"""The filters of requests under /v1: which premises are asked about."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from address_match.service.http.routing.url_values import WRITTEN_NUMBER, WrittenBoolean
from address_match.service.lookup.area import EAST, METRES, NORTH, SOUTH, WEST, Box, Circle
from address_match.service.lookup.classification_filter import (
    FIRST_LETTERS,
    PRESETS,
    ClassificationFilter,
    is_classification,
)
from address_match.service.lookup.premises_filter import COUNTRIES, EVERYTHING, STATUSES, PremisesFilter
from address_match.service.written_names import names_in

MOST_METRES = 100_000
"""From the point to the edge of a circle."""
_SIDES = 4
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")


def _known_classifications(written: str) -> str:
    if not all(map(is_classification, names_in(written))):
        known = {"letters": ", ".join(FIRST_LETTERS), "presets": ", ".join(PRESETS)}
        raise PydanticCustomError(
            "unknown_classification",
            "a classification is no code that begins with one of {letters}, no beginning of one (RD*), and not one of {presets}",
            known,
        )
    return written


def _known_countries(written: str) -> str:
    if not {word.upper() for word in names_in(written)} <= {*COUNTRIES}:
        raise PydanticCustomError(
            "unknown_country", "a country is not one of {known}", {"known": ", ".join(COUNTRIES)}
        )
    return written


def _known_statuses(written: str) -> str:
    if not {word.lower() for word in names_in(written)} <= {*STATUSES}:
        raise PydanticCustomError(
            "unknown_status", "a status is not one of {known}", {"known": ", ".join(STATUSES)}
        )
    return written


def _sides_of(written: str) -> tuple[float, ...]:
    return tuple(float(side) for side in names_in(written) if _DEGREES.fullmatch(side))


def _box(written: str) -> str:
    if not written.strip():
        return written
    sides = _sides_of(written)
    if len(sides) != _SIDES or len(names_in(written)) != _SIDES:
        raise PydanticCustomError("no_box", "a box is west,south,east,north in degrees: -0.2,51.4,0.1,51.6")
    west, south, east, north = sides
    if west >= east or south >= north:
        raise PydanticCustomError(
            "no_box", "a box is west,south,east,north, and its west or its south lies behind its other side"
        )
    for longitude in (west, east):
        _longitude(longitude)
    for latitude in (south, north):
        _latitude(latitude)
    return written


def _latitude(value: float) -> float:
    return _within(value, "a latitude", SOUTH, NORTH)


def _longitude(value: float) -> float:
    return _within(value, "a longitude", WEST, EAST)


def _bounds(least: float, most: float) -> Any:
    """Say in a schema what a validator checks: its message names the islands."""
    return Field(json_schema_extra={"minimum": least, "maximum": most})


def _within(value: float, what: str, least: float, most: float) -> float:
    if not least <= value <= most:
        raise PydanticCustomError(
            "outside_islands",
            "{what} lies outside of these islands: {least} to {most} degrees",
            {"what": what, "least": f"{least:g}", "most": f"{most:g}"},
        )
    return value


_LATITUDE = (AfterValidator(_latitude), _bounds(SOUTH, NORTH))
_LONGITUDE = (AfterValidator(_longitude), _bounds(WEST, EAST))
_COMMAS = "with commas between; all if empty."
_CLASSIFICATION: Any = Field(
    "",
    max_length=200,
    description=f"Premises of these classes alone: codes, beginnings of codes, or {', '.join(PRESETS)}, {_COMMAS}",
    examples=["RD*,residential"],
)
_COUNTRY: Any = Field(
    "", max_length=40, description=f"Premises of these countries alone: {', '.join(COUNTRIES)}, {_COMMAS}"
)
_STATUS: Any = Field(
    "", max_length=60, description=f"Premises of these states alone: {', '.join(STATUSES)}, {_COMMAS}"
)
_HISTORICAL: Any = Field(
    True, description="Whether premises count of which the reference holds former texts alone."
)
_POINT: Any = Field(None, description="Of the point of `radius`, in degrees.")
_RADIUS: Any = Field(None, description="Metres from the point `lat`, `lon`: premises within that alone.")
_METRES_AROUND = Field(gt=0, le=MOST_METRES)
_BOX_FIELD: Any = Field(
    "",
    max_length=100,
    description="West, south, east and north in degrees, with commas between: premises between these alone.",
    examples=["-1.7,54.6,-1.6,54.7"],
)


_CUSTODIAN: Any = Field(
    "",
    max_length=200,
    pattern=r"^[A-Za-z0-9_ ,.-]*$",
    description=f"Premises that these authorities keep alone, by their codes in the reference, {_COMMAS}",
    examples=["9001,9002"],
)


class FilterFields(BaseModel):
    """Which premises are asked about; what is not named lets all pass."""

    classification: Annotated[str, AfterValidator(_known_classifications)] = _CLASSIFICATION
    country: Annotated[str, AfterValidator(_known_countries)] = _COUNTRY
    status: Annotated[str, AfterValidator(_known_statuses)] = _STATUS
    historical: bool = _HISTORICAL
    lat: Annotated[float, *_LATITUDE] | None = _POINT
    lon: Annotated[float, *_LONGITUDE] | None = _POINT
    radius: Annotated[float, _METRES_AROUND] | None = _RADIUS
    box: Annotated[str, AfterValidator(_box)] = _BOX_FIELD
    custodian: str = _CUSTODIAN

    @model_validator(mode="after")
    def _is_whole_circle(self) -> Self:
        said = [value is not None for value in (self.lat, self.lon, self.radius)]
        if any(said) and not all(said):
            raise PydanticCustomError("no_circle", "lat, lon and radius belong together; give all three")
        return self

    def premises_filter(self) -> PremisesFilter:
        """Return what of the premises passes."""
        if self.model_fields_set.isdisjoint(FilterFields.model_fields):
            return EVERYTHING
        return PremisesFilter(
            classification=ClassificationFilter.of(self.classification),
            countries=frozenset(word.upper() for word in names_in(self.country)),
            statuses=frozenset(word.lower() for word in names_in(self.status)),
            takes_historical=self.historical,
            areas=tuple(self._areas()),
            custodians=frozenset(names_in(self.custodian)),
        )

    def _areas(self) -> "list[Circle | Box]":
        areas: list[Circle | Box] = []
        if self.lat is not None and self.lon is not None and self.radius is not None:
            areas.append(Circle(self.lat, self.lon, self.radius / METRES))
        if sides := _sides_of(self.box):
            areas.append(Box(*sides))
        return areas


class FilterParameters(FilterFields):
    """Which premises are asked about, in the parameters of a URL."""

    historical: WrittenBoolean = _HISTORICAL
    lat: Annotated[float, *_LATITUDE, *WRITTEN_NUMBER] | None = _POINT
    lon: Annotated[float, *_LONGITUDE, *WRITTEN_NUMBER] | None = _POINT
    radius: Annotated[float, _METRES_AROUND, *WRITTEN_NUMBER] | None = _RADIUS
