"""A text in which damage was mended, and where in the input each of its characters comes from."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Rewrite = Callable[[re.Match[str]], str | None]
"""What is to stand in place of a match; None leaves it as it is."""


_BLANK = " "


class Rule(NamedTuple):
    """One kind of damage and what is meant by it; a pattern must not look back or ahead without bounds."""

    pattern: re.Pattern[str]
    rewrite: Rewrite
    sign: str = ""
    """Characters, letters as small ones, without which the pattern stands nowhere, so that most texts need no search;
    empty where there are none.
    """


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text as it is parted into words."""

    text: str
    starts: Sequence[int]
    """Of each character, the first one in the input that it stands for."""
    ends: Sequence[int]
    """Of each character, the end in the input, exclusive, of what it stands for."""
    dropped: tuple[tuple[int, int], ...] = ()
    """Spans of the input, start and end, that held letters or digits and say nothing of the address: codes,
    coordinates.
    """

    @classmethod
    def of(cls, text: str) -> "RepairedText":
        """Return a text as it is."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the input the characters from `start` to `end`, at least one, come from."""
        return self.starts[start], self.ends[end - 1]

    def up_to(self, end: int) -> "RepairedText":
        """Return the first characters of the text; the rest says nothing of the address."""
        rest = self.span(end, len(self.text))
        return RepairedText(
            self.text[:end], self.starts[:end], self.ends[:end], tuple(sorted((*self.dropped, rest)))
        )

    def applied(self, rules: Iterable[Rule]) -> "RepairedText":
        """Return the text after each of some rules in turn."""
        text, small = self, self.text.lower()
        for rule in rules:
            # Most rules find nothing, and to see that costs less than to keep places for what they might find.
            if rule.sign not in small or not rule.pattern.search(text.text):
                continue
            after = text._after(rule)
            if after is not text:
                text, small = after, after.text.lower()
        return text

    def _after(self, rule: Rule) -> "RepairedText":
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        dropped = list(self.dropped)
        done = 0
        for match in rule.pattern.finditer(self.text):
            written = rule.rewrite(match)
            if written is None:
                continue
            first, last = match.span()
            pieces += (self.text[done:first], written)
            starts += self.starts[done:first]
            ends += self.ends[done:first]
            done = last
            if _closed_up(written) == _closed_up(match[0]):
                places = list(self._places_of(written, first))
                starts += [self.starts[place] for place in places]
                ends += [self.ends[place] for place in places]
                continue
            begin, end = self.span(first, last)
            starts += [begin] * len(written)
            ends += [end] * len(written)
            if not any(c.isalnum() for c in written) and any(c.isalnum() for c in match[0]):
                dropped.append((begin, end))
        if not pieces:
            return self
        pieces.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return RepairedText("".join(pieces), starts, ends, tuple(sorted(dropped)))

    def _places_of(self, written: str, first: int) -> Iterator[int]:
        """Yield the place of each character of a piece that is as it was, from `first` on, except for its blanks."""
        place = first
        for character in written:
            while character != _BLANK and self.text[place] == _BLANK:
                place += 1
            yield min(place, len(self.text) - 1)
            if character != _BLANK:
                place += 1


def _closed_up(text: str) -> str:
    return text.replace(_BLANK, "")
