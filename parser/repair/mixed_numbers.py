"""Numbers as spreadsheets and hurried hands write them: 7.0 for 7, halves, and ranges in words."""

import re

from address_match.parser.lexicon.numerals import FIGURES, HOUSE_NUMBERS
from address_match.parser.recognisers.mixed_number import BIS, FRACTIONS, TER
from address_match.parser.repair.repaired_text import Rule
from address_match.parser.repair.unit_words import follows_unit_word

_HALF = "1/2"
_UNITS = "|".join(word for word, number in HOUSE_NUMBERS.items() if number < 20)
_TENS = "|".join(word for word, number in HOUSE_NUMBERS.items() if number >= 20 and number % 10 == 0)
_HUNDREDS = re.compile(
    rf"(?i)(\A\W{{0,4}}(?:(?:no|number)\W{{1,2}})?|,\s?)(one|two|three|four|five|six|seven|eight|nine|a)\shundred"
    rf"(?:\s(?:(?:and|&)\s)?(?:({_TENS})(?:[\s-]({_UNITS}))?|({_UNITS})))?(?=,?\s[A-Za-z]{{2,}},?\s[A-Za-z]{{2}})"
)
"""A number above ninety-nine in words, before the name of a street: ONE HUNDRED AND TWO ELM ROAD."""
_PLURALS = "(?:units|flats|suites|shops|offices|rooms|stalls|studios|apartments|workshops|unedau)"
"""Words before the numbers of several parts, of which a hyphen apart makes a range: UNITS 8 - 10."""

_TYPES_BEHIND_TERRACE = "(?:road|rd|street|st|lane|ln|avenue|ave|close|cl|drive|dr|gardens|gdns|hill|walk|park|place|house|hse|cottages?|cotts?|flats?|mews|villas?)"
"""What names of streets that begin with TERRACE go on with, where TER stands for that."""
_DIVISIONS = "(?:phase|zone|stage)"
"""What estates are divided into, each part by its number: PHASE TWO."""


def with_fraction(number: str, fraction: str) -> str:
    """Write a number and a fraction as one word.

    >>> with_fraction("12", "1/2")
    '12-1/2'
    """
    return f"{number}-{fraction}"


def _with_glyph(match: re.Match[str]) -> str:
    return with_fraction(match[1], FRACTIONS[match[2]])


def _with_slash(match: re.Match[str]) -> str | None:
    return None if follows_unit_word(match) else with_fraction(match[1], match[2])


def _in_figures(match: re.Match[str]) -> str | None:
    """Write a number of some hundreds in figures; HUNDRED ACRES alone is a name."""
    hundreds, *rest = (word.upper() for word in match.groups()[1:] if word)
    return (
        f"{match[1]}{100 * HOUSE_NUMBERS.get(hundreds, 1) + sum(HOUSE_NUMBERS[word] for word in rest)}"
        if rest
        else None
    )


def _with_half(match: re.Match[str]) -> str | None:
    return None if follows_unit_word(match) else with_fraction(match[1], _HALF)


def _lettered_range(match: re.Match[str]) -> str | None:
    rises = int(match[1]) < int(match[3])
    return f"{match[1]}{match[2]}-{match[3]}{match[4]}" if rises and not follows_unit_word(match) else None


def _with_part(match: re.Match[str]) -> str | None:
    """Write 12.2 as 12/2, flat 2 of number 12; never as 122."""
    return None if follows_unit_word(match) else f"{match[1]}/{match[2]}"


