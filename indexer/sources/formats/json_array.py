"""Arrays of JSON, an element at a time."""

import re
from collections.abc import Iterator
from typing import TextIO

_READ_AT_ONCE = 1 << 16
_BEGINS_ARRAY = re.compile(r"\s*\[\s*(?:\{|$)")
_STRING_END = re.compile(r'(?<!\\)(?:\\\\)*"')
_NEXT_OBJECT = re.compile(r"\}\s*,\s*\{")
_TELLING = re.compile(r'["\\{}\[\],]')


def begins_array(beginning: str) -> bool:
    """Return whether a text begins as an array of objects does, or with a bracket alone on its line.

    >>> begins_array('[{"a": 1}]'), begins_array("[1]"), begins_array('{"a": [1]}')
    (True, False, False)
    """
    return _BEGINS_ARRAY.match(beginning) is not None


def begins_document(beginning: str) -> bool:
    r"""Return whether a text begins as one object does, alone or over several lines, and not as one object a line.

    >>> [begins_document(text) for text in ('{"a": [{"b": 1}]}\n', '{\n "a": [', '{"a": 1}\n{"a": 2}', '[{"a": 1}]')]
    [True, True, False, False]
    """
    first, _, others = beginning.lstrip().partition("\n")
    return first.startswith("{") and not (first.rstrip().endswith("}") and others.strip())


def rows_within(beginning: str) -> int | None:
    """Return where in the beginning of one object the array of objects begins that takes up most of it: the features of
    GeoJSON, the results of a service; None where no such array takes up half.

    >>> text = '{"type": "FeatureCollection", "features": [{"properties": {"id": 1}}, {"properties": {"id": 2}}]}'
    >>> text[rows_within(text) :][:14], rows_within('{"id": 1, "tags": ["a", "b"]}')
    ('[{"properties"', None)
    """
    begun: list[int] = []
    arrays = 0  # of those that have begun
    most, found = len(beginning) // 2, None
    in_string, place = False, 0
    while m := (_STRING_END if in_string else _TELLING).search(beginning, place):
        place = m.end()
        if in_string or m[0] == '"':
            in_string = not in_string
        elif m[0] in "{[":
            begun.append(m.start())
            arrays += m[0] == "["
        elif m[0] in "}]" and begun:
            start = begun.pop()
            arrays -= beginning[start] == "["
            if not arrays and m.start() - start > most and _is_of_rows(beginning, start, place):
                most, found = m.start() - start, start
    unended = next((start for start in begun if beginning[start] == "["), None)
    if unended is None or len(beginning) - unended <= most:
        return found
    return unended if _is_of_rows(beginning, unended, len(beginning)) else found


def _is_of_rows(text: str, start: int, end: int) -> bool:
    """Return whether an array of two objects or more begins at a place of a text that is read to an end."""
    begins = _BEGINS_ARRAY.match(text, start, end) is not None
    return begins and _NEXT_OBJECT.search(text, start, end) is not None


def array_elements(text: TextIO, longest: int, begun: str | None = None) -> Iterator[str | None]:
    """Yield the elements of an array as they are written; None for one of more than `longest` characters, of which
    nothing is kept.

    What is cut off at the end, or stands behind it, is an element as well, which is then none of JSON; but for an array
    within an object, of which `begun` is what was read of it, and what stands behind it is passed over.
    """
    elements = _Elements(longest, within=begun is not None)
    chunk = begun or text.read(_READ_AT_ONCE)
    while chunk and not elements.ended:
        yield from elements.add(chunk)
        chunk = text.read(_READ_AT_ONCE)
    if not elements.ended:
        yield from elements.rest()


class _Elements:
    """Follows brackets and quotes, and keeps what was read of the element that is not at its end."""

    def __init__(self, longest: int, *, within: bool) -> None:
        self.ended = False
        """Whether the array came to its end, which is not looked for unless it is `within` an object."""
        self._within = within
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
                if self._within and not self._depth:
                    self.ended = True
                    return
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
