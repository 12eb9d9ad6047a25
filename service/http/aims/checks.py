"""What AIMS checks of a request; each check returns the refusal of what it finds wrong. A call names them in its order."""

import re
from math import isfinite

from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Ask, Check
from address_match.service.http.aims.error_texts import Refusal, refusal
from address_match.service.http.aims.filter_problem import filter_problem
from address_match.service.http.aims.parameters import (
    ADDRESS_TYPES,
    BOOST,
    BOOSTS,
    NUMBERS,
    read_decimal,
)
from address_match.service.lookup.area import EAST, NORTH, SOUTH, WEST

LEAST_TYPED = 5
"""Characters of what is completed."""
_TOO_LARGE = frozenset({8, 9, 45})
_OUT = "[A-Z]{1,2}[0-9][0-9A-Z]?"
_POSTCODE = re.compile(rf"GIR 0AA|{_OUT} ?[0-9][A-Z]{{2}}")
_LONGEST_UPRN = 2**63
_UPRN = re.compile(r"[+-]?[0-9]{1,40}")
_STAR = "*"


def number(name: str) -> Check:
    """Check a number of the table."""

    def check(ask: Ask) -> Refusal | None:
        code = ask.parameters.problem(name)
        return refusal(code, int(NUMBERS[name].most) if code in _TOO_LARGE else "") if code else None

    return check


LIMIT, OFFSET, THRESHOLD, TIMEOUT, LIMIT_PER_ADDRESS = map(
    number, ("limit", "offset", "matchthreshold", "timeout", "limitperaddress")
)


def _code(code: int, figure: object = "") -> Refusal | None:
    return refusal(code, figure) if code else None


def source(ask: Ask) -> Refusal | None:
    """Check the header of the gateway."""
    return _code(ask.source_problem)


def key(ask: Ask) -> Refusal | None:
    """Check the key."""
    return _code(ask.key_problem)


def classification(ask: Ask) -> Refusal | None:
    """Check the filter."""
    return _code(filter_problem(ask.parameters.word("classificationfilter")))


def distance(ask: Ask) -> Refusal | None:
    """Check that a range is a number."""
    written = ask.parameters.word("rangekm")
    return _code(21 if written.strip() and read_decimal(written) is None else 0)


def location(ask: Ask) -> Refusal | None:
    """Check the point of a range: both numbers first, then where it lies; the texts of the refusals name narrower bounds than ours."""
    if not ask.parameters.word("rangekm").strip():
        return None
    latitude, longitude = (read_decimal(ask.parameters.word(name)) for name in ("lat", "lon"))
    if latitude is None or not isfinite(latitude):
        return refusal(22)
    if longitude is None or not isfinite(longitude):
        return refusal(23)
    beyond = ((24, latitude > NORTH), (25, latitude < SOUTH), (26, longitude > EAST), (27, longitude < WEST))
    return _code(next((code for code, is_beyond in beyond if is_beyond), 0))


def text(ask: Ask) -> Refusal | None:
    """Check that there is a text to search by, or else a range, its point and a filter."""
    if ask.parameters.word("input").strip():
        return None
    around = [ask.parameters.word(name).strip() for name in ("rangekm", "lat", "lon", "classificationfilter")]
    if all(around):
        return None
    return refusal(38 if any(around) else 1)


def typed(ask: Ask) -> Refusal | None:
    """Check that what is completed is long enough."""
    found = typed_text(ask.parameters.word("input"))
    if not found:
        return refusal(1)
    return refusal(33, LEAST_TYPED) if len(found) < LEAST_TYPED else None


def typed_text(written: str) -> str:
    """Return what AIMS counts of a text: without apostrophes, commas and repeated words.

    >>> typed_text("ab, ab'c ab")
    'ab abc'
    """
    words = written.replace("'", "").replace(",", " ").split()
    return " ".join(dict.fromkeys(words))


def epoch(ask: Ask) -> Refusal | None:
    """Check that the epoch which is asked for is that of the reference."""
    asked = ask.parameters.word("epoch").strip()
    return refusal(36, ask.epoch or "none") if asked and asked != ask.epoch else None


def epoch_of_bulk(ask: Ask) -> Refusal | None:
    """Check the epoch of a call in bulk, which may name the current one so."""
    return None if ask.parameters.word("epoch").strip() == "current" else epoch(ask)


def boosts(ask: Ask) -> Refusal | None:
    """Check the weights of the countries; AIMS lets a negative one of the Isle of Man pass."""
    for name in BOOSTS:
        written = ask.parameters.word(name)
        value = read_decimal(written)
        if not written.strip() or (name == "mboost" and value is not None and isfinite(value) and value < 0):
            continue
        if BOOST.problem(written):
            return refusal(BOOST.unread)
    return None


def postcode(ask: Ask) -> Refusal | None:
    """Check a whole postcode."""
    return None if is_postcode(envelope.asked_postcode(ask)) else refusal(16)


def typed_postcode(ask: Ask) -> Refusal | None:
    """Check a whole postcode that is typed; its space is taken out before, and so that of GIR 0AA is missed."""
    return None if is_postcode(ask.parameters.word("input").replace(" ", "")) else refusal(16)


def is_postcode(written: str) -> bool:
    """Return whether a text is a postcode to AIMS: one space in it at most, and in GIR 0AA just one."""
    return _POSTCODE.fullmatch(written.upper()) is not None


def uprn(ask: Ask) -> Refusal | None:
    """Check the UPRN of the path."""
    return None if is_uprn(ask.in_path["uprn"]) else refusal(20)


def uprns(ask: Ask) -> Refusal | None:
    """Check the UPRNs of a body."""
    return None if all(map(is_uprn, ask.body["uprns"])) else refusal(20)


def is_uprn(written: str) -> bool:
    """Return whether a text is a whole number of 64 bits, which is all that AIMS asks of a UPRN."""
    return _UPRN.fullmatch(written) is not None and -_LONGEST_UPRN <= int(written) < _LONGEST_UPRN


def address_type(ask: Ask) -> Refusal | None:
    """Check the type of address."""
    return None if ask.parameters.word("addresstype") in ADDRESS_TYPES else refusal(39)


def pattern(ask: Ask) -> Refusal | None:
    """Check that a street is named by something."""
    named = (ask.parameters.word(name) for name in ("postcode", "streetname", "townname"))
    return refusal(40) if all(word == _STAR for word in named) else None
