"""How names of institutions are written in one way, whatever their abbreviations."""

from collections.abc import Mapping, Sequence
from functools import cache

from address_match.parser.lexicon.files import rows_of, words_of_cell

_LONGEST = 4
"""Words of the longest form."""


@cache
def name_words() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return what is written for words of names, to the words with which names are compared."""
    return {
        tuple(form.split()): tuple(full.split())
        for full, forms in rows_of("name_words.tsv")
        for form in words_of_cell(forms)
    }


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0] for form in name_words())


def is_kind(words: tuple[str, ...]) -> bool:
    """Return whether words say of what kind an institution is, in full or in short.

    >>> is_kind(("PUBLIC", "HOUSE")), is_kind(("NURSING", "HOME")), is_kind(("ELM", "HOUSE"))
    (True, True, False)
    """
    return words in name_words() or words in _kinds()


@cache
def _kinds() -> frozenset[tuple[str, ...]]:
    return frozenset(name_words().values())


def in_full(words: Sequence[str]) -> list[str]:
    """Return the words of a name in full, the longest abbreviation first; a name that is nothing but one stays.

    >>> in_full(["ST", "HUGHS", "R", "C", "SCH"]), in_full(["PH"])
    (['ST', 'HUGHS', 'CATHOLIC', 'SCHOOL'], ['PH'])
    """
    if len(words) < 2 or _first_words().isdisjoint(words):
        return list(words)
    full: list[str] = []
    place = 0
    while place < len(words):
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            found = name_words().get(tuple(words[place : place + size]))
            if found is not None:
                full += found
                place += size
                break
        else:
            full.append(words[place])
            place += 1
    return full or list(words)
