"""Arrays of JSON, an element at a time."""

import re
from collections.abc import Iterator
from typing import TextIO

_READ_AT_ONCE = 1 << 16
_BEGINS_ARRAY = re.compile(r"\s*\[\s*(?:\{|$)")
_TELLING = re.compile(r'["\\{}\[\],]')


def begins_array(beginning: str) -> bool:
    """Return whether a text begins as an array of objects does, or with a bracket alone on its line.

    >>> begins_array('[{"a": 1}]'), begins_array("[1]"), begins_array('{"a": [1]}')
    (True, False, False)
    """
    return _BEGINS_ARRAY.match(beginning) is not None


def array_elements(text: TextIO, longest: int) -> Iterator[str | None]:
    """Yield the elements of an array as they are written; None for one of more than `longest` characters, of which
    nothing is kept.

    What is cut off at the end, or stands behind it, is an element as well, which is then none of JSON.
    """
    elements = _Elements(longest)
    while chunk := text.read(_READ_AT_ONCE):
        yield from elements.add(chunk)
    yield from elements.rest()


class _Elements:
    """Follows brackets and quotes, and keeps what was read of the element that is not at its end."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._parts: list[str] = []
        self._size = 0
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._any = False

    def add(self, chunk: str) -> Iterator[str | None]:
        """Yield the elements that end in the next piece of the text."""
        start = place = 0
        if self._escaped:
            self._escaped, place = False, 1
        while m := _TELLING.search(chunk, place):
            place = m.end()
            sign = m[0]
            if self._in_string:
                if sign == "\\":
                    self._escaped = place == len(chunk)
                    place += 1
                elif sign == '"':
                    self._in_string = False
            elif sign == '"':
                self._in_string = True
            elif sign in "{[":
                self._depth += 1
                if self._depth == 1 and not self._any:
                    self._any, start = True, place
            elif sign in "}]":
                self._depth -= 1
            at_end = sign in ",]" and not self._in_string and self._depth == (1 if sign == "," else 0)
            if at_end:
                self._keep(chunk[start : m.start()])
                start = place
                if (element := self._taken()) != "" or sign == ",":
                    yield element
        self._keep(chunk[start:])

    def rest(self) -> Iterator[str | None]:
        """Yield what stands behind the last element, and a blank, which is none of JSON, where the array breaks off
        behind one.
        """
        if (rest := self._taken()) != "":
            yield rest
        if self._depth == 1 and not self._in_string:
            yield " "

    def _keep(self, part: str) -> None:
        self._size += len(part)
        if self._size <= self._longest:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _taken(self) -> str | None:
        element = "".join(self._parts).strip() if self._size <= self._longest else None
        self._parts.clear()
        self._size = 0
        return element
