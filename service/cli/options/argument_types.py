"""From the words of a command line to values; a word that cannot be one is refused with the way out."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from address_match.service.written_day import DAY, DAY_IN_WORDS, written_day
from address_match.service.written_names import names_in

_LONGEST_NAME = 64


def address_text(argument: str) -> str:
    """Replace bytes that the terminal's encoding cannot read, which no output could show."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def line(text: str) -> str:
    """Read words as one line, which may be empty."""
    words = " ".join(address_text(text).split())
    if not words.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} holds what cannot be printed")
    return words


def reason(text: str) -> str:
    """Read why something is done: one line, with something in it."""
    if not (found := line(text)):
        raise argparse.ArgumentTypeError("says nothing; give the reason in some words")
    return found


class JoinedWords(argparse.Action):
    """Joins the words of an address that was given without quotes; None where there is none."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Keep the words as one text."""
        setattr(namespace, self.dest, " ".join(values) if values else None)


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    return _at_least(1, text)


def statuses(text: str) -> list[str]:
    """Read statuses of answers, separated by commas; they come back sorted."""
    known = ("matched", "review", "unmatched")
    found = sorted({word.strip() for word in text.split(",")})
    if not set(found) <= set(known):
        raise argparse.ArgumentTypeError(f"{text!r} names other statuses than {', '.join(known)}")
    return found


def natural(text: str) -> int:
    """Read a whole number."""
    return _at_least(0, text)


def _at_least(least: int, text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least {least}")
    return number


def day(text: str) -> date:
    """Read a day, written as YYYY-MM-DD."""
    try:
        return written_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day of the form {DAY_IN_WORDS}") from error


def digest_beginning(text: str) -> str:
    """Read a SHA-256 in hexadecimal, or the first of its digits, 12 at least."""
    if not re.fullmatch(r"[0-9a-f]{12,64}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no hash; give 12 to 64 of its hexadecimal digits")
    return text


def share(text: str) -> float:
    """Read a number between 0 and 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share between 0 and 1")
    return number


def share_or_none(text: str) -> float:
    """Read a number from 0 to below 1."""
    return 0.0 if text.strip() in {"0", "0.0"} else share(text)


def name(text: str) -> str:
    """Read who somebody is: some words in one line."""
    found = " ".join(text.split())
    if not 0 < len(found) <= _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"{text!r} is no name of 1 to {_LONGEST_NAME} characters")
    return found


def version(text: str) -> int:
    """Read a whole number, or a date as one: 2026-11-21 is 20261121."""
    digits = text.replace("-", "") if re.fullmatch(DAY, text) else text
    return _at_least(1, digits)


def names(text: str) -> list[str]:
    """Read names that commas part; one that holds a comma stands in quotes."""
    found = list(names_in(text))
    if not found:
        raise argparse.ArgumentTypeError("names no column; give them as a,b,c")
    return found


def delimiter(text: str) -> str:
    """Read one character; `tab` stands for that."""
    character = "\t" if text in {"tab", "\\t"} else text
    if len(character) != 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not one character; give one, or tab")
    return character
