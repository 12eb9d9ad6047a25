"""Mend a text before it is parted into words; most texts need nothing, and to see that must cost little."""

import re

from address_match.parser.repair.asides import (
    ASIDES,
    FORMER_IN_BRACKETS,
    HOUSE_IN_BRACKETS,
    PLOT_IN_BRACKETS,
    THING_IN_WORDS,
    WAY_IN_BRACKETS,
)
from address_match.parser.repair.damage import (
    BLANKS_OF_URLS,
    DAMAGE,
    HYPHENS_BY_THEMSELVES,
    is_from_url,
    parts_by_hyphens,
)
from address_match.parser.repair.flat_codes import FLAT_CODES, PART_IN_BRACKETS
from address_match.parser.repair.glued_words import glued_words
from address_match.parser.repair.instructions import FIRST_WORDS, INSTRUCTIONS
from address_match.parser.repair.look_alikes import BAR_FOR_ONE, LETTER_OF_ANOTHER_SCRIPT, LOOK_ALIKES
from address_match.parser.repair.mixed_numbers import MIXED_NUMBERS
from address_match.parser.repair.repaired_text import RepairedText
from address_match.parser.repair.said_twice import end_of_first

_SUSPECT_WORD = re.compile(
    r"\A0[1-9][0-9]{1,9}\Z|\A(?i:thru|through|until)\Z|[%+=\\~@\u2044½⅓⅔¼¾⅛⅜⅝⅞]|#[A-Z]|\Ax00[0A]"
    r"|[^\x00-\x7f]{2}|[0-9a-z]\u00c2\Z|[A-Za-z]\?[sS]\b"
    r"|&(?:#[0-9xX]|amp|quot|apos|lt|gt|nbsp|pound)"
    r"|[A-Za-z0-9]\.[A-Za-z0-9]"
    rf"|{LETTER_OF_ANOTHER_SCRIPT.pattern}|[a-z]II|\A(?i:{FIRST_WORDS})\Z"
    r"|[A-Za-z]{3}-?[0-9]|[a-z]{2}[A-Z]|[0-9][A-Za-z][A-Z][a-z]"
    r"|\A[123]/[234]\Z"
    r"|[0-9][/-][0-9]{1,3}[/-][0-9]|\A0[A-Za-z]{3}|[A-Za-z]{2}/[0-9LRFBlrfb]|[0-9PGBTpgbt][fF](?:[0-9]/|/[0-9])|\A(?i:m/?d\Z|[bfgst]/f/|f/[a-z]|f[0-9]/|f[a-e]\Z|lit\.?\Z)"
    r"|\A(?i:[0-9]{0,2}[02-9]st\.?\Z|no[0-9]|(?:u|ph)\.?[0-9]|sub\Z|[0-9]{0,4}-?(?:bis|ter)\Z|[0-9]{1,4}[a-z]?to[0-9]|(?:phase|zone|stage|plots?|odds?|evens?|incl?|inclusive|consecutive|l?gf|[a-z0-9]f|hundred|a\.?k\.?a\.?|known)\Z|box\Z|lock\Z|blwch|uprn|narrow(?:-boat)?\Z)"
    r"|\A(?i:half|o|pobox|null|nan|n/a|none|undefined|[nsew]\.?|unedau|fflatiau|f[0-9]{1,3}[a-z]?|[0-9]f[lr]|(?:flat|flt|apt|unit)-?[a-z])\Z"
)
"""What a word looks like that any of the rules may mend; most of them look at those around it as well."""
_BRACKET = "("
_NUMBER_IN_BRACKETS = re.compile(r"\([^()]{0,200}[0-9][^()]{0,200} [^()]{0,200}\)")
_BRACKETS = (
    _NUMBER_IN_BRACKETS,
    PART_IN_BRACKETS,
    WAY_IN_BRACKETS,
    THING_IN_WORDS,
    HOUSE_IN_BRACKETS,
    FORMER_IN_BRACKETS,
    PLOT_IN_BRACKETS,
)
_JSON = ("{", "[")
_TAG = "<"
_COLON = ":"
_BAR = "|"
_COMMA = ","


def is_suspect_word(written: str) -> bool:
    """Return whether a word makes a text worth looking at.

    >>> is_suspect_word("UNIT-10"), is_suspect_word("SW1A")
    (True, False)
    """
    return _SUSPECT_WORD.search(written) is not None


def is_suspect_text(text: str) -> bool:
    """Return whether a text is worth looking at, whatever its words are."""
    return (
        (_BRACKET in text and any(bracket.search(text) for bracket in _BRACKETS))
        or text.startswith(_JSON)
        or _TAG in text
        or _COLON in text
        or (_BAR in text and BAR_FOR_ONE.search(text) is not None)
        or end_of_first(text) > 0
    )


def repair(text: str) -> RepairedText | None:
    """Return a text mended, or None where there is nothing to mend.

    >>> repair("Flat2, 7.0 QUARLES ROAD").text, repair("12 Elm Road")
    ('Flat 2, 7 QUARLES ROAD', None)
    """
    repaired = RepairedText.of(text)
    if end := end_of_first(text):
        repaired = repaired.up_to(end)
    if is_from_url(text):
        repaired = repaired.applied((BLANKS_OF_URLS,))
    if _COMMA not in text and parts_by_hyphens(text):
        repaired = repaired.applied((HYPHENS_BY_THEMSELVES,))
    repaired = repaired.applied(
        (*DAMAGE, *LOOK_ALIKES, *INSTRUCTIONS, *ASIDES, *MIXED_NUMBERS, *FLAT_CODES, *glued_words())
    )
    return None if repaired.text == text else repaired
