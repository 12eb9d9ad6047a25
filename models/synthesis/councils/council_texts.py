"""Addresses of synthetic premises in the style of a council, by the package address-errors."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from address_match.models.synthesis.councils.components import Components
from address_match.models.synthesis.councils.dwelling_labels import Run, labelled
from address_match.models.synthesis.councils.identity import Marks, marks_of, names_the_premises
from address_match.models.training_extra import training_extra_for
from address_match.parser.labelled_text import LabelledText
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon

with training_extra_for("Texts in the styles of councils need address-errors"):
    from address_errors import Controls, Corruptor, Profile, load_components

_COLUMNS = (
    *("uprn", "parentuprn", "organisationname", "subname", "name", "number", "streetname"),
    *("locality", "townname", "postcode", "usrn"),
)


@dataclass(frozen=True, slots=True)
class CouncilText:
    """A text of a premises in the style of a council."""

    uprn: str
    text: str
    damage: tuple[str, ...]
    """The mechanisms of the package that changed something; none where only the style did."""
    reads_as: tuple[str, ...]
    """UPRNs of other premises that the text fits as well."""
    names_the_premises: bool
    """Whether the flat and the number are still said; else no one can tell which premises was meant."""
    labelled: LabelledText | None
    """The text with its labels; None where they are not sure."""


class CouncilWriter:
    """Writes premises in the style of any council; whatever a text could be confused with has to be known to it."""

    def __init__(self, places: Sequence[Components], prevalence: float, seed: int) -> None:
        """Learn the premises; errors come `prevalence` times as often as the council makes them."""
        self._records = _records(places)
        self._by_uprn = {record["uprn"]: record for record in self._records}
        self._profile = Profile.load()
        self._controls = Controls(prevalence=prevalence, label_drift=0.0)
        self._seed = seed
        self._unstreeted: dict[tuple[str, str, Marks], list[str]] = defaultdict(list)
        for place in places:
            for name in {place.building, place.organisation} - {""}:
                marks = marks_of(place.part, place.number)
                self._unstreeted[name, place.town, marks].append(place.uprn)
        self._counties = [(name, Label.COUNTY) for name in shipped_lexicon().counties]

    def write(self, style: str, uprns: Sequence[str]) -> list[CouncilText]:
        """Write these premises in a style, in order; the same texts for the same seed and premises."""
        corruptor = _RememberingCorruptor(
            self._profile, style=style, seed=self._seed, controls=self._controls
        )
        corruptor.index(self._records)
        rows = corruptor.generate(uprns)
        return [self._text(row, dwelling) for row, dwelling in zip(rows, corruptor.dwellings, strict=True)]

    def _text(self, row: dict[str, str], dwelling: dict[str, str]) -> CouncilText:
        text = ", ".join(part for part in (row["recorded_address"], row["recorded_postcode"]) if part)
        places: list[Run] = [
            (dwelling["locality"], Label.LOCALITY),
            (dwelling["town"], Label.TOWN),
            *self._counties,
        ]
        applied = (*row["applied_rules"].split("|"), row["postcode_edit"])
        uprn = row["source_uprn"]
        fits = {row["collision_uprn"]} | self._fitting_without_street(dwelling)
        return CouncilText(
            uprn=uprn,
            text=text,
            damage=tuple(rule.partition(":")[0] for rule in applied if rule),
            reads_as=tuple(sorted(fits - {uprn, ""})),
            names_the_premises=names_the_premises(self._by_uprn[uprn], dwelling),
            labelled=labelled(
                text,
                dwelling,
                places,
                row["recorded_postcode"],
                is_range="-" in self._by_uprn[uprn]["number"],
            ),
        )

    def _fitting_without_street(self, dwelling: dict[str, str]) -> set[str]:
        """Return the premises of the town with the name and the marks of a text that names no street."""
        if dwelling["street"]:
            return set()
        marks = marks_of(dwelling["sub"], dwelling["number"])
        names = {dwelling["name"], dwelling["org"]} - {""}
        return {uprn for name in names for uprn in self._unstreeted[name, dwelling["town"], marks]}


class _RememberingCorruptor(Corruptor):  # type: ignore[misc]
    """Keeps the components of each text that it writes, as the damage left them."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.dwellings: list[dict[str, str]] = []

    def canonical(self, r: dict[str, str]) -> dict[str, str]:
        """Begin a text; what is returned here is changed in place until the text is written."""
        dwelling: dict[str, str] = super().canonical(r)
        self.dwellings.append(dwelling)
        return dwelling


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