MIXED_NUMBERS: tuple[Rule, ...] = (
    Rule(_HUNDREDS, _in_figures, "hundred"),
    Rule(
        re.compile(r"(?<![\w.])([0-9]{1,5})\.0{1,4}([A-Za-z]?)(?![\w.])"),
        lambda match: match[1] + match[2],
        ".",
    ),
    # Ranges in one: 11to13.
    Rule(
        re.compile(r"(?i)(?<![\w./-])([0-9]{1,4}[A-Z]?)to(?=[0-9]{1,4}[A-Z]?(?![\w./-]))"),
        lambda match: f"{match[1]}-",
        "to",
    ),
    # A second house of a number, as the French write it: 15 bis.
    Rule(
        re.compile(rf"(?i)(?<![\w./-])([0-9]{{1,4}})[\s-]?{BIS}(?=,?\s{{1,2}}[A-Za-z]{{2}})"),
        lambda match: f"{match[1]}-{BIS}",
        BIS.lower(),
    ),
    # A third one, and no terrace: TER RD is TERRACE ROAD, and a name of one word is called a terrace.
    Rule(
        re.compile(
            rf"(?i)(?<![\w./-])([0-9]{{1,4}})[\s-]?{TER}(?=\s{{1,2}}(?!{_TYPES_BEHIND_TERRACE}\b)[A-Za-z]{{3,30}}\s[A-Za-z]{{2}})"
        ),
        lambda match: None if follows_unit_word(match) else f"{match[1]}-{TER}",
        TER.lower(),
    ),
    # The side of the street of a range, which its ends tell: 1-5 (ODD).
    Rule(
        re.compile(
            r"(?i)(?<![\w./-])([0-9]{1,4}[A-Z]?\s?(?:[-–]|to)\s?[0-9]{1,4}[A-Z]?)[\s,]{0,2}"
            r"\(?(?:odds?|evens?|incl?\.?|inclusive|consecutive)(?:\s(?:only|nos\.?|numbers|inclusive|incl?\.?))?\)?(?=[\s,])"
        ),
        lambda match: match[1],
    ),
    Rule(re.compile(r"(?i)(?<!\w)no\.?['’]?s\.?(?=\s{0,2}[0-9])"), lambda _: "nos ", "no"),
    # A range of lettered numbers with a hyphen apart: 20A - 22A.
    Rule(
        re.compile(
            r"(?i)(?<![\w./-])([0-9]{1,4})([A-Z])\s[-–]\s([0-9]{1,4})([A-Z]?)(?=,?\s{1,2}[A-Za-z]{2})"
        ),
        _lettered_range,
    ),
    Rule(re.compile(rf"(?<![\w./-])([0-9]{{1,4}})\s?([{''.join(FRACTIONS)}])"), _with_glyph),
    Rule(
        re.compile(r"(?<![\w./-])([0-9]{1,4})\s{1,2}([123]/[234])(?=,?\s{1,2}[A-Za-z]{2})"), _with_slash, "/"
    ),
    Rule(
        re.compile(r"(?i)(?<![\w./-])([0-9]{1,4})\s(?:and|&)\s(?:(?:an?\s|one\s)?half|1/2)(?=,?\s[A-Za-z])"),
        _with_half,
    ),
    Rule(re.compile(r"(?i)(?<=[0-9])\s{1,2}(?:thru|through|until)\s{1,2}(?=[0-9])"), lambda _: " to "),
    Rule(
        re.compile(rf"(?i)(?<![\w-])({_UNITS}|{_TENS})\s(?:and|&)\s(?:an?\s|one\s)?half(?=,?\s[A-Za-z])"),
        lambda match: with_fraction(str(HOUSE_NUMBERS[match[1].upper()]), _HALF),
        "half",
    ),
    *(
        Rule(
            re.compile(rf"(?i)(?<!\w)({_PLURALS}\s[0-9]{{1,4}}[A-Z]?)\s{mark}\s(?=[0-9])"),
            lambda match: f"{match[1]}-",
            mark,
        )
        for mark in "-–"
    ),
    Rule(
        re.compile(r"(?i)(?<!\w)((?:unedau|fflatiau)\s[0-9]{1,4})\sac?\s(?=[0-9])"),
        lambda match: f"{match[1]} & ",
        "au",
    ),
    Rule(
        re.compile(rf"(?i)(?<!\w)({_DIVISIONS})\s({'|'.join(FIGURES)})(?=\W|\Z)"),
        lambda match: f"{match[1]} {FIGURES[match[2].upper()]}",
    ),
    Rule(re.compile(r"(?<![\w./-])([0-9]{1,4})\.5(?=,?\s[A-Za-z]{2})"), _with_half, "."),
    Rule(re.compile(r"(?<![\w./-])([0-9]{1,4})\.([1-9])(?=,?\s[A-Za-z]{2})"), _with_part, "."),
)
"""In the order in which they are looked for."""
