"""What of the premises that were found a request wants to see."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from address_match.service.http.aims.classification_filter import ClassificationFilter
from address_match.service.http.aims.parameters import BOOSTS, Parameters, read_decimal
from address_match.service.lookup.premises_texts import PremisesTexts

EARTH_KILOMETRES = 6371.0088
"""Mean radius (IUGG)."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Premises within a distance of a point."""

    latitude: float
    longitude: float
    kilometres: float

    def holds(self, premises: PremisesTexts) -> bool:
        """Return whether a premises lies in it; one without coordinates does not."""
        if premises.latitude is None or premises.longitude is None:
            return False
        return self._distance(premises.latitude, premises.longitude) <= self.kilometres

    def _distance(self, latitude: float, longitude: float) -> float:
        """Return the kilometres to a point by the haversine formula."""
        here, there = radians(self.latitude), radians(latitude)
        across = sin(radians(longitude - self.longitude) / 2) ** 2
        along = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * across
        return 2 * EARTH_KILOMETRES * asin(sqrt(min(1.0, along)))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which premises are shown: by classification, country, age and place."""

    classification: ClassificationFilter
    takes_historical: bool
    left_out: frozenset[str]
    """Countries whose weight is 0."""
    circle: Circle | None = None

    @classmethod
    def of(cls, said: Parameters) -> "Narrowing":
        """Read what a request says, after it was checked."""
        return cls(
            ClassificationFilter.of(said.word("classificationfilter")),
            said.flag("historical"),
            frozenset(BOOSTS[name] for name, boost in said.boosts().items() if boost <= 0),
            _circle(said),
        )

    def lets_pass(self, premises: PremisesTexts) -> bool:
        """Return whether a premises is shown."""
        return (
            self.classification.holds(premises.classification)
            and (self.takes_historical or not premises.is_historical)
            and premises.country not in self.left_out
            and (self.circle is None or self.circle.holds(premises))
        )


def _circle(said: Parameters) -> Circle | None:
    kilometres, latitude, longitude = (read_decimal(said.word(name)) for name in ("rangekm", "lat", "lon"))
    if kilometres is None or latitude is None or longitude is None:
        return None
    return Circle(latitude, longitude, kilometres)
