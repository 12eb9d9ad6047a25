"""The columns that say what the reference holds of the premises that is answered: those that `--fields` names."""

from collections.abc import Iterable, Sequence

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.errors import UsageError
from address_match.service.lookup.listed_premises import FIELDS, ListedPremises, listed
from address_match.service.lookup.premises_in_parts import texts_in_parts

KNOWN_FIELDS = tuple(name for name in FIELDS if name not in {"uprn", "address"})
"""What may be named, as `fields` over HTTP; identifier and address of the answer are there anyway."""
_NAMED_OTHERWISE = {"status": "match_premises_status"}
"""`match_status` is of the answer."""
HELD_NUMBERS = frozenset({"match_latitude", "match_longitude", "match_easting", "match_northing"})


def refuse_unknown_fields(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names, or the one name; raises `UsageError` where no premises has such a field, or one is named twice."""
    named = (names,) if isinstance(names, str) else tuple(names)
    if unknown := [name for name in named if name not in KNOWN_FIELDS]:
        raise UsageError(f"there is no field {unknown[0]!r}; known are {', '.join(KNOWN_FIELDS)}")
    if len(set(named)) < len(named):
        raise UsageError("a field is named twice; name each once")
    return named


def held_column(field: str) -> str:
    """Name the column of a field.

    >>> held_column("postcode"), held_column("status")
    ('match_postcode', 'match_premises_status')
    """
    return _NAMED_OTHERWISE.get(field, f"match_{field}")


def held_columns(
    uprns: Sequence[str], fields: Sequence[str], reference: PremisesLookup
) -> list[list[object]]:
    """Return for each field what is held of each premises, in that order; where nothing is held a text is empty, a
    number None.
    """
    held = held_premises(uprns, reference)
    rows = [held.get(uprn) for uprn in uprns]
    nothing = {field: None if held_column(field) in HELD_NUMBERS else "" for field in fields}
    return [[nothing[field] if row is None else getattr(row, field) for row in rows] for field in fields]


def held_premises(uprns: Iterable[str], reference: PremisesLookup) -> dict[str, ListedPremises]:
    """Return those of some premises that are held, by identifier."""
    return {one.uprn: one for texts in texts_in_parts(uprns, reference) for one in listed(texts)}
