"""The languages that pages speak, and which one a browser asks for."""

import gettext
from enum import StrEnum
from functools import cache
from importlib.resources import as_file, files


class Language(StrEnum):
    """A language of the pages, by its code (ISO 639-1)."""

    ENGLISH = "en"
    WELSH = "cy"


def language_of(chosen: str, accepted: str) -> Language:
    """Return the language that was chosen, else the first of ours in a header `Accept-Language` (RFC 9110), else English.

    >>> language_of("", "fr, cy-GB;q=0.8, en;q=0.5")
    <Language.WELSH: 'cy'>
    """
    known = set(Language)
    if chosen in known:
        return Language(chosen)
    asked = sorted(map(_weighed, accepted.split(",")), key=lambda one: -one[1])
    return next((Language(code) for code, weight in asked if weight and code in known), Language.ENGLISH)


def _weighed(part: str) -> tuple[str, float]:
    """Return the code of a language and how much it is wanted, 0 where that cannot be read."""
    tag, _, weight = part.partition(";")
    code = tag.strip().lower().partition("-")[0]
    try:
        return code, float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return code, 0.0


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """Return what turns the English texts of the pages into a language."""
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    with as_file(files(__package__) / "locale") as folder:
        return gettext.translation("pages", folder, [language])
