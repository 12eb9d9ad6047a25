"""Addresses written and damaged as councils do, by the public package address-errors: rates and styles learned from real registers."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from address_errors import Controls, Corruptor, Profile, load_components

from benchmarks.independent.components import Components

STYLES: tuple[str, ...] = ("bradford", "cornwall", "derby", "leeds", "wigan")
"""The councils whose styles the package knows."""
RESERVED_STYLE = "cornwall"
"""Shown to no training: the measure of what is not known. It is the one that the package itself foretells worst."""
_COLUMNS = (
    *("uprn", "parentuprn", "organisationname", "subname", "name", "number", "streetname"),
    *("locality", "townname", "postcode", "usrn"),
)


@dataclass(frozen=True, slots=True)
class DamagedText:
    """A text of a premises in the style of a council."""

    uprn: str
    text: str
    damage: tuple[str, ...]
    """The mechanisms of the package that changed something; none where only the style did."""
    reads_as: str
    """UPRN of another premises whose address the text has become; empty where it has not."""


class CouncilDamage:
    """Writes premises in the style of any council; all that a collision could be with have to be known to it."""

    def __init__(self, places: Sequence[Components], prevalence: float, seed: int) -> None:
        """Learn the premises; errors come `prevalence` times as often as the council makes them."""
        self._records = _records(places)
        self._profile = Profile.load()
        self._controls = Controls(prevalence=prevalence, label_drift=0.0)
        self._seed = seed

    def write(self, style: str, uprns: Sequence[str]) -> list[DamagedText]:
        """Write these premises in a style, in order; the same texts for the same seed and premises."""
        corruptor = Corruptor(self._profile, style=style, seed=self._seed, controls=self._controls)
        corruptor.index(self._records)
        return [_text_of(row) for row in corruptor.generate(uprns)]


def _text_of(row: dict[str, str]) -> DamagedText:
    applied = (*row["applied_rules"].split("|"), row["postcode_edit"])
    return DamagedText(
        uprn=row["source_uprn"],
        text=", ".join(part for part in (row["recorded_address"], row["recorded_postcode"]) if part),
        damage=tuple(rule.partition(":")[0] for rule in applied if rule),
        reads_as=row["collision_uprn"] if row["collision_uprn"] != row["source_uprn"] else "",
    )


def _records(places: Sequence[Components]) -> list[dict[str, str]]:
    """Hand premises over as the package takes them: in a file."""
    with TemporaryDirectory(prefix="address-match-") as folder:
        path = Path(folder) / "components.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(_COLUMNS)
            rows.writerows(
                (
                    *(place.uprn, place.parent_uprn, place.organisation, place.part, place.building),
                    *(place.number, place.street, place.locality, place.town, place.postcode),
                    f"{place.street}|{place.town}",
                )
                for place in places
            )
        return list(load_components(path))
