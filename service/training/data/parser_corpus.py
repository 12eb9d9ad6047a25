"""The parser training corpus: texts of the synthetic country, parsed without a gazetteer and with those of several
references.

A reference holds most of what is asked for and not all of it, under names that are now and then parsed as something
else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from zlib import crc32

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.splits import ENCODER_SPLITS, street_split
from address_match.models.synthesis.texts.training_texts import training_texts
from address_match.parser.crf.training import CorpusSection
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon
from address_match.parser.tokens import fold
from address_match.service.training.data.encoder_pairs import draw

WITHOUT_GAZETTEER = 0.4
"""Share of the texts that are parsed without one."""
WITH_COUNTRY_GAZETTEER = 0.2
"""Share of the texts that are parsed with the gazetteer of the whole country; the others with that of their region."""
REGIONS = 12
MOST_LABELLED = 0.4
"""Share of the texts that may be of the user's own labelled rows, which know little of how people write."""
TEXTS_A_LABELLED_ROW = 2
"""Texts of one such row, at most."""

NOT_HELD: Mapping[NameField, float] = {
    NameField.STREET: 0.12,
    NameField.LOCALITY: 0.25,
    NameField.TOWN: 0.06,
    NameField.BUILDING: 0.3,
    NameField.ORGANISATION: 0.5,
}
"""Share of the names that a gazetteer lacks: people write other names than registers, and ask for what is absent."""
MISREAD = 0.04
"""Share of the names that a gazetteer holds as those of another field, as where the texts of a reference were misread."""
_MISREAD_AS: Mapping[NameField, tuple[NameField, ...]] = {
    NameField.STREET: (NameField.LOCALITY, NameField.BUILDING),
    NameField.LOCALITY: (NameField.STREET, NameField.TOWN, NameField.BUILDING),
    NameField.TOWN: (NameField.LOCALITY,),
    NameField.BUILDING: (NameField.STREET, NameField.ORGANISATION, NameField.LOCALITY),
    NameField.ORGANISATION: (NameField.BUILDING, NameField.STREET),
}
_FIELDS: Mapping[Label, NameField] = {
    Label.STREET: NameField.STREET,
    Label.LOCALITY: NameField.LOCALITY,
    Label.TOWN: NameField.TOWN,
    Label.BUILDING: NameField.BUILDING,
    Label.ORGANISATION: NameField.ORGANISATION,
}


def parser_corpus(
    synthetic: Sequence[Premises], labelled: Sequence[Premises], texts: int, rng: Random
) -> Iterator[CorpusSection]:
    """Yield so many texts of the synthetic country, and of labelled rows of a reference where there are any, in
    sections.

    The gazetteers know the names of both; of the labelled rows, the streets of the parser's splits are learned from.
    """
    own = [place for place in labelled if street_split(place) in ENCODER_SPLITS]
    of_own = min(round(texts * MOST_LABELLED), TEXTS_A_LABELLED_ROW * len(own))
    drawn = [*draw(synthetic, texts - of_own, rng), *draw(own, of_own, rng)]
    yield from _sections(drawn, (*synthetic, *own), rng)


def _sections(drawn: Sequence[Premises], country: Sequence[Premises], rng: Random) -> Iterator[CorpusSection]:
    lexicon = shipped_lexicon()
    unaided, countrywide = [], []
    by_region: list[list[Premises]] = [[] for _ in range(REGIONS)]
    for place in drawn:
        chance = rng.random()
        if chance < WITHOUT_GAZETTEER:
            unaided.append(place)
        elif chance < WITHOUT_GAZETTEER + WITH_COUNTRY_GAZETTEER:
            countrywide.append(place)
        else:
            by_region[_region(place)].append(place)
    yield CorpusSection(tuple(training_texts(unaided, rng)))
    yield CorpusSection(tuple(training_texts(countrywide, rng)), partial_gazetteer(country, rng, lexicon))
    neighbours: list[list[Premises]] = [[] for _ in range(REGIONS)]
    for place in country:
        neighbours[_region(place)].append(place)
    for places, around in zip(by_region, neighbours, strict=True):
        yield CorpusSection(tuple(training_texts(places, rng)), partial_gazetteer(around, rng, lexicon))


def partial_gazetteer(premises: Sequence[Premises], rng: Random, lexicon: Lexicon) -> Gazetteer:
    """Return the gazetteer of a reference of these premises that lacks `NOT_HELD` of the names and misreads `MISREAD`."""
    counts: dict[NameField, Counter[str]] = {field: Counter() for field in NameField}
    for place in premises:
        for text in place.texts[:1]:
            for piece in text.pieces:
                field = _FIELDS.get(piece.label)
                if field is not None:
                    counts[field][_name(piece.text)] += 1
    held: dict[NameField, Counter[str]] = {field: Counter() for field in NameField}
    for field, names in counts.items():
        for name, count in names.items():
            chance = rng.random()
            if chance < MISREAD:
                held[rng.choice(_MISREAD_AS[field])][name] += max(1, count // 2)
            if chance < 1 - NOT_HELD[field]:
                held[field][name] += count
    return build_gazetteer(held, lexicon)


def _name(text: str) -> str:
    """Fold a name and leave out the numbers that a building's name stands with."""
    return " ".join(word for word in fold(text).split() if not any(c.isdigit() for c in word))


def _region(place: Premises) -> int:
    """Return the region in which a post town lies; neighbours of one town share it."""
    return crc32(place.town.encode()) % REGIONS
