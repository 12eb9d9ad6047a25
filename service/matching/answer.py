"""What matching gives back."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The decision about one address."""

    MATCHED = "matched"
    REVIEW = "review"
    """The reference probably holds the premises, but it is not sure enough which one it is."""
    UNMATCHED = "unmatched"


class Relation(StrEnum):
    """How a premises is related to the one that was asked for."""

    EXACT = "exact"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    SAME_STREET = "same_street"
    NONE = ""


class Reason(StrEnum):
    """Why an address is not matched."""

    NONE = ""
    AMBIGUOUS = "ambiguous"
    LOW = "low"
    PLACE = "place"
    """The query names no town, or another one, and the street may have a namesake there; or it names only a number."""
    NUMBER = "number"
    """The premises that fits best has another number or flat, or, without one, another name: 12 is never 21."""
    POSITION = "position"
    """The query names a place by this premises' number, or the other way round: `REAR OF 12`, `LAND AT 12`, `OPPOSITE
    12`.
    """
    STREET = "street"
    """The premises that fits best stands on another street of a like name: MILL LANE EAST is not MILL LANE."""
    NAME = "name"
    """The premises that fits best shares the street, and is not the building that the query names."""
    STREET_ONLY = "street_only"
    """The query names a street, and no premises of it."""
    PARENT_ONLY = "parent_only"
    CHILD_ONLY = "child_only"
    ABSENT = "absent"
    BLANK = "blank"
    ERROR = "error"


class Sameness(StrEnum):
    """Why two identifiers are taken for one place."""

    TEXT = "same_text"
    """Their texts are the same except for case and punctuation."""
    PARTS = "same_parts"
    """Their texts say the same of every part: number, unit, building, street, town, postcode and the rest."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another identifier of the reference for a place."""

    uprn: str
    reason: Sameness


@dataclass(frozen=True, slots=True)
class RankedPremises:
    """A premises of the reference, by the text that fits best."""

    uprn: str
    address: str
    probability: float
    """That this is the premises asked for, in [0, 1]."""
    relation: Relation
    match_code: str = ""
    """How far it agrees with the query, and in what it does not: `premises ~street -town`."""
    is_historical: bool = False
    """Whether that text, or the premises itself, is historical."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The decision about one address, and what it rests on.

    The probabilities of all candidates and of absence sum to one; `candidates` holds the best of them.
    """

    status: Status
    reason: Reason
    uprn: str = ""
    """Of the best premises when matched or for review, else empty."""
    address: str = ""
    probability: float = 0.0
    """Of the best premises, whatever the status; 0 when nothing was found."""
    absent_probability: float = 1.0
    relation: Relation = Relation.NONE
    """Of the premises that is named: `uprn`, or `related_uprn` where nothing matched."""
    related_uprn: str = ""
    """The nearest relation of a premises that is not held: its parent, else a child, a sibling, or one of its street."""
    candidates: tuple[RankedPremises, ...] = ()
    """Best first."""
    town: str = ""
    """Of the premises when matched, as the reference files it; empty where it names none."""
    names_place: bool = True
    """Whether the address names a town, a locality or a postcode; False only where it is matched without."""
    error: str = ""
    duplicates: tuple[Duplicate, ...] = ()
    """Other identifiers of the best candidate's place."""

    @property
    def is_historical(self) -> bool:
        """Return whether the text of `uprn` is historical; False where `uprn` is empty."""
        return bool(self.uprn) and any(one.is_historical for one in self.candidates if one.uprn == self.uprn)

    @property
    def match_code(self) -> str:
        """Return the match code of the best candidate, whatever the status; empty where nothing was found."""
        return self.candidates[0].match_code if self.candidates else ""

    @classmethod
    def matched(
        cls,
        best: RankedPremises,
        *,
        absent_probability: float,
        candidates: tuple[RankedPremises, ...],
        town: str = "",
        names_place: bool = True,
    ) -> "Answer":
        """Answer with the premises that was asked for."""
        return cls(
            status=Status.MATCHED,
            reason=Reason.NONE,
            uprn=best.uprn,
            address=best.address,
            probability=best.probability,
            absent_probability=absent_probability,
            relation=Relation.EXACT,
            candidates=candidates,
            town=town,
            names_place=names_place,
        )

    @classmethod
    def review(
        cls,
        best: RankedPremises,
        *,
        reason: Reason,
        absent_probability: float,
        candidates: tuple[RankedPremises, ...],
    ) -> "Answer":
        """Ask a clerk whether the best premises, or another of the candidates, is meant."""
        return cls(
            status=Status.REVIEW,
            reason=reason,
            uprn=best.uprn,
            address=best.address,
            probability=best.probability,
            absent_probability=absent_probability,
            relation=best.relation,
            candidates=candidates,
        )

    @classmethod
    def unmatched(
        cls,
        reason: Reason,
        *,
        candidates: tuple[RankedPremises, ...] = (),
        probability: float = 0.0,
        absent_probability: float = 1.0,
        relation: Relation = Relation.NONE,
        related_uprn: str = "",
    ) -> "Answer":
        """Answer that no premises of the reference is meant; offer a related one where there is one."""
        return cls(
            status=Status.UNMATCHED,
            reason=reason,
            probability=probability,
            absent_probability=absent_probability,
            relation=relation,
            related_uprn=related_uprn,
            candidates=candidates,
        )

    @classmethod
    def blank(cls) -> "Answer":
        """Answer an empty text."""
        return cls.unmatched(Reason.BLANK)

    @classmethod
    def failed(cls, error: str) -> "Answer":
        """Answer a text that cannot be matched, with the reason why."""
        return cls(status=Status.UNMATCHED, reason=Reason.ERROR, error=error)
