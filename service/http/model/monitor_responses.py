"""What is answered over the wire about the monitoring of answers."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from address_match.service.lifecycle.monitoring.accepted_facts import Acceptance
from address_match.service.lifecycle.monitoring.answers_beside import AnswersBeside
from address_match.service.lifecycle.monitoring.judged_window import Finding
from address_match.service.lifecycle.monitoring.latency import Latency
from address_match.service.lifecycle.monitoring.restoring_threshold import RestoringThreshold
from address_match.service.matching.answer import Status

LevelWord = Literal["quiet", "notice", "warn", "act"]


class LabelledPrecision(BaseModel):
    """Which share of the matched is right by labels of addresses that the service kept."""

    labels: int
    right: int
    matched: int = Field(description="Answers that the labels stand for.")
    precision: dict[str, float] = Field(description="By strata, with the interval of one look.")
    at_every_look: dict[str, float] = Field(
        description="With the interval that holds however often one looks."
    )


class ShownWindow(BaseModel):
    """A window of answers, compared with the reference of its channel."""

    size: int
    begins: datetime
    ends: datetime
    expected_precision: dict[str, float] | None = Field(
        description="Share of the matched that is expected to be right, `value`, `low` and `high`; null where nothing is matched."
    )
    absent: dict[str, float] | None = Field(
        default=None,
        description="Share of the addresses that the reference does not hold, estimated; null where none could be read.",
    )
    by_labels: LabelledPrecision | None = Field(
        default=None, description="Of the matched of the window; null where too few of them are labelled."
    )
    latency: Latency | None = Field(
        default=None,
        description="Milliseconds in which half of the answers were given, and 95 of 100; null where nobody waited for them.",
    )
    findings: list[Finding]


class Chart(BaseModel):
    """A share in the windows of a size, drawn."""

    what: str = Field(description="`accepted` or `expected_precision`.")
    size: int = Field(description="Answers of a window.")
    svg: str = Field(description="The picture, SVG without style: shapes have classes.")


class ShownChannel(BaseModel):
    """A channel since its reference."""

    channel: str
    level: LevelWord
    why: list[str]
    facts: int
    waiting: int = Field(description="Facts that fill no window yet.")
    reference: Acceptance | None
    reference_facts: int
    skipped: list[str]
    by_labels: LabelledPrecision | None = Field(
        default=None,
        description="Of what was matched since the reference; null where too few of it are labelled.",
    )
    acknowledged_by: str = Field(
        default="",
        description="Who has looked at its warning; empty where nobody has, and where it gives none.",
    )
    restoring: RestoringThreshold | None = Field(
        default=None,
        description="Threshold from which on the precision that is wanted is expected again, and the share of the matched that stays so; "
        "null where no decision is demanded for it, and where no threshold restores it.",
    )
    windows: list[ShownWindow] = Field(description="Of each size, oldest first.")
    charts: list[Chart]


class ShownReport(BaseModel):
    """What `address-match monitor report` says."""

    moment: str
    level: LevelWord
    channels: list[ShownChannel]
    meanings: dict[str, str] = Field(description="What each finding is of, by its name.")


class ShownChange(BaseModel):
    """What status was given, and what the candidate would have given."""

    given: Status
    beside: Status
    answers: int


class ShownBeside(BaseModel):
    """How far a candidate that answers beside agrees with what was answered in a channel."""

    channel: str
    champion: str = Field(
        description="Beginning of the fingerprint of the bundle that answered; the next is of the candidate."
    )
    candidate: str
    answers: int
    alike: int = Field(description="Of the same status and premises.")
    same_premises: int
    other_matches: int = Field(description="Matched by both, to different premises.")
    changes: list[ShownChange] = Field(description="The most frequent first.")

    @classmethod
    def of(cls, found: AnswersBeside) -> "ShownBeside":
        """Show what was found."""
        changes = [
            {"given": given, "beside": beside, "answers": count} for given, beside, count in found.changes
        ]
        return cls.model_validate(asdict(found) | {"changes": changes})


class ShownShadow(BaseModel):
    """What `address-match monitor shadow` says, and the windows of the candidate."""

    beside: list[ShownBeside]
    report: ShownReport
