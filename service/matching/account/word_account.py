"""What becomes of each word of an address beside one candidate: every word has exactly one account."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.parser.labels import Label
from address_match.parser.parse import LabelledToken, Parse
from address_match.parser.tokens import words_of
from address_match.parser.word_use import WordUse
from address_match.service.matching.account.verdict import AGREES, Verdict
from address_match.service.matching.features.feature import Field
from address_match.service.matching.features.names.welsh_streets import WELSH_TYPES
from address_match.service.matching.features.streets.compare_streets import is_slip

_ELEMENTS = {
    Label.ORGANISATION: Field.ORGANISATION,
    Label.DEPARTMENT: Field.ORGANISATION,
    Label.SUB_BUILDING: Field.FLAT,
    Label.BUILDING: Field.BUILDING,
    Label.NUMBER: Field.NUMBER,
    Label.STREET: Field.STREET,
    Label.LOCALITY: Field.LOCALITY,
    Label.TOWN: Field.TOWN,
    Label.POSTCODE: Field.POSTCODE,
    Label.COUNTY: Field.COUNTY,
    Label.OTHER: Field.WORDS,
}
_CONTEXT = (WordUse.PERSON, WordUse.BUSINESS, WordUse.PLACE, WordUse.COUNTRY, WordUse.NOISE)
_TYPE_IN_ENGLISH = {welsh: CANONICAL_WORDS.get(english, english) for welsh, english in WELSH_TYPES.items()}
"""As words are filed."""


class Account(StrEnum):
    """What a word of an address is to the words of a candidate."""

    SAME = "same"
    RESPELLED = "respelled"
    """Spelled, spaced or counted otherwise: a slip, a word written in two, an end of a range."""
    ABBREVIATED = "abbreviated"
    """RD for ROAD, or the other way round."""
    TRANSLATED = "translated"
    """HEOL for ROAD, or the other way round."""
    IMPLIED = "implied"
    """The reference calls the candidate's place by this name as well."""
    CONTEXT = "context"
    """A person, a business, a country, how to get there: the candidate need not say it."""
    DIFFERS = "differs"
    MISSING = "missing"
    UNEXPLAINED = "unexplained"
    """Neither understood nor said by the candidate."""


_BY_VERDICT = {
    Verdict.SAME: Account.RESPELLED,
    Verdict.RESPELLED: Account.RESPELLED,
    Verdict.IMPLIED: Account.IMPLIED,
    Verdict.DIFFERS: Account.DIFFERS,
}
"""The account of a word that the candidate does not say, in an element with this verdict; it is missing with any other."""


@dataclass(frozen=True, slots=True)
class WordAccount:
    """A word of an address, and what becomes of it beside a candidate."""

    text: str
    """The word in upper case, without accents and punctuation."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    element: Field
    """What of the address it belongs to; `words` where that is nothing."""
    account: Account


@dataclass(frozen=True, slots=True)
class HeldWords:
    """The words of a candidate."""

    words: frozenset[str]
    filed: frozenset[str]
    """In the spelling in which words are filed: RD as ROAD."""

    @classmethod
    def of(cls, address: str) -> "HeldWords":
        """Return the words of an address."""
        words = frozenset(words_of(address).texts)
        return cls(words, frozenset(CANONICAL_WORDS.get(word, word) for word in words))

    def account_of(self, word: str) -> Account | None:
        """Return how the candidate says a word; None where it does not."""
        filed = CANONICAL_WORDS.get(word, word)
        if word in self.words:
            return Account.SAME
        if filed in self.filed:
            return Account.ABBREVIATED
        if _is_translation(filed, self.filed):
            return Account.TRANSLATED
        return Account.RESPELLED if any(is_slip(word, held) for held in self.words) else None


def word_accounts(parse: Parse, address: str, verdicts: Mapping[Field, Verdict]) -> tuple[WordAccount, ...]:
    """Account for each word of a parsed address, in order, beside a candidate's address, given the verdict of each
    element.
    """
    held = HeldWords.of(address)
    return tuple(
        _account_of(labelled, use, held, verdicts)
        for labelled, use in zip(parse.tokens, parse.uses, strict=True)
    )


def _account_of(
    labelled: LabelledToken, use: WordUse, held: HeldWords, verdicts: Mapping[Field, Verdict]
) -> WordAccount:
    token, element = labelled.token, _ELEMENTS[labelled.label]
    if element is Field.WORDS and use is WordUse.UNDERSTOOD:
        element = Field.POSITION
    verdict = verdicts.get(element, Verdict.UNSAID)
    if element in verdicts and use is WordUse.UNDERSTOOD and _identifies(token.text, element):
        account = _of_designator(token.text, verdict, held)
    else:
        account = held.account_of(token.text) or _of_unsaid(use, verdict)
    return WordAccount(token.text, token.start, token.end, element, account)


def _identifies(word: str, element: Field) -> bool:
    """Return whether a word is a number or the letter of a part: it means what it stands for, wherever else it stands."""
    return any(map(str.isdigit, word)) or (element is Field.FLAT and len(word) == 1)


def _of_designator(word: str, verdict: Verdict, held: HeldWords) -> Account:
    """Account for a word that identifies by what its element is to the candidate's."""
    if verdict in AGREES and word in held.words:
        return Account.SAME
    return _BY_VERDICT.get(verdict, Account.MISSING)


def _of_unsaid(use: WordUse, verdict: Verdict) -> Account:
    """Account for a word that the candidate does not say."""
    if use in _CONTEXT:
        return Account.CONTEXT
    return Account.UNEXPLAINED if use is WordUse.UNKNOWN else _BY_VERDICT.get(verdict, Account.MISSING)


def _is_translation(word: str, held: frozenset[str]) -> bool:
    """Return whether some held word is the type of a street in the other language, all of them as they are filed."""
    if (english := _TYPE_IN_ENGLISH.get(word)) is not None:
        return english in held
    return any(_TYPE_IN_ENGLISH.get(other) == word for other in held)
