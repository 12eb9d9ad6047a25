from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from address_match.models.synthesis.premises import Premises
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.gazetteer.storage import save_gazetteer
from address_match.parser.lexicon.lexicon import shipped_lexicon


def names_of(premises: Iterable[Premises]) -> Gazetteer:
    """Count the names of a synthetic country as those of a reference that holds all its premises."""
    counts: dict[NameField, Counter[str]] = {field: Counter() for field in NameField}
    for place in premises:
        for field, name in (
            (NameField.STREET, place.street),
            (NameField.LOCALITY, place.locality),
            (NameField.TOWN, place.town),
            (NameField.BUILDING, place.building),
            (NameField.ORGANISATION, place.organisation),
        ):
            if name:
                counts[field][name] += 1
    return build_gazetteer(counts, shipped_lexicon())


def write_gazetteer(premises: Iterable[Premises], folder: Path) -> Path:
    """Save the names of a synthetic country, and return the folder."""
    save_gazetteer(names_of(premises), folder)
    return folder
