"""Identifiers as spreadsheets write them: mended where no digit is lost, and told apart where some are."""

import re

_FORMULA = re.compile(r'="([^"]*)"')
_WHOLE_NUMBER = re.compile(r"([0-9]+)\.0+")
_PARTED = re.compile(r"[0-9]+(?:[ \u00a0][0-9]+)+")
"""Digits in groups, as a form or a number format parts them."""
_LEAST_PARTED = 8
"""Digits of an identifier that is written in groups; of fewer they may be two numbers."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+))?[Ee]\+([0-9]+)")


def mend_identifier(written: str) -> str | None:
    """Return the identifier that a cell holds, None where a spreadsheet left out digits of it.

    >>> [mend_identifier(cell) for cell in ("2001.0", "2,001", "'2001", '="2001"', "2.001E+03", "A.0", "007")]
    ['2001', '2001', '2001', '2001', '2001', 'A.0', '007']
    >>> mend_identifier("2000 0100 0001"), mend_identifier("12 34")
    ('200001000001', '12 34')
    >>> mend_identifier("2.00001E+11") is None
    True
    """
    text = written.strip()
    if text.isalnum():  # nearly all of them
        return text
    if formula := _FORMULA.fullmatch(text):
        text = formula[1].strip()
    text = text.removeprefix("'")
    if number := _WHOLE_NUMBER.fullmatch(text):
        return number[1]
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if _PARTED.fullmatch(text) and sum(map(str.isdigit, text)) >= _LEAST_PARTED:
        return "".join(filter(str.isdigit, text))
    if scientific := _SCIENTIFIC.fullmatch(text):
        digits = scientific[1] + (scientific[2] or "")
        return digits if len(digits) == int(scientific[3]) + 1 else None
    return text
