"""Letters and signs that were taken for others that look like them: Cyrillic for Latin ones, II for ll, | for 1, the
stroke of fractions for that of the keyboard.
"""

import re

from address_match.parser.repair.repaired_text import Rule

_LATIN = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
)
"""Cyrillic letters, then Greek ones, by the Latin ones that they look like."""
_CYRILLIC_OR_GREEK = "\u0370-\u03ff\u0400-\u045f"
LETTER_OF_ANOTHER_SCRIPT = re.compile(f"[{_CYRILLIC_OR_GREEK}]")
_WORD_OF_TWO_SCRIPTS = re.compile(
    rf"[A-Za-z0-9]{{1,30}}[{_CYRILLIC_OR_GREEK}][A-Za-z0-9{_CYRILLIC_OR_GREEK}]{{0,30}}"
    rf"|[{_CYRILLIC_OR_GREEK}]{{1,30}}[A-Za-z][A-Za-z{_CYRILLIC_OR_GREEK}]{{0,30}}"
)
BAR_FOR_ONE = re.compile(r"\A\s{0,4}\|(?=[0-9]{1,3}[A-Za-z]?\s[^|]*\Z)")
"""A bar before the number that a text begins with, and no other that parts its fields: |2 ELM ROAD."""
_CAPITALS_WITHIN = re.compile(r"(?<=[a-z])II(?![A-Z])")


def _in_latin(match: re.Match[str]) -> str | None:
    """Return a word of two scripts in one; None where a letter looks like no Latin one."""
    written = match[0].translate(_LATIN)
    return written if written.isascii() else None


LOOK_ALIKES: tuple[Rule, ...] = (
    Rule(_WORD_OF_TWO_SCRIPTS, _in_latin),
    Rule(BAR_FOR_ONE, lambda _: "1", "|"),
    Rule(_CAPITALS_WITHIN, lambda _: "ll", "ii"),
    Rule(re.compile("\u2044"), lambda _: "/"),
)
"""In the order in which they are looked for."""
