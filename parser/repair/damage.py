"""What files, forms and spreadsheets did to a text on its way: codes for characters, formulas, JSON, coordinates."""

import html
import re
from itertools import islice
from urllib.parse import unquote

from address_match.parser.repair.mojibake import MOJIBAKE
from address_match.parser.repair.repaired_text import Rule
from address_match.parser.repair.unit_words import follows_unit_word

_SPACE = " "
_OF_DEGREES = re.compile("[.°º]")
_BEHIND_DEGREES = r"(?:\.[0-9]{1,10})?\s?[°º]?(?:\s?[0-9]{1,2}['′](?:\s?[0-9.]{1,6}[\"″])?)?\s?"
"""What stands between whole degrees and their direction: 51.5° N, 51° 30' 12" N."""
_BREAK = ", "
_DAY = r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
_WORDS_OF_A_DAY = (
    r"(?:d\.?o\.?b\.?|date(?: of birth)?|dated|since|from|until|w\.?e\.?f\.?|moved(?: in)?|received)"
)
_WITHIN_A_NAME = "on|in|by|le|la|de|the|under|upon|super|next|cum|of|y|yr|to"
"""Words within the name of a place, which hyphens join: STOKE - ON - TRENT."""
_EMPTY_CELL = "(?:null|nan|n/a|undefined|none)"
_FIELD_OF_FORM = (
    r"(?:addr:)?(?:(?:(?:street|postal|delivery|full|home|site)[ _]?)?addr(?:ess)?(?:[ _]?line)?[ _]?[1-5]?"
    r"|line[ _]?[1-5]|(?:post|postal|zip)[ _]?code|post[ _]?town|town(?:/city)?|city|county|country|locality"
    r"|(?:house|building|flat|unit)[ _]?(?:number|no|name)|street(?:[ _]?name)?|road|premises|property"
    r"|village|vill|hamlet|suburb|district|place|rd|p/?code)"
)
"""What forms and files call their fields, which stands before a colon or an equals sign."""


def _character(match: re.Match[str]) -> str | None:
    """Return the character of an HTML code; an ampersand that begins none stays."""
    once = html.unescape(match[0])
    written = html.unescape(once)
    return None if written == match[0] else written


def _key_of_json(match: re.Match[str]) -> str | None:
    return _BREAK if match.string.lstrip()[:1] in {"{", "["} else None


def _coordinates(match: re.Match[str]) -> str | None:
    """Drop degrees with their directions; whole numbers without a sign for degrees may be houses: 12 N, 14 E."""
    return _SPACE if _OF_DEGREES.search(match[0]) else None


def _day(match: re.Match[str]) -> str | None:
    return None if follows_unit_word(match) else _SPACE


BLANKS_OF_URLS = Rule(re.compile(r"\+"), lambda _: _SPACE)
"""For texts of web addresses alone, which have no other blanks."""
HYPHENS_BY_THEMSELVES = Rule(
    re.compile(rf"(?i)(?<=[a-z][a-z])\s{{1,3}}[-–—]\s{{1,3}}(?!(?:{_WITHIN_A_NAME})\s)(?=[a-z0-9])"),
    lambda _: _BREAK,
)
"""For texts which part their fields by hyphens: ELMLEY - HIGH STREET - 7."""
_URL = re.compile(r"[^\s+]*\+[^\s+]*\+\S*")


def is_from_url(text: str) -> bool:
    """Return whether a text has plus signs, two at least, where others have blanks.

    >>> is_from_url("7+Elm+Road"), is_from_url("7 Elm Road"), is_from_url("A+B")
    (True, False, False)
    """
    return _URL.fullmatch(text) is not None


def parts_by_hyphens(text: str) -> bool:
    """Return whether hyphens by themselves part the fields of a text: two of them, or one before a number.

    One before a word may stand in a name, or before a note.

    >>> parts_by_hyphens("Elmley - High Street - 7"), parts_by_hyphens("7 High Street Elmley - key at 4")
    (True, False)
    """
    found = list(islice(HYPHENS_BY_THEMSELVES.pattern.finditer(text), 2))
    return len(found) > 1 or any(text[hyphen.end()].isdigit() for hyphen in found)


