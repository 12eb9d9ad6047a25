"""Decisions of a registry as its audit has them: nothing of them is kept elsewhere."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from address_match.service.errors import DecisionError, UsageError
from address_match.service.lifecycle.audit.account import account
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act, AuditRow
from address_match.service.lifecycle.decisions.model_decision import ModelDecision, decision_of
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE, promotion_rules


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and what has become of it."""

    id: str
    """`D` and the number of the row that proposes it."""
    decision: ModelDecision
    proposed: AuditRow
    approved: AuditRow | None
    carried_out: AuditRow | None
    """The promotion that was done for it."""

    def as_json(self) -> dict[str, object]:
        """Give it as a JSON object: its id, who did what when, and all that it says."""
        rows = {"proposed": self.proposed, "approved": self.approved, "carried_out": self.carried_out}
        acts = {
            name: None if row is None else {"by": row.by, "account": row.account, "moment": row.moment}
            for name, row in rows.items()
        }
        return {"id": self.id, **acts, **self.decision.model_dump(mode="json")}


class DecisionLog:
    """Decisions that were proposed, in order."""

    def __init__(self, folder: Path) -> None:
        self._audit = Audit(folder)
        self._folder = folder

    def propose(self, decision: ModelDecision, *, by: str = "") -> str:
        """Keep a decision and return its id; it is in force when another person approves it.

        Raises UsageError where it would not be looked at again in time to come.
        """
        if decision.review_date <= datetime.now(UTC).date():
            raise UsageError(
                f"review_date is {decision.review_date}; name a day to come, when it is looked at again"
            )
        row = self._audit.append(Act.PROPOSE, decision.short, decision.model_dump(mode="json"), by=by)
        return _id(row)

    def approve(self, decision_id: str, *, by: str) -> Decided:
        """Approve a decision and return it; raises DecisionError where one person would decide alone, or it is approved
        already.
        """
        decided = self.find(decision_id)
        if decided.approved is not None:
            raise DecisionError(f"{decided.id} was approved by {decided.approved.by} already")
        self._refuse_same_person(decided, by, "approve it")
        self._audit.append(Act.APPROVE, decided.id, {"decision": decided.id}, by=by)
        return self.find(decided.id)

    def all(self) -> tuple[Decided, ...]:
        """Return every decision, oldest first; raises DecisionError where a row of one was altered."""
        rows = self._audit.rows()
        return tuple(_decided(row, rows) for row in rows if row.act == Act.PROPOSE)

    def find(self, decision_id: str) -> Decided:
        """Return a decision; raises UsageError for an id that there is not, and DecisionError where a row of it was
        altered.
        """
        rows = self._audit.rows()
        found = next(
            (row for row in rows if row.act == Act.PROPOSE and _id(row) == decision_id.upper()), None
        )
        if found is None:
            raise UsageError(f"there is no decision {decision_id!r}; `address-match decide list` shows all")
        return _decided(found, rows)

    def permit(self, decision_id: str, *, by: str = "") -> None:
        """Raise DecisionError unless a decision lets a person promote something now: approved, of a change, not carried
        out before.
        """
        decided = self.find(decision_id)
        if decided.approved is None:
            raise DecisionError(
                f"{decided.id} is not approved: address-match decide approve {decided.id} --by NAME, by another person than "
                f"{decided.proposed.by}"
            )
        if not decided.decision.changes_service:
            raise DecisionError(f"{decided.id} says that nothing is to be done; propose another decision")
        if decided.carried_out is not None:
            raise DecisionError(
                f"{decided.id} was carried out by {decided.carried_out.by} on {decided.carried_out.moment[:10]}; propose another decision"
            )
        self._refuse_same_person(decided, by or account(), "promote for it")

    def _refuse_same_person(self, decided: Decided, by: str, what: str) -> None:
        """Raise DecisionError where whoever does something proposed the decision himself."""
        proposed = decided.proposed
        if is_same_person(by, proposed.by):
            raise DecisionError(
                f"{decided.id} was proposed by {proposed.by}: another person has to {what}, --by NAME"
            )
        if promotion_rules(self._folder).own_accounts and account() == proposed.account:
            raise DecisionError(
                f"{decided.id} was proposed from the account {proposed.account}, and {PROMOTION_FILE} asks each person for an account "
                f"of his own: another has to {what}, from his"
            )


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two names are one except for case, spaces and stops."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())


def _decided(row: AuditRow, rows: tuple[AuditRow, ...]) -> Decided:
    """Put together what the rows of an audit say of a decision that one of them proposes."""
    name, later = _id(row), [one for one in rows if one.sequence > row.sequence]
    return Decided(
        name,
        decision_of(json.loads(_as_written(row).details)),
        row,
        _first(later, Act.APPROVE, name),
        _first(later, Act.PROMOTE, name),
    )


def _id(row: AuditRow) -> str:
    return f"D{row.sequence}"


def _first(rows: list[AuditRow], act: Act, decision_id: str) -> AuditRow | None:
    """Return the first row of an act that names a decision, None where there is none."""
    named = (row for row in rows if row.act == act and f'"decision":"{decision_id}"' in row.details)
    return next((_as_written(row) for row in named), None)


def _as_written(row: AuditRow) -> AuditRow:
    if row.sealed().digest != row.digest:
        raise DecisionError(
            f"row {row.sequence} of the audit was altered, and with it what was decided: see `address-match audit verify`"
        )
    return row
