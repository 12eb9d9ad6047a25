from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from address_match.parser.fields.premises_part import PremisesPart
from address_match.parser.labels import Label
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import Token
from address_match.parser.word_use import WordUse


class LabelledToken(NamedTuple):
    """A token, its label in the best parse, and the marginal probability of that label, in [0, 1]."""

    token: Token
    label: Label
    probability: float


class Component(NamedTuple):
    """A run of neighbouring tokens with one label, as long as it goes."""

    label: Label
    text: str
    """The folded tokens, joined by spaces."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    probability: float
    """That just these words are this component: the CRF's exact marginal of the run and of both its ends, in [0, 1]."""
    value: str
    """Normalised: types and abbreviations in full, a postcode without its space, no leading zeros."""
    part: PremisesPart | None = None
    """What a component of the premises says: number, suffix, end of the range, flat, floor, side; None for others."""


class Alternative(NamedTuple):
    """One whole labelling of the tokens and its probability under the CRF, in [0, 1]."""

    labels: tuple[Label, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Parse:
    """The most probable labelling of one text, what it says, and the runners-up."""

    text: str
    tokens: tuple[LabelledToken, ...]
    components: tuple[Component, ...]
    fields: ParsedFields
    """What the components say together."""
    probability: float
    """How sure the parse is: the probability of the whole labelling, in [0, 1]; 1 for a text without tokens."""
    alternatives: tuple[Alternative, ...] = ()
    """The n best labellings, the best first; empty unless asked for."""
    uses: tuple[WordUse, ...] = ()
    """What becomes of each token: understood, passed over for a reason, or not understood."""
    dropped: tuple[tuple[int, int], ...] = ()
    """Start and end of what of the text is no token, though it has letters or digits: codes, coordinates."""
    other_ways: tuple[ParsedFields, ...] = ()
    """What the text may say instead, where its numbers can be read in more ways than one."""

    def words_not_taken(self) -> tuple[tuple[str, WordUse], ...]:
        """Return neighbouring words of one use, joined, that are passed over or not understood, and that use."""
        pairs = zip(self.tokens, self.uses, strict=True)
        runs = groupby(pairs, key=itemgetter(1))
        return tuple(
            (" ".join(labelled.token.text for labelled, _ in run), use)
            for use, run in runs
            if use is not WordUse.UNDERSTOOD
        )