DAMAGE: tuple[Rule, ...] = (
    *MOJIBAKE,
    Rule(re.compile(r"&(?:amp;){0,2}#?[0-9A-Za-z]{2,8};"), _character, "&"),
    Rule(re.compile(r"(?:%[0-9A-Fa-f]{2}){1,40}"), lambda match: unquote(match[0], errors="replace"), "%"),
    Rule(re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]{0,80})?/?>"), lambda _: _BREAK),
    Rule(re.compile(r"\s?~\s?"), lambda _: _BREAK, "~"),
    Rule(re.compile(r"\\[nrt](?![a-z])"), lambda _: _BREAK, "\\"),
    Rule(re.compile(r"(?i)_x00(?:0[9AD]|A0)_"), lambda _: _BREAK, "_"),
    Rule(re.compile(r"(?i)#(?:N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|DIV/0!)"), lambda _: _BREAK, "#"),
    # Three words that stand for a square of the map: ///table.lamp.chair.
    Rule(re.compile(r"///[a-z]{2,30}\.[a-z]{2,30}\.[a-z]{2,30}(?![\w.])"), lambda _: _SPACE, "///"),
    Rule(
        re.compile(
            r"(?i)(?:\b(?:tel|telephone|phone|mob|mobile|fax)\b[\s.:]{0,3}(?:no\b[\s.:]{0,3})?)?"
            r"(?<![\w./+-])(?:\+44[\s(]{0,2}0?[)\s]{0,2}|0)[1-9][0-9]{1,4}[\s-]?[0-9]{3,4}[\s-]?[0-9]{3,5}(?![\w/-])"
        ),
        lambda _: _BREAK,
    ),
    # A day with its year, at the end of a text; before a house it may be a flat that a spreadsheet made one of.
    Rule(
        re.compile(
            rf"(?i)(?<=[a-z0-9)])[\s,;(]{{1,4}}(?:{_WORDS_OF_A_DAY}[\s:]{{1,3}})?{_DAY}[\s)]{{0,3}}\Z"
        ),
        _day,
    ),
    # A nought for an O; before two letters alone it begins the second half of a postcode.
    Rule(re.compile(r"(?<![\w.,/-])0(?=[A-Za-z]{3})"), lambda _: "O", "0"),
    Rule(
        re.compile(r"(?<![\w.@])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[A-Za-z]{2,24}){1,3}(?!\w)"),
        lambda _: _BREAK,
        "@",
    ),
    Rule(
        re.compile(rf"(?i)(?:\A|&|(?<=[,;|\n.]))\s{{0,3}}(?:{_FIELD_OF_FORM})\s?(?:=|:(?!//))\s?"),
        lambda _: _BREAK,
    ),
    Rule(re.compile(rf"(?i)(?<=\s)(?:{_FIELD_OF_FORM})="), lambda _: _BREAK, "="),
    Rule(re.compile(r"(?<![^\s,;\"'()\[\]])=(?=[\"']?\w)"), lambda _: _SPACE, "="),
    Rule(re.compile(r"[\"'][A-Za-z_][\w \-]{0,30}[\"']\s{0,3}:(?:\s{0,3}null\b)?"), _key_of_json, ":"),
    Rule(
        re.compile(r"-?\b[0-9]{1,2}\.[0-9]{3,12}[°NS]?\s{0,2}[,; ]\s{0,2}-?[0-9]{1,3}\.[0-9]{3,12}[°EW]?"),
        lambda _: _SPACE,
        ".",
    ),
    Rule(
        re.compile(
            rf"(?i)(?<![\w.])[0-9]{{1,2}}{_BEHIND_DEGREES}[NS][\s,;]{{0,3}}[0-9]{{1,3}}{_BEHIND_DEGREES}[EW](?!\w)"
        ),
        _coordinates,
    ),
    Rule(re.compile(r"(?i)(?<!\w)UPRN\s{0,2}[:#]?\s{0,2}[0-9]{6,12}(?!\w)"), lambda _: _SPACE, "uprn"),
    Rule(
        re.compile(rf"(?i)(?:\A|(?<=[,;|]))\s{{0,3}}{_EMPTY_CELL}\s{{0,3}}(?=[,;|}}\]]|$)"), lambda _: _SPACE
    ),
)
"""In the order in which they are looked for."""
