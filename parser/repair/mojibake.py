"""Characters that another encoding made something else of: `â€™` and `?` for an apostrophe."""

import re

from address_match.parser.repair.repaired_text import Rule

_ENCODINGS = ("cp1252", "cp437", "cp850", "mac_roman")
"""Those of Windows, its consoles, and old Macs; what cp1252 leaves undefined is read as Latin 1 does."""
_TIMES = 3
"""How often a text is looked at: files are read wrongly, saved, and read wrongly again."""
_CONSOLE_QUOTE = "G\u00c7"
_CONSOLE_QUOTE_IN_FULL = "\u0393\u00c7"
"""What a console shows for a quote or a dash begins with a Greek letter, which is often made a G."""

_WRITTEN_HERE = re.compile(
    r"[\x00-\xff\u0140-\u017f\u1e80-\u1e85\u1ef2\u1ef3\u2000-\u20cf\u2100-\u218f\ufb00-\ufb06]*"
)
"""Letters of British addresses, Welsh ones among them, punctuation, signs and fractions: no letters of other scripts."""


def _as_written(match: re.Match[str]) -> str | None:
    """Return what was written, or None where the characters are no UTF-8 in any of the encodings, or of what nobody
    writes here.
    """
    found = match[0]
    for _ in range(_TIMES):
        found, before = _decoded(found), found
        if found == before:
            break
    return found if found != match[0] and _WRITTEN_HERE.fullmatch(found) else None


def _decoded(text: str) -> str:
    full = text.replace(_CONSOLE_QUOTE, _CONSOLE_QUOTE_IN_FULL)
    for encoding in _ENCODINGS:
        try:
            return b"".join(_byte(character, encoding) for character in full).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _byte(character: str, encoding: str) -> bytes:
    if encoding == "cp1252" and "\x80" <= character <= "\x9f":
        return character.encode("latin-1")
    return character.encode(encoding)


def _escaped(match: re.Match[str]) -> str:
    """Return what JSON writes with codes; half of a pair of codes is no character."""
    codes = "".join(chr(int(code, 16)) for code in match[0].split("\\u")[1:])
    return codes.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_READ_WRONGLY = Rule(
    re.compile(rf"(?:{_CONSOLE_QUOTE[0]}(?={_CONSOLE_QUOTE[1]}))?[^\x00-\x7f]{{2,200}}"), _as_written
)
_LOST_BLANK = Rule(re.compile("(?<=[0-9a-z])\u00c2(?=[\\s,;]|\\Z)"), lambda _: " ", "\u00e2")
"""What is left of a hard blank, once its other half was taken for a blank: the number in `12\u00c2 Elm Road` is no 12A."""
_LOST_APOSTROPHE = Rule(re.compile(r"(?<=[A-Za-z]{3})\?(?=[Ss]\b)"), lambda _: "'", "?")
"""Encodings without a typographic apostrophe write a question mark: ST MARGARET?S ROAD."""
_ESCAPED = Rule(re.compile(r"(?:\\u[0-9A-Fa-f]{4}){1,40}"), _escaped, "\\")
MOJIBAKE = (_READ_WRONGLY, _LOST_BLANK, _LOST_APOSTROPHE, _ESCAPED)
