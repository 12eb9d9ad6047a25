"""A premises as OS Places writes it: a DPA record for each text of the post, an LPI record for each of the gazetteer.

A key of which the reference holds nothing is left out, as it is there: codes of custodians, states and dates of the register among them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from address_match.indexer.texts.extent import Grid
from address_match.service.http.os_places.filter_queries import (
    CLASSIFICATION,
    COUNTRY,
    LPI_STATUS,
    STATUS,
    FilterQuery,
)
from address_match.service.http.os_places.parameters import DATASETS, DPA, LANGUAGES, LPI
from address_match.service.lookup.classification_words import classification_words
from address_match.service.lookup.logical_status import POSTAL, status_of_premises, status_of_text
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts

Json = dict[str, Any]
EXACT, NO_MATCH = "EXACT", "NO MATCH"
_STATUSES = {"1": "APPROVED", "3": "ALTERNATIVE", "6": "PROVISIONAL", "8": "HISTORICAL"}
_COUNTRIES = {
    "E": "within England",
    "W": "within Wales",
    "S": "within Scotland",
    "N": "within Northern Ireland",
    "L": "within Channel Islands",
    "M": "within Isle of Man",
    "J": "not assigned to a country",
}


@dataclass(frozen=True, slots=True)
class Match:
    """How well a premises fits what was asked."""

    score: float
    """In [0, 1]; 1 where it is exact, and nowhere else."""

    @property
    def description(self) -> str:
        """Return the word for it."""
        return EXACT if self.score >= 1 else NO_MATCH


FOUND = Match(1.0)
"""Of premises that were asked for by their identifier or place."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which records of a premises a request wants to see, and in which system it wants to see where they lie."""

    datasets: tuple[str, ...] = (DPA,)
    languages: tuple[str, ...] = LANGUAGES
    filters: tuple[FilterQuery, ...] = ()
    grid: Grid = Grid.BRITISH

    def records(self, premises: PremisesTexts, match: Match) -> Iterator[Json]:
        """Write the records of a premises, those of the post first."""
        for dataset in DATASETS:
            for text in premises.texts if dataset in self.datasets else ():
                if (text.text_kind == POSTAL) is (dataset == DPA) and _language(text) in self.languages:
                    record = _written(_PARTS[dataset](premises, text, self.grid, match))
                    if all(query.lets_pass(record) for query in self.filters):
                        yield {dataset: record}


def truncated(probability: float, digits: int) -> float:
    """Cut a probability off behind some digits; what is not exact stays below 1.

    >>> truncated(0.98, 1), truncated(1.0, 2)
    (0.9, 0.99)
    """
    step = Decimal(1).scaleb(-digits)
    cut = Decimal(repr(probability)).quantize(step, ROUND_DOWN)
    return float(min(cut, 1 - step))


def _dpa(premises: PremisesTexts, text: HeldText, grid: Grid, match: Match) -> Json:
    return {
        "UPRN": premises.uprn,
        "ADDRESS": text.address,
        "ORGANISATION_NAME": text.organisation,
        "DEPARTMENT_NAME": text.department,
        "SUB_BUILDING_NAME": _unit(text),
        "BUILDING_NAME": text.building,
        "BUILDING_NUMBER": _number(text.number, text.suffix),
        "THOROUGHFARE_NAME": text.street,
        "DEPENDENT_LOCALITY": text.locality,
        "POST_TOWN": text.town,
        "POSTCODE": text.postcode,
        **_place(premises, grid),
        **_particulars(premises),
        **_end(text, match),
    }


def _lpi(premises: PremisesTexts, text: HeldText, grid: Grid, match: Match) -> Json:
    status = status_of_text(text)
    return {
        "UPRN": premises.uprn,
        "ADDRESS": text.address,
        "ORGANISATION": text.organisation,
        "SAO_TEXT": _unit(text),
        "PAO_START_NUMBER": _number(text.number),
        "PAO_START_SUFFIX": text.suffix,
        "PAO_END_NUMBER": _number(text.number_end),
        "PAO_TEXT": text.building,
        "STREET_DESCRIPTION": text.street,
        "LOCALITY_NAME": text.locality,
        "TOWN_NAME": text.town,
        "POSTCODE_LOCATOR": text.postcode,
        **_place(premises, grid),
        **_particulars(premises),
        LPI_STATUS: status,
        f"{LPI_STATUS}_DESCRIPTION": _STATUSES[status],
        **_end(text, match),
    }


_PARTS: dict[str, Callable[[PremisesTexts, HeldText, Grid, Match], Json]] = {DPA: _dpa, LPI: _lpi}


def _place(premises: PremisesTexts, grid: Grid) -> Json:
    """Write where a premises lies: on the British grid, and in degrees where they are asked for."""
    place: Json = {"X_COORDINATE": premises.easting, "Y_COORDINATE": premises.northing}
    return {**place, "LNG": premises.longitude, "LAT": premises.latitude} if grid is Grid.DEGREES else place


def _particulars(premises: PremisesTexts) -> Json:
    status, country = status_of_premises(premises), _COUNTRIES.get(premises.country)
    return {
        "STATUS": _STATUSES[status],
        STATUS: status,
        CLASSIFICATION: premises.classification,
        f"{CLASSIFICATION}_DESCRIPTION": classification_words(premises.classification),
        "LOCAL_CUSTODIAN_CODE": _code(premises.custodian),
        COUNTRY: premises.country,
        f"{COUNTRY}_DESCRIPTION": None if country is None else f"This record is {country}",
        "PARENT_UPRN": premises.parent_uprn,
    }


def _end(text: HeldText, match: Match) -> Json:
    return {
        "LANGUAGE": _language(text),
        "MATCH": match.score,
        "MATCH_DESCRIPTION": match.description,
    }


def _written(record: Json) -> Json:
    """Leave out what holds nothing."""
    return {name: value for name, value in record.items() if value not in ("", None)}


def _language(text: HeldText) -> str:
    return "CY" if text.language == "cy" else "EN"


def _code(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() else None


def _unit(text: HeldText) -> str:
    return f"{text.unit_kind} {text.unit}".strip()


def _number(number: int, suffix: str = "") -> str:
    return f"{number}{suffix}" if number >= 0 else ""
