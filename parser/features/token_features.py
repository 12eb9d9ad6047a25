"""The features that the CRF sees of a token: of its own text, and those that it gives to its neighbours."""

from functools import cache

from address_match.parser.gazetteer.gazetteer import WordEvidence
from address_match.parser.lexicon.flag import Flag
from address_match.parser.recognisers.number_pair import NumberPair, pair_within
from address_match.parser.recognisers.postcode import incode_repairs, outcode_repairs, postcode_areas
from address_match.parser.recognisers.shape import LONGEST_SHORT_WORD
from address_match.parser.word_class import WordClass

_LONGEST_OUTCODE = 4
_VOWELS = frozenset("AEIOUY")


def own_features(text: str, flags: Flag, cls: WordClass) -> list[str]:
    """Return the features that a token gives to its own position; they depend on its folded text alone."""
    features = ["bias", f"c={cls.value}", f"w={text}", f"s={_shape(text)}", f"n={min(len(text), 12)}"]
    for size in (2, 3, 4):
        if len(text) > size:
            features.append(f"e{size}={text[-size:]}")
    if len(text) > 3:
        features.append(f"b3={text[:3]}")
    if len(text) > 5:
        features.append(f"e5={text[-5:]}")
    features.extend([f"f={value}" for value in _values(flags)])
    if not text.isalpha():
        if (pair := pair_within(text)) is not NumberPair.NONE:
            features.append(f"pair={pair.value}")
        if incode_repairs(text):
            features.append("nearly_incode")
        if outcode_repairs(text):
            features.append("nearly_outcode")
    elif text in postcode_areas():
        features.append("area")
    elif len(text) <= _LONGEST_OUTCODE and not flags and outcode_repairs(text):
        features.append("nearly_outcode")
    if len(text) > 3 and not _VOWELS.intersection(text):
        features.append("no_vowel")
    return features


def neighbour_features(text: str, flags: Flag, cls: WordClass) -> list[str]:
    """Return the features that a token gives to the positions beside it, where a mark of its side stands before them."""
    features = [f"w={text}", f"c={cls.value}", f"s={_shape(text)}"]
    if len(text) > 3:
        features.append(f"e3={text[-3:]}")
    features.extend([f"f={value}" for value in _values(flags)])
    return features


def meant_features(flags: Flag) -> list[str]:
    """Return the features of what a nearly known word stands for, the same at its own position and beside it."""
    return [f"m={value}" for value in _values(flags)]


def unread_features(length: int) -> tuple[WordClass, list[str], list[str]]:
    """Return the class of a word of so many letters whose spelling is not known, and its features, own and beside."""
    cls = WordClass.SHORT_WORD if length <= LONGEST_SHORT_WORD else WordClass.WORD
    beside = [f"c={cls.value}", "s=A"]
    return cls, ["bias", *beside, f"n={min(length, 12)}"], beside


def evidence_features(evidence: WordEvidence | None) -> list[str]:
    """Return the features of what a gazetteer knows of a token; with none loaded, nobody asks.

    A word that is nearly known has the features of the known one, and one more that says so.
    """
    if evidence is None:
        return ["g?"]
    joint = "".join(map(str, evidence.shares))
    features = [f"g={joint}", f"gn={evidence.size}"]
    features.extend(f"g{field}={share}" for field, share in enumerate(evidence.shares))
    if not evidence.exact:
        features.append("g~")
    return features


def neighbour_evidence_feature(evidence: WordEvidence | None) -> str:
    """Return the feature that a token's evidence gives to the positions beside it, as `neighbour_features` does."""
    return "g?" if evidence is None else f"g={''.join(map(str, evidence.shares))}"


@cache
def _values(flags: Flag) -> tuple[int, ...]:
    return tuple(flag.value for flag in flags)


def _shape(text: str) -> str:
    """Return the run-length-free shape of a token: `12A` is `9A`, `ASHTON-ON-RIBBLE` is `A-A-A`."""
    if text.isalpha():
        return "A"
    shape = ""
    for character in text:
        kind = "9" if character.isdigit() else "A" if character.isalpha() else character
        if not shape or shape[-1] != kind:
            shape += kind
    return shape[:8]
