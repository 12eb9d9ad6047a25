"""What an answer rests on, in a form that a clerk can check."""

from dataclasses import dataclass

from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.account.fault import Fault
from address_match.service.matching.account.word_account import WordAccount
from address_match.service.matching.answer import Answer, Relation
from address_match.service.matching.features.feature import Field


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score."""

    feature: str
    value: str
    """The feature's value in words."""
    log_odds: float


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What all features of one field add to the log-odds of a candidate."""

    field: Field
    words: str
    """As a clerk would say it: number 12 is not 21."""
    log_odds: float
    contributions: tuple[Contribution, ...]
    """They sum to `log_odds`, the weightiest first."""
    silent: bool = False
    """Whether neither side says anything of the field."""


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """A candidate, how it was found, and what speaks for and against it."""

    uprn: str
    address: str
    """The text that fits best."""
    probability: float
    relation: Relation
    channels: tuple[str, ...]
    fields: ParsedFields
    """Of the address, in the way in which it fits this candidate best."""
    evidence: tuple[FieldEvidence, ...]
    """They sum to `log_odds`, the weightiest first; `start` is where every candidate starts from."""
    log_odds: float
    """That the text names what the query asks for, by the pair alone."""
    words: tuple[WordAccount, ...] = ()
    """What becomes of each word of the address beside this candidate, in order."""
    match_code: str = ""
    faults: tuple[Fault, ...] = ()
    """What the match code marks, and the words that are not explained."""
    source: str = ""
    """The reference that the text is of; empty where the index is of one alone."""


@dataclass(frozen=True, slots=True)
class ExplainedAbsence:
    """What speaks for it that the reference does not hold the premises."""

    probability: float
    contributions: tuple[Contribution, ...]
    """They sum to `log_odds`, the weightiest first; the prior that is assumed is one of them."""
    log_odds: float
    """The score of absence, on the scale of the candidates' log-odds."""
    words: str
    """Why absent was preferred, or why not."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parse of an address, its candidates and the decision."""

    parse: Parse
    """The likeliest by itself; each candidate has the fields of the parse that fits it best."""
    answer: Answer
    candidates: tuple[ExplainedCandidate, ...]
    runner_up: str
    """Why the second of the candidates lost to the first; empty where there is no second."""
    absence: ExplainedAbsence
