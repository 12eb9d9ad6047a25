"""The joins that all products share: from their premises, gazetteer and delivery points to texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from address_match.indexer.products.joins import Joins, statements
from address_match.indexer.products.positions import file_of, line_of
from address_match.indexer.sources.table_batch import RowError

_FAULTS_AT_ONCE = 10_000


def join_texts(joins: Joins, gazetteer: str, texts: Path) -> None:
    """Write the texts of a product to a file, with the columns and in the order of `texts.sql`.

    The joins have the views `registered` and `delivery_point`; the statements `gazetteer` make `premises` and `gazetteer_text`
    of what else they have.
    """
    joins.run(statements(__package__, "parents.sql"))
    _find_circles(joins)
    joins.run(statements(__package__, "numbers.sql"))
    joins.run(gazetteer)
    joins.run(statements(__package__, "texts.sql"))
    joins.write("texts", texts)


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
