"""Names of streets: frequent ones in every town, coined ones, and near-namesakes of one town side by side."""

from dataclasses import dataclass, field
from random import Random

from address_match.models.synthesis.country.vocabulary import Vocabulary
from address_match.models.synthesis.shares import Shares

_BEFORE = ("UPPER", "LOWER", "OLD", "NEW", "LITTLE", "GREAT", "NORTH", "SOUTH", "EAST", "WEST")
_MAIN_STREETS = ("HIGH STREET",) * 6 + (
    "MARKET PLACE",
    "MAIN STREET",
    "STATION ROAD",
    "CHURCH STREET",
    "LONDON ROAD",
)
_MAIN_SHARE = 0.5
"""Share of the streets of shops that have the name of a main street, as far as it is free."""
_WELSH_FROM, _TOWNLAND_ROAD_FROM = 0.72, 0.75
"""Chances above which a street of Wales has a Welsh name alone, and one of Northern Ireland that of a townland."""
_NAMESAKE_BELOW, _FREQUENT_BELOW = 0.17, 0.33
"""Chances below which a street is named like one before it, and like many in the country."""
_UNTYPED_SHARE, _DIRECTED_SHARE = 0.09, 0.035
"""Streets without a type word, and those with a direction behind it, of the other names."""
_WORDS = Shares(
    {
        "{trees}": 0.1,
        "{animals}": 0.03,
        "{land}": 0.11,
        "{people}": 0.07,
        "{saints}": 0.035,
        "{given_name}": 0.035,
        "{surname}": 0.17,
        "{place}": 0.13,
        "{trees} {land}": 0.06,
        "{given_name} {surname}": 0.015,
        "{surname}'S": 0.015,
        "{french} {surname}": 0.005,
        "{land} AND {land}": 0.008,
        "{land} {ending}": 0.007,
        "{coined}": 0.21,
    }
)
"""Forms of the words before the type (`Vocabulary.fill`)."""
_LAND_ENDINGS = ("HILL", "GREEN", "PARK", "HOUSE", "SIDE", "TOP", "FOOT", "HEAD")
_NAMESAKES = Shares(
    {
        "{words} {types}": 0.62,
        "{before} {words} {kind}": 0.18,
        "{words} {kind} {after}": 0.13,
        "{words} {land} {kind}": 0.07,
    }
)
"""Forms of the names of streets beside one with these words and of this kind."""
_OF_A_FAMILY = "{surname}S"
_UNTYPED = Shares(
    {
        "THE {coined}": 0.08,
        "THE {land}": 0.17,
        "{tree}{ending}": 0.15,
        _OF_A_FAMILY: 0.12,
        "{before} {coined}": 0.12,
        "{words}": 0.21,
        "{coined}": 0.15,
    }
)
_UNTYPED_SCOTTISH = Shares(
    {
        "THE {coined}": 0.08,
        "THE {land}": 0.17,
        "{tree}{ending}": 0.15,
        _OF_A_FAMILY: 0.12,
        "{before} {coined}": 0.12,
        "BRAE{suffixes}": 0.1,
        "{words}": 0.11,
        "{coined}": 0.15,
    }
)
"""Forms of the names of streets without a type; in Scotland some are a BRAE."""
_TREE_ENDINGS = ("FIELDS", "FIELD", "LANDS", "SIDE", "BANK", "LEA", "HURST", "MEAD", "DENE", "ACRE")
_WELSH_WITHOUT_TYPE, _WELSH_COINED = 0.45, 0.4
"""Streets with a Welsh name alone that have no type, and those of the others whose words are coined."""
_ENGLISH_ALONE_FROM = 0.5
"""Chance above which a street of Wales with an English name has no Welsh one."""
_FRENCH = ("DE", "DE LA", "ST", "FITZ", "LE")
_AFTER = ("NORTH", "SOUTH", "EAST", "WEST")
_WELSH_TYPES = {
    "ROAD": ("FFORDD", "HEOL"),
    "STREET": ("STRYD", "HEOL"),
    "LANE": ("LON",),
    "CLOSE": ("CLOS",),
    "AVENUE": ("RHODFA",),
    "DRIVE": ("RHODFA",),
    "GARDENS": ("GERDDI",),
    "WAY": ("FFORDD",),
    "CRESCENT": ("CILGANT",),
    "COURT": ("CWRT",),
    "PLACE": ("MAES",),
    "GROVE": ("LLWYN",),
    "TERRACE": ("TERAS",),
    "HILL": ("RHIW",),
    "SQUARE": ("SGWAR",),
    "VIEW": ("GOLWG",),
    "PARK": ("PARC",),
    "ROW": ("RHES",),
}
_WELSH_WORDS = {
    "HIGH STREET": "STRYD FAWR",
    "STATION ROAD": "FFORDD YR ORSAF",
    "CHURCH STREET": "STRYD YR EGLWYS",
    "CHURCH ROAD": "FFORDD YR EGLWYS",
    "CHURCH LANE": "LON YR EGLWYS",
    "CHAPEL STREET": "STRYD Y CAPEL",
    "CHAPEL LANE": "LON Y CAPEL",
    "SCHOOL LANE": "LON YR YSGOL",
    "SCHOOL ROAD": "FFORDD YR YSGOL",
    "MILL LANE": "LON Y FELIN",
    "MILL ROAD": "FFORDD Y FELIN",
    "MILL STREET": "STRYD Y FELIN",
    "BRIDGE STREET": "STRYD Y BONT",
    "MARKET STREET": "STRYD Y FARCHNAD",
    "QUEEN STREET": "HEOL Y FRENHINES",
    "KING STREET": "STRYD Y BRENIN",
    "NEW ROAD": "FFORDD NEWYDD",
    "PARK ROAD": "HEOL Y PARC",
    "CASTLE STREET": "STRYD Y CASTELL",
    "MAIN STREET": "Y STRYD FAWR",
    "GREEN LANE": "LON LAS",
}


