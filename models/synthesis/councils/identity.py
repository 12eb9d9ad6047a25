"""Whether a damaged text still names the premises that it was written for."""

import re
from collections.abc import Mapping

Marks = frozenset[str]
"""Numbers and letters that tell a premises from its neighbours: 12A and FLAT A, 12 have the same ones."""

_MARK = re.compile(r"\d+(?![0-9]|ST\b|ND\b|RD\b|TH\b)|(?<![A-Z])[A-Z](?![A-Z])")


def marks_of(part: str, number: str) -> Marks:
    """Return the numbers and letters of a part and a house number, floors left out.

    >>> marks_of("FLAT A 2ND FLOOR", "12") == marks_of("", "12A") == {"12", "A"}
    True
    """
    return frozenset(_MARK.findall(f"{part} {number}"))


def names_the_premises(record: Mapping[str, str], dwelling: Mapping[str, str]) -> bool:
    """Return whether the components of a text have the marks of the premises, given the record that it was made of.

    A house number may be missing where its building is named. A flat may not: what is left names the building.
    """
    part, number = record["subname"], record["number"]
    if bool(dwelling["sub"]) < bool(part) and not marks_of(part, ""):
        return False
    written = marks_of(dwelling["sub"], dwelling["number"])
    if written == marks_of(part, number):
        return True
    return bool(dwelling["name"]) and not dwelling["number"] and written == marks_of(part, "")
