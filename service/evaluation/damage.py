"""Which fields of an address a query leaves out or says differently from the reference."""

from collections.abc import Sequence
from enum import StrEnum

from address_match.indexer.retrieval import Retriever
from address_match.indexer.texts.schemas import PARSED_FIELDS_SCHEMA
from address_match.parser.address_parser import AddressParser
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.service.evaluation.evaluation_query import EvaluationQuery


class Damage(StrEnum):
    """How a field of a query compares with the same field of the premises that is asked for."""

    LEFT_OUT = "left out"
    OTHERWISE = "otherwise"


FIELDS: dict[str, tuple[str, ...]] = {
    "organisation": ("organisation",),
    "flat or floor": ("unit", "floor", "side"),
    "building": ("building",),
    "number": ("number", "number_end", "suffix"),
    "street": ("street",),
    "locality": ("locality",),
    "town": ("town",),
    "county": ("county",),
    "postcode": ("postcode",),
}
"""The fields that are looked at, and what of the parsed fields belongs to each."""
_UNSAID = ("", -1)


BATCH = 1_000


def damage_of(
    queries: Sequence[EvaluationQuery], parser: AddressParser, retriever: Retriever
) -> list[dict[str, Damage] | None]:
    """Return the damaged fields of each query, in order; None for one that asks for nothing which the reference holds."""
    found: list[dict[str, Damage] | None] = []
    for start in range(0, len(queries), BATCH):
        part = queries[start : start + BATCH]
        readings = parser.parse_fields([query.address for query in part])
        for query, asked in zip(part, readings, strict=True):
            held = [text for uprn in sorted(query.accepted) for text in _held(uprn, retriever)]
            found.append(damage(asked, held) if held else None)
    return found


def damage(asked: ParsedFields, held: Sequence[ParsedFields]) -> dict[str, Damage]:
    """Return the damaged fields of a query, in the order of FIELDS.

    `held` are the parsed fields of the texts, at least one, under which the reference holds what is asked for; the one
    that the query agrees with in most fields counts. A field that this text does not have is not damaged, whatever the
    query says.
    """
    return min((_damaged(asked, reading) for reading in held), key=len)


def _held(uprn: str, retriever: Retriever) -> list[ParsedFields]:
    texts = retriever.lookup(uprn).select(PARSED_FIELDS_SCHEMA.names).rename_columns(list(PARSED_FIELDS))
    return [ParsedFields(**row) for row in texts.to_pylist()]


def _damaged(asked: ParsedFields, held: ParsedFields) -> dict[str, Damage]:
    fields = {}
    for field, names in FIELDS.items():
        theirs = tuple(getattr(held, name) for name in names)
        ours = tuple(getattr(asked, name) for name in names)
        if ours == theirs or all(value in _UNSAID for value in theirs):
            continue
        unsaid = all(value in _UNSAID for value in ours)
        fields[field] = Damage.LEFT_OUT if unsaid else Damage.OTHERWISE
    return fields
