"""What of the premises that were found a request wants to see."""

from dataclasses import dataclass

from address_match.service.http.aims.parameters import BOOSTS, Parameters, read_decimal
from address_match.service.lookup.area import Circle
from address_match.service.lookup.classification_filter import ClassificationFilter
from address_match.service.lookup.premises_filter import PremisesFilter
from address_match.service.lookup.premises_texts import PremisesTexts


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which premises are shown: by classification, age and place, and by country."""

    asked: PremisesFilter
    left_out: frozenset[str]
    """Countries whose weight is 0."""

    @classmethod
    def of(cls, said: Parameters) -> "Narrowing":
        """Read what a request says, after it was checked."""
        asked = PremisesFilter(
            classification=ClassificationFilter.of(said.word("classificationfilter")),
            takes_historical=said.flag("historical"),
            areas=_areas(said),
        )
        return cls(asked, frozenset(BOOSTS[name] for name, boost in said.boosts().items() if boost <= 0))

    def lets_pass(self, premises: PremisesTexts) -> bool:
        """Return whether a premises is shown."""
        return premises.country not in self.left_out and self.asked.lets_pass(premises)


def _areas(said: Parameters) -> tuple[Circle, ...]:
    kilometres, latitude, longitude = (read_decimal(said.word(name)) for name in ("rangekm", "lat", "lon"))
    if kilometres is None or latitude is None or longitude is None:
        return ()
    return (Circle(latitude, longitude, kilometres),)
