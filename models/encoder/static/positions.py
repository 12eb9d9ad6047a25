"""Features of the numbers of an address by where they stand: the number of which street, the flat of which house."""

from collections.abc import Iterator, Sequence

from address_match.models.encoder.static.hashing import paired_hash
from address_match.models.encoder.static.words import Word, WordKind

MAX_NUMBERS = 6
"""Numbers of one text that are read; more come from a text that is no address."""

(
    _NUMBER,
    _DESIGNATOR,
    _EXACT,
    _WITH_WORD,
    _WITH_SOUND,
    _WITH_BEGINNING,
    _IN_POSTCODE,
    _IN_SECTOR,
    _PAIR_IN_POSTCODE,
) = range(11, 20)
_NUMBER_WEIGHT = 1.0
_DESIGNATOR_WEIGHT = 1.0
_EXACT_WEIGHT = 1.2
_WORD_WEIGHT = 0.8
_POSTCODE_WEIGHT = 0.8

_NUMERIC = frozenset({WordKind.NUMBER, WordKind.CODE, WordKind.OUTCODE, WordKind.INCODE})


def position_features(words: Sequence[Word]) -> Iterator[tuple[int, float]]:
    """Yield hashes and weights of features, for the numbers and designators among the words of a text."""
    postcode = next((word for word in reversed(words) if word.kind is WordKind.POSTCODE), None)
    designators: list[int] = []
    numbers: list[tuple[int, int]] = []
    for position, word in enumerate(words):
        kind = word.kind
        if kind not in _NUMERIC and kind is not WordKind.LETTER:
            continue
        before = words[position - 1] if position else None
        announced = before is not None and before.kind is WordKind.UNIT
        if kind is WordKind.LETTER:
            if announced:
                designators.append(word.number)
            elif before is not None and before.kind is WordKind.NUMBER and not before.suffix and numbers:
                numbers[-1] = (numbers[-1][0], word.number)  # 115 A HARROW STREET is 115A
            continue
        if len(numbers) + len(designators) >= MAX_NUMBERS:
            break
        if announced or kind is not WordKind.NUMBER:
            designators.append(paired_hash(_EXACT, word.number, word.suffix) if word.suffix else word.number)
        else:
            numbers.append((word.number, word.suffix))
        yield from _beside(word, words, position)
    yield from _joint_features(numbers, designators, postcode)


def _beside(word: Word, words: Sequence[Word], position: int) -> Iterator[tuple[int, float]]:
    """Yield the number with the two words that follow it: 14 and the street it stands in."""
    following = [w for w in words[position + 1 : position + 5] if w.kind is WordKind.WORD][:2]
    for place, other in enumerate(following):
        yield paired_hash(_WITH_WORD, word.number, other.hash), _WORD_WEIGHT
        if place == 0:
            yield paired_hash(_WITH_SOUND, word.number, other.sound), _WORD_WEIGHT
            yield paired_hash(_WITH_BEGINNING, word.number, other.beginning), _WORD_WEIGHT / 2


def _joint_features(
    numbers: list[tuple[int, int]], designators: list[int], postcode: Word | None
) -> Iterator[tuple[int, float]]:
    bare = [number for number, _ in numbers] if not designators else []
    share = 1 / max(1, len(numbers)) ** 0.5
    for number, suffix in numbers:
        yield paired_hash(_NUMBER, number, 0), _NUMBER_WEIGHT * share
        if suffix:
            within = [suffix]
        elif designators:
            within = [designator for designator in designators if designator != number] or [0]
        else:  # 3/14 and 14/3 may be flat 3 of 14, and 12-14 is also 12 and 14
            within = [0, *(other for other in bare if other != number)]
        for designator in within:
            exact = paired_hash(_EXACT, number, designator)
            yield exact, _EXACT_WEIGHT * share
            if postcode is not None:
                yield paired_hash(_PAIR_IN_POSTCODE, exact, postcode.number), _POSTCODE_WEIGHT * share
        if suffix:
            yield paired_hash(_DESIGNATOR, suffix, 0), _DESIGNATOR_WEIGHT * share
        if postcode is not None:
            yield paired_hash(_IN_POSTCODE, number, postcode.number), _POSTCODE_WEIGHT * share
            yield paired_hash(_IN_SECTOR, number, postcode.suffix), _POSTCODE_WEIGHT * share
    for designator in designators:
        yield paired_hash(_DESIGNATOR, designator, 0), _DESIGNATOR_WEIGHT
        if postcode is not None:
            yield paired_hash(_IN_POSTCODE, designator, postcode.number), _POSTCODE_WEIGHT
