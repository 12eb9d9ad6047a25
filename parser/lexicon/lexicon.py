"""The lexicon that comes with the parser: words and names that are known before any reference is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_
from typing import Protocol

from address_match.parser.lexicon.area_towns import AreaTowns
from address_match.parser.lexicon.files import rows_of, words_of_cell
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.near_words import NearWords
from address_match.parser.lexicon.nearest_words import NearestWords

_KEY_FLAGS = Flag.STREET_TYPE | Flag.STREET_PREFIX | Flag.BUILDING_TYPE | Flag.UNIT_WORD
_PLACE_FLAGS = Flag.TOWN | Flag.COUNTY | Flag.TOWN_WORD | Flag.COUNTY_WORD | Flag.AUTHORITY
_NO_FLAG = Flag(0)
_NEAR_KEY_WORD, _NEAR_TOWN = Flag.NEAR_KEY_WORD.value, Flag.NEAR_TOWN.value


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of one or more words and what it names: `Flag.TOWN` or `Flag.COUNTY`."""

    words: tuple[str, ...]
    flag: Flag


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words before any text is read: their flags, their full forms, the names they begin.

    The shipped lists are facts of the country; what a reference adds to them is its gazetteer.
    """

    flags: Mapping[str, Flag]
    phrases: Mapping[str, tuple[Phrase, ...]]
    """By their first word; the longest first."""
    street_types: Mapping[str, str]
    """Abbreviation to the full street type; the full one to itself."""
    building_types: Mapping[str, str]
    street_endings: frozenset[str]
    """Words in which names of streets end, full or short: ROAD, RD; not those that they begin with: HEOL."""
    building_words: frozenset[str]
    """Words in which names of buildings end, those of streets as well or not: COURT, HOUSE."""
    unit_kinds: Mapping[str, str]
    floors: Mapping[str, str]
    floor_kinds: Mapping[str, str]
    """The unit kind that a floor code implies: GFF says FLAT."""
    counties: Mapping[str, str]
    """Each way to write a county, to its full name."""
    towns: frozenset[str]
    """Post towns, without hyphens."""
    area_towns: AreaTowns = field(repr=False)
    near_key_words: NearWords = field(repr=False)
    near_towns: NearWords = field(repr=False)
    near_unit_words: NearWords = field(repr=False)
    near_words_of_places: NearWords = field(repr=False)
    nearest_words: NearestWords = field(repr=False)
    """Of the words for streets, buildings and parts, and those of the names of places."""

    def listed_flags(self, word: str) -> Flag:
        """Return what a folded word is listed for; no flag for one that is not listed."""
        return self.flags.get(word, _NO_FLAG)

    def flags_of(self, word: str) -> Flag:
        """Return what a folded word is known for; nearly known words get the flags that say so."""
        flags = self.listed_flags(word)
        if not flags and word.replace("-", "").isalpha():
            if self.near_key_words.near(word):
                flags |= Flag.NEAR_KEY_WORD
            if self.near_towns.near(word):
                flags |= Flag.NEAR_TOWN
        return flags

    def flags_meant(self, word: str, flags: Flag) -> Flag:
        """Return what the known words stand for that a word with these flags is nearly.

        >>> lexicon = shipped_lexicon()
        >>> Flag.COUNTY in lexicon.flags_meant("SHROPSHIER", lexicon.flags_of("SHROPSHIER"))
        True
        """
        held = flags.value  # plain numbers: to compare flags takes ten times as long
        near = (
            self.near_key_words.near(word) if held & _NEAR_KEY_WORD else "",
            self.near_towns.near(word) if held & _NEAR_TOWN else "",
            self.word_of_place(word),
        )
        return reduce(or_, (self.flags[known] for known in near if known), _NO_FLAG)

    def word_of_place(self, word: str) -> str:
        """Return the word of a town's or county's name of several words that an unknown word is a slip of, or nothing.

        >>> shipped_lexicon().word_of_place("SHIELSD")
        'SHIELDS'
        """
        known = word in self.flags or not word.isalpha()
        return "" if known else self.near_words_of_places.near(word)

    def unit_word(self, word: str) -> str:
        """Return the word for a part of a building that an unknown word is a slip of and begins as, or nothing.

        >>> shipped_lexicon().unit_word("GARGAE"), shipped_lexicon().unit_word("CRYPT")
        ('GARAGE', '')
        """
        meant = "" if word in self.flags or not word.isalpha() else self.near_unit_words.near(word)
        return meant if meant[:1] == word[:1] else ""

    def begins_place(self, word: str) -> bool:
        """Return whether the name of a town or county begins with a word."""
        return word in self.phrases


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lists that come with the parser, read once."""
    marks: dict[str, int] = {}  # plain numbers: to join flags takes ten times as long

    def mark(words: Iterable[str], flag: Flag) -> None:
        for word in words:
            marks[word] = marks.get(word, 0) | flag.value

    street_types = _street_types(mark)
    building_types = _full_forms("building_types.tsv")
    mark(building_types, Flag.BUILDING_TYPE)
    unit_kinds = {w: row[2] for row in rows_of("unit_words.tsv") for w in (row[0], *words_of_cell(row[1]))}
    mark(unit_kinds, Flag.UNIT_WORD)
    floor_rows = list(rows_of("floor_words.tsv"))
    mark((row[0] for row in floor_rows), Flag.FLOOR_WORD)
    for row in rows_of("words.tsv"):
        mark(row[1].split(), Flag[row[0]])
    counties = {w: row[0] for row in rows_of("counties.tsv") for w in (row[0], *words_of_cell(row[1]))}
    towns_by_area = {row[0]: words_of_cell(row[1]) for row in rows_of("post_towns.tsv")}
    towns = sorted({town for some in towns_by_area.values() for town in some})
    for row in rows_of("authorities.tsv"):
        for authority in words_of_cell(row[0]):
            mark(_words_of_name(authority), Flag.AUTHORITY)
    names = [*_phrases(towns, Flag.TOWN), *_phrases(counties, Flag.COUNTY)]
    for phrase in names:
        _mark_phrase(phrase, mark)
    joined = {bits: Flag(bits) for bits in set(marks.values())}

    def marked(flags: Flag) -> Iterator[str]:
        wanted = flags.value
        return (word for word, bits in marks.items() if bits & wanted)

    return Lexicon(
        flags={word: joined[bits] for word, bits in marks.items()},
        phrases=_by_first_word(names),
        street_types=street_types,
        building_types=building_types,
        street_endings=frozenset(marked(Flag.STREET_TYPE | Flag.STREET_TYPE_SHORT)),
        building_words=frozenset(marked(Flag.BUILDING_TYPE)),
        unit_kinds=unit_kinds,
        floors={row[0]: row[1] for row in floor_rows},
        floor_kinds={row[0]: row[2] for row in floor_rows if row[2]},
        counties=counties,
        towns=frozenset(town.replace("-", " ") for town in towns),
        area_towns=AreaTowns(towns_by_area),
        near_key_words=NearWords(marked(_KEY_FLAGS)),
        near_unit_words=NearWords(unit_kinds),
        near_towns=NearWords(p.words[0] for p in names if len(p.words) == 1),
        near_words_of_places=NearWords(w for p in names if len(p.words) > 1 for w in p.words),
        nearest_words=NearestWords(marked(_KEY_FLAGS | _PLACE_FLAGS)),
    )


