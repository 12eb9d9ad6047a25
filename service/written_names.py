"""Lists of names with commas between; a name that holds a comma stands in quotes, as in CSV."""

import re
from collections.abc import Iterable

_NAME = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?=,|$)|(?P<plain>[^,]*))(?:,|$)')


def names_in(written: str) -> tuple[str, ...]:
    """Read the names of a list, without blanks around them; empty ones are left out.

    >>> names_in('house, "Street, town",,postcode')
    ('house', 'Street, town', 'postcode')
    """
    found = (
        m["plain"] if m["quoted"] is None else m["quoted"].replace('""', '"') for m in _NAME.finditer(written)
    )
    return tuple(name for each in found if (name := each.strip()))


def written_names(names: Iterable[str]) -> str:
    """Write a list that `names_in` reads.

    >>> written_names(["house", "Street, town"])
    'house,"Street, town"'
    """
    return ",".join(_quoted(name) if "," in name or name.startswith('"') else name for name in names)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
