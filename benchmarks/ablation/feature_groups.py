"""The features of a pair by what they speak of."""

from dataclasses import dataclass

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.table import FEATURES


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are left out together."""

    name: str
    features: tuple[Feature, ...]

    @classmethod
    def about(cls, name: str, *fields: Field) -> "Group":
        """Group the features that speak of some fields, except for one that sums up the others."""
        return cls(name, tuple(each for each in FEATURES if each.field in fields and not each.last))

    def compute(self, pairs: Pairs) -> None:
        """Compute the features of all pairs, for the time that takes."""
        for feature in self.features:
            feature.compute(pairs)


GROUPS: tuple[Group, ...] = (
    Group.about("number", Field.NUMBER),
    Group.about("flat", Field.FLAT),
    Group.about("street", Field.STREET),
    Group.about("building and organisation", Field.BUILDING, Field.ORGANISATION),
    Group.about("town, locality, county", Field.TOWN, Field.LOCALITY, Field.COUNTY),
    Group.about("postcode", Field.POSTCODE),
    Group.about("words by rarity", Field.WORDS),
    Group("cosine of the vectors", tuple(feature for feature in FEATURES if feature.last)),
    Group.about("position and standing", Field.POSITION, Field.STANDING),
)