def _street_types(mark: "_Mark") -> dict[str, str]:
    full_forms: dict[str, str] = {}
    for full, abbreviations, where in rows_of("street_types.tsv"):
        mark([full], Flag.STREET_PREFIX if where == "before" else Flag.STREET_TYPE)
        if where == "either":
            mark([full], Flag.BUILDING_TYPE)
        for short in words_of_cell(abbreviations):
            mark([short], Flag.STREET_TYPE_SHORT)
        for word in (full, *words_of_cell(abbreviations)):
            full_forms.setdefault(word, full)
    return full_forms


def _full_forms(name: str) -> dict[str, str]:
    return {word: row[0] for row in rows_of(name) for word in (row[0], *words_of_cell(row[1]))}


def _words_of_name(name: str) -> list[str]:
    return [*name.replace("-", " ").split(), name.replace(" ", "-")]


def _phrases(names: Iterable[str], flag: Flag) -> list[Phrase]:
    phrases = []
    for name in names:
        words = tuple(name.replace("-", " ").split())
        phrases.append(Phrase(words, flag))
        if len(words) > 1:
            phrases.append(Phrase(("-".join(words),), flag))
    return phrases


def _mark_phrase(phrase: Phrase, mark: "_Mark") -> None:
    town = phrase.flag is Flag.TOWN
    if len(phrase.words) == 1:
        mark(phrase.words, Flag.TOWN if town else Flag.COUNTY)
        return
    mark(phrase.words[:1], Flag.PREFIX_OF_PHRASE)
    mark(phrase.words, Flag.TOWN_WORD if town else Flag.COUNTY_WORD)


def _by_first_word(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    grouped: dict[str, set[Phrase]] = {}
    for phrase in phrases:
        grouped.setdefault(phrase.words[0], set()).add(phrase)
    return {
        first: tuple(sorted(group, key=lambda p: (-len(p.words), p.words, p.flag)))
        for first, group in grouped.items()
    }


class _Mark(Protocol):
    """The type of the function that gives words a flag."""

    def __call__(self, words: Iterable[str], flag: Flag) -> None: ...
