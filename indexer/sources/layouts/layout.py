"""Layouts in which registers are delivered: which of their columns is what, declared in a file of their own."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.address_words import (
    COMPONENTS,
    DEPENDENT_LOCALITY,
    DEPENDENT_STREET,
    component_words,
    is_address_word,
)
from address_match.indexer.sources.columns.identifier_words import ROW_IDENTIFIERS, UPRN_WORDS
from address_match.indexer.sources.columns.plain_names import plain_name, without_objects
from address_match.indexer.sources.columns.postcode_words import POSTCODE
from address_match.indexer.texts.schemas import GIVEN_FIELDS

_WORDS: Mapping[str, tuple[str, ...]] = {
    **{component: component_words(component) for component in COMPONENTS},
    "uprn": (*UPRN_WORDS, *ROW_IDENTIFIERS),
    "dependent_street": DEPENDENT_STREET,
    "dependent_locality": DEPENDENT_LOCALITY,
    "postcode": POSTCODE,
}
"""Of a field that several columns may hold, our words for them, the one that is preferred first."""
FIELDS = frozenset({*_WORDS, *GIVEN_FIELDS})
"""What a layout may say of a column, beside any other word of an address (`sao_start_number`, …)."""
_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class WithoutHeader:
    """How a file of a layout is told where it has no line with the names of its columns."""

    columns: tuple[str, ...]
    """Their names, in order."""
    looks_like: Mapping[int, re.Pattern[str]]
    """What some cells of every row look like, by their position."""

    def fits(self, row: Sequence[str]) -> bool:
        """Return whether the cells of a row are as many, and look like those of the layout."""
        return len(row) == len(self.columns) and all(
            pattern.fullmatch(row[position].strip()) for position, pattern in self.looks_like.items()
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of a register."""

    name: str
    title: str
    recognised_by: frozenset[str]
    """Plain names that stand together in no header of another kind."""
    columns: Mapping[str, tuple[str, ...]]
    """Of each field the plain names of its columns: lines of an address in their order, else those that one row or
    another fills.
    """
    without_header: WithoutHeader | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """Our word for each plain name."""

    def fits(self, columns: Sequence[str]) -> bool:
        """Return whether a table with these columns is of the layout."""
        return self.recognised_by <= set(_plain(map(without_objects, columns)))

    def our_words(self, columns: Sequence[str]) -> list[str]:
        """Return what each column is in our words, empty for those of addresses that the layout does not take."""
        names = _plain(map(without_objects, columns))
        lines = [name for name in self.columns.get("address", ()) if name in names]
        words = {**self.words, **dict(zip(lines, _our_words("address", len(lines)), strict=True))}
        return [words.get(name, "" if is_address_word(name) else name) for name in names]


def layout_of(columns: Sequence[str]) -> Layout | None:
    """Return the layout that a table with these columns is of, None where none is known; that which asks for the most
    of them, if several.
    """
    found = [layout for layout in shipped_layouts().values() if layout.fits(columns)]
    return max(found, key=lambda layout: len(layout.recognised_by), default=None)


def layout_without_header(row: Sequence[str]) -> Layout | None:
    """Return the layout of which a row is one of data, None where none is known."""
    return next(
        (
            layout
            for layout in shipped_layouts().values()
            if layout.without_header is not None and layout.without_header.fits(row)
        ),
        None,
    )


def named_layout(name: str) -> Layout:
    """Return a layout by its name; raises SourceError for one that is not known."""
    known = shipped_layouts()
    if (found := known.get(name)) is None:
        raise SourceError(f"There is no layout {name!r}; known are {', '.join(known)}")
    return found


@cache
def shipped_layouts() -> Mapping[str, Layout]:
    """Return every layout of this folder by its name, in the order of the names."""
    folder = files("address_match.indexer.sources.layouts")
    declared = {
        file.name.removesuffix(_SUFFIX): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(_SUFFIX)
    }
    return {name: read_layout(name, declared[name]) for name in sorted(declared)}


def read_layout(name: str, content: Mapping[str, Any]) -> Layout:
    """Read what is declared of a layout; raises SourceError for a field that there is not, and for more columns than it
    can have.
    """
    columns = {
        key: _plain([value] if isinstance(value, str) else value) for key, value in content["columns"].items()
    }
    words: dict[str, str] = {}
    for key, names in columns.items():
        ours = _our_words(key, len(names))
        if len(ours) < len(names):
            raise SourceError(
                f"The layout {name} gives {key} {len(names)} columns, of {len(ours)} it can have"
            )
        words |= dict(zip(names, ours, strict=False))
    bare = content.get("without_header")
    return Layout(
        name=name,
        title=content["title"],
        recognised_by=frozenset(_plain(content["recognised_by"])),
        columns=columns,
        without_header=None if bare is None else _without_header(bare),
        words=words,
    )


def _without_header(content: Mapping[str, Any]) -> WithoutHeader:
    columns = tuple(content["columns"])
    looks_like = {
        columns.index(column): re.compile(pattern) for column, pattern in content["looks_like"].items()
    }
    return WithoutHeader(columns, looks_like)


def _our_words(field: str, count: int) -> Sequence[str]:
    """Return our words for so many columns of a field."""
    if field == "address":
        return ("address",) if count == 1 else [f"address_line_{number}" for number in range(1, count + 1)]
    if field in _WORDS:
        return _WORDS[field]
    if field in FIELDS or is_address_word(field):
        return (field,)
    raise SourceError(f"There is no field {field!r}; known are {', '.join(sorted(FIELDS))}")


def _plain(columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_name(column) for column in columns)
