from dataclasses import dataclass

from address_match.parser.gazetteer.gazetteer import Gazetteer, WordEvidence
from address_match.parser.gazetteer.name_key import NO_WORDS, WordKey, full_word, word_key
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon

_NEARLY_KNOWN = (Flag.NEAR_KEY_WORD | Flag.NEAR_TOWN).value


@dataclass(frozen=True, slots=True)
class KnownWord:
    """What a gazetteer knows of a written word, and the key under which names are looked up that hold it."""

    evidence: WordEvidence | None
    key: WordKey
    """Of the known word, where the written one is a slip of it."""
    begins_name: bool


def known_word(text: str, flags: Flag, lexicon: Lexicon, gazetteer: Gazetteer) -> KnownWord:
    """Look a folded token up: as it is, in full, or as a slip of one edit where no shipped list knows it."""
    if "-" in text:
        return _known_parts([part for part in text.split("-") if part], lexicon, gazetteer)
    full = full_word(text, lexicon)
    guess = not int(flags) & ~_NEARLY_KNOWN
    evidence = gazetteer.evidence(full, guess=guess)
    if evidence is None and guess and flags & Flag.NEAR_KEY_WORD:
        full = full_word(lexicon.near_key_words.near(text), lexicon)
        evidence = gazetteer.evidence(full, guess=False)
    known = full if evidence is None else evidence.word
    begins = text == "THE" or (evidence is not None and evidence.begins_name)
    return KnownWord(evidence, word_key(known, lexicon), begins)


def _known_parts(parts: list[str], lexicon: Lexicon, gazetteer: Gazetteer) -> KnownWord:
    """Look the parts of a token with hyphens up; together they have a key, but no evidence of a word."""
    key = NO_WORDS
    begins = False
    for place, part in enumerate(parts):
        known = known_word(part, lexicon.flags_of(part), lexicon, gazetteer)
        key = key.then(known.key)
        begins = begins or (place == 0 and known.begins_name)
    return KnownWord(None, key, begins)