@dataclass(frozen=True, slots=True)
class StreetName:
    """The name of a street, and its Welsh one where it has two."""

    english: str
    welsh: str = ""


@dataclass(slots=True)
class StreetNames:
    """Names the streets of one district, none twice in one locality."""

    country: str
    vocabulary: Vocabulary
    rng: Random
    taken: set[tuple[str, str]] = field(default_factory=set)
    given: list[tuple[str, str]] = field(default_factory=list)
    """First words and type of the streets named so far."""

    def next(self, locality: str, *, shops: bool = False) -> StreetName:
        """Name one more street of a locality; one of shops is often its high street."""
        for attempt in range(20):
            main = shops and attempt == 0 and self.rng.random() < _MAIN_SHARE
            name = self._with_welsh(self.rng.choice(_MAIN_STREETS)) if main else self._draw()
            if (name.english, locality) not in self.taken:
                break
        else:
            name = StreetName(f"{self.vocabulary.coin(self.country, self.rng)}{self.rng.choice('SY')} ROAD")
        self.taken.add((name.english, locality))
        return name

    def _draw(self) -> StreetName:
        rng, chance = self.rng, self.rng.random()
        if self.country == "W" and chance > _WELSH_FROM:
            return self._welsh_only()
        if self.country == "N" and chance > _TOWNLAND_ROAD_FROM:
            return StreetName(f"{self.vocabulary.coin('N', rng)} ROAD")
        if self.given and chance < _NAMESAKE_BELOW:
            return self._with_welsh(self._namesake())
        if chance < _FREQUENT_BELOW:
            return self._with_welsh(self.vocabulary.pick("frequent", rng))
        words, kind = self._words(), self.vocabulary.pick("types", rng)
        if rng.random() < _UNTYPED_SHARE:
            return self._with_welsh(self._untyped(words))
        if rng.random() < _DIRECTED_SHARE:
            return self._with_welsh(f"{words} {kind} {rng.choice(_AFTER)}")
        self.given.append((words, kind))
        return self._with_welsh(f"{words} {kind}")

    def _untyped(self, words: str) -> str:
        """Name a street without a type: KEMPS, THE FORDROUGH, HOLLYFIELDS, UPPER WASHWELL."""
        forms = _UNTYPED_SCOTTISH if self.country == "S" else _UNTYPED
        form, tree = forms.draw(self.rng), self.vocabulary.pick("trees", self.rng)
        if form == _OF_A_FAMILY:
            return f"{self.vocabulary.surname(self.rng).removesuffix('S')}S"
        return self._fill(form, tree=tree, words=words, ending=_TREE_ENDINGS, before=_BEFORE)

    def _namesake(self) -> str:
        words, kind = self.given[int(self.rng.random() * len(self.given))]
        return self._fill(_NAMESAKES.draw(self.rng), words=words, kind=kind, before=_BEFORE, after=_AFTER)

    def _words(self) -> str:
        return self._fill(_WORDS.draw(self.rng), french=_FRENCH, ending=_LAND_ENDINGS)

    def _fill(self, form: str, **given: str | tuple[str, ...]) -> str:
        return self.vocabulary.fill(form, self.country, self.rng, **given)

    def _welsh_only(self) -> StreetName:
        rng = self.rng
        if rng.random() < _WELSH_WITHOUT_TYPE:
            return StreetName(self.vocabulary.pick("welsh_words", rng).removeprefix("YR ").removeprefix("Y "))
        kind = rng.choice(("HEOL", "FFORDD", "STRYD", "LON", "CLOS", "MAES", "RHODFA", "PARC", "CWRT"))
        words = self.vocabulary.pick("welsh_words", rng)
        if rng.random() < _WELSH_COINED:
            words = self.vocabulary.coin("W", rng)
        return StreetName(f"{kind} {words}")

    def _with_welsh(self, english: str) -> StreetName:
        if self.country != "W" or self.rng.random() > _ENGLISH_ALONE_FROM:
            return StreetName(english)
        if english in _WELSH_WORDS:
            return StreetName(english, _WELSH_WORDS[english])
        words, _, kind = english.rpartition(" ")
        types = _WELSH_TYPES.get(kind)
        return (
            StreetName(english, f"{self.rng.choice(types)} {words}")
            if types and words
            else StreetName(english)
        )
