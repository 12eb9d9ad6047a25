"""The joins that all products share: from their premises, gazetteer and delivery points to texts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from address_match.indexer.products.positions import file_of, line_of
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, literal, statements

_FAULTS_AT_ONCE = 10_000
_PREMISES_AT_ONCE = 125_000
"""Of a million premises twice as many take half a gigabyte, and four times as many more than the whole."""
_DRAWN_A_TURN = 100
"""Identifiers that are drawn for each bound between turns, so that these are nearly of one size."""


def join_texts(
    joins: Joins, gazetteer: str, texts: Path, *, premises_at_once: int = _PREMISES_AT_ONCE
) -> None:
    """Write the texts of a product to a file, with the columns and in the order of `texts.sql`.

    The joins have the views `registered` and `delivery_point`; the statements `gazetteer` make `premises` and
    `gazetteer_text` of what else they have. So many premises or hardly more are joined and sorted at once, by which the
    memory that it takes is bounded.
    """
    joins.run(statements(__package__, "parents.sql"))
    _find_circles(joins)
    joins.run(statements(__package__, "numbers.sql"))
    joins.run(gazetteer)
    joins.run(statements(__package__, "texts.sql"))
    joins.write_in_turns("texts", texts, _turns(joins, premises_at_once))


def _turns(joins: Joins, at_once: int) -> list[str]:
    """Return conditions that part the premises by their identifiers, ascending."""
    count = joins.count("premises") // at_once
    if not count:
        return ["true"]
    drawn = f"premises using sample reservoir({(count + 1) * _DRAWN_A_TURN} rows) repeatable (1)"
    values = joins.values(f"select uprn from {drawn} order by uprn")  # noqa: S608
    step = max(1, len(values) // (count + 1))
    bounds = [literal(value) for value in dict.fromkeys(values[step::step])]
    between = [f"uprn >= {low} and uprn < {high}" for low, high in pairwise(bounds)]
    return [f"uprn < {bounds[0]}", *between, f"uprn >= {bounds[-1]} or uprn is null"]


def faults(joins: Joins, query: str, files: Sequence[str]) -> Iterator[RowError]:
    """Yield what a query finds wrong: position, what it is, and an identifier; positions name one of the files."""
    for rows in joins.rows(query, _FAULTS_AT_ONCE):
        for position, what, identifier in rows:
            place = int(position)
            yield RowError(line_of(place), str(what), str(identifier), files[file_of(place)])


def _find_circles(joins: Joins) -> None:
    """Add to the faulty parents those that come back to themselves."""
    remaining = -1
    while remaining != (remaining := joins.count("link")):
        joins.run("delete from link where parent_uprn not in (select uprn from link)")
        joins.run("delete from link where uprn not in (select parent_uprn from link)")
    joins.run("insert into faulty_parent select uprn, parent_uprn, position, 'parents in a circle' from link")
