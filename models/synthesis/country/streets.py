"""Names of streets: frequent ones in every town, invented ones, and near-namesakes of one town side by side."""

from dataclasses import dataclass, field
from random import Random

from address_match.models.synthesis.country.vocabulary import Vocabulary

_BEFORE = ("UPPER", "LOWER", "OLD", "NEW", "LITTLE", "GREAT", "NORTH", "SOUTH", "EAST", "WEST")
_MAIN_STREETS = ("HIGH STREET",) * 6 + (
    "MARKET PLACE",
    "MAIN STREET",
    "STATION ROAD",
    "CHURCH STREET",
    "LONDON ROAD",
)
_MAIN_SHARE = 0.5
_UNTYPED_SHARE, _DIRECTED_SHARE = 0.09, 0.035
"""Streets without a type word, and those with a direction behind it, of the names that are made up."""
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
        if self.country == "W" and chance > 0.72:
            return self._welsh_only()
        if self.country == "N" and chance > 0.75:
            return StreetName(f"{self.vocabulary.coin('N', rng)} ROAD")
        if self.given and chance < 0.17:
            return self._with_welsh(self._namesake())
        if chance < 0.33:
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
        rng, chance = self.rng, self.rng.random()
        tree = self.vocabulary.pick("trees", rng)
        if chance < 0.25:
            return f"THE {self.vocabulary.coin(self.country, rng) if chance < 0.08 else self.vocabulary.pick('land', rng)}"
        if chance < 0.4:
            return tree + rng.choice(
                ("FIELDS", "FIELD", "LANDS", "SIDE", "BANK", "LEA", "HURST", "MEAD", "DENE", "ACRE")
            )
        if chance < 0.52:
            return f"{self.vocabulary.surname(rng).removesuffix('S')}S"
        if chance < 0.64:
            return f"{rng.choice(_BEFORE)} {self.vocabulary.coin(self.country, rng)}"
        if chance < 0.74 and self.country == "S":
            return f"BRAE{self.vocabulary.pick('suffixes', rng)}"
        return words if chance < 0.85 else self.vocabulary.coin(self.country, rng)

    def _namesake(self) -> str:
        words, kind = self.given[int(self.rng.random() * len(self.given))]
        way = self.rng.random()
        if way < 0.62:
            return f"{words} {self.vocabulary.pick('types', self.rng)}"
        if way < 0.8:
            return f"{self.rng.choice(_BEFORE)} {words} {kind}"
        if way < 0.93:
            return f"{words} {kind} {self.rng.choice(_AFTER)}"
        return f"{words} {self.vocabulary.pick('land', self.rng)} {kind}"

    def _words(self) -> str:
        rng, vocabulary = self.rng, self.vocabulary
        chance = rng.random()
        if chance < 0.1:
            return vocabulary.pick("trees", rng)
        if chance < 0.13:
            return vocabulary.pick("animals", rng)
        if chance < 0.24:
            return vocabulary.pick("land", rng)
        if chance < 0.31:
            return vocabulary.pick("people", rng)
        if chance < 0.345:
            return vocabulary.pick("saints", rng)
        if chance < 0.38:
            return vocabulary.given_name(rng)
        if chance < 0.55:
            return vocabulary.surname(rng)
        if chance < 0.68:
            return vocabulary.place(rng)
        if chance < 0.74:
            return f"{vocabulary.pick('trees', rng)} {vocabulary.pick('land', rng)}"
        if chance < 0.755:
            return f"{vocabulary.given_name(rng)} {vocabulary.surname(rng)}"
        if chance < 0.77:
            return f"{vocabulary.surname(rng)}'S"
        if chance < 0.775:
            return f"{rng.choice(_FRENCH)} {vocabulary.surname(rng)}"
        if chance < 0.783:
            return f"{vocabulary.pick('land', rng)} AND {vocabulary.pick('land', rng)}"
        if chance < 0.79:
            return f"{vocabulary.pick('land', rng)} {rng.choice(('HILL', 'GREEN', 'PARK', 'HOUSE', 'SIDE', 'TOP', 'FOOT', 'HEAD'))}"
        return vocabulary.coin(self.country, rng)

    def _welsh_only(self) -> StreetName:
        rng = self.rng
        if rng.random() < 0.45:
            return StreetName(self.vocabulary.pick("welsh_words", rng).removeprefix("YR ").removeprefix("Y "))
        kind = rng.choice(("HEOL", "FFORDD", "STRYD", "LON", "CLOS", "MAES", "RHODFA", "PARC", "CWRT"))
        words = self.vocabulary.pick("welsh_words", rng)
        if rng.random() < 0.4:
            words = self.vocabulary.coin("W", rng)
        return StreetName(f"{kind} {words}")

    def _with_welsh(self, english: str) -> StreetName:
        if self.country != "W" or self.rng.random() > 0.5:
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
