"""Two persons decide, once, and what they decided cannot be changed."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.service.errors import DecisionError, UsageError
from address_match.service.lifecycle.audit.account import account
from address_match.service.lifecycle.audit.audit import TRIGGERS, Audit
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.decisions.decision_log import DecisionLog, is_same_person
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE
from tests.service.lifecycle.decisions.factories import decision


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    """One decision, D1, that A. Owner proposed."""
    log = DecisionLog(tmp_path)
    assert log.propose(decision(), by="A. Owner") == "D1"
    return log


def test_a_decision_comes_back_as_it_was_proposed(log: DecisionLog) -> None:
    found = log.find("d1")
    assert found.decision == decision()
    assert (found.proposed.by, found.approved, found.carried_out) == ("A. Owner", None, None)


def test_another_person_approves_once(log: DecisionLog) -> None:
    approved = log.approve("D1", by="B. Owner").approved
    assert approved is not None
    assert approved.by == "B. Owner"
    with pytest.raises(DecisionError, match=r"D1 was approved by B. Owner already"):
        log.approve("D1", by="C. Owner")


@pytest.mark.parametrize("by", ["A. Owner", "a owner", "A.OWNER", " a.  Owner "])
def test_nobody_approves_what_he_proposed(log: DecisionLog, by: str) -> None:
    with pytest.raises(DecisionError, match=r"D1 was proposed by A. Owner: another person has to approve it"):
        log.approve("D1", by=by)
    assert log.find("D1").approved is None


def test_names_that_differ_in_letters_are_two_persons() -> None:
    assert not is_same_person("A. Owner", "B. Owner")
    assert not is_same_person("Łukasz", "Lukasz")


def test_a_decision_that_is_approved_permits_another_person(log: DecisionLog) -> None:
    with pytest.raises(DecisionError, match="D1 is not approved: address-match decide approve D1 --by NAME"):
        log.permit("D1", by="B. Owner")
    log.approve("D1", by="B. Owner")
    log.permit("D1", by="B. Owner")
    log.permit("D1", by="An Operator")
    with pytest.raises(DecisionError, match="another person has to promote for it"):
        log.permit("D1", by="a. owner")


def test_two_names_from_one_account_are_one_person_where_the_owner_says_so(
    log: DecisionLog, tmp_path: Path
) -> None:
    (tmp_path / PROMOTION_FILE).write_text("own_accounts = true")
    with pytest.raises(DecisionError, match=f"D1 was proposed from the account {account()}, and "):
        log.approve("D1", by="B. Owner")


def test_another_account_may_approve_where_accounts_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / PROMOTION_FILE).write_text("own_accounts = true")
    audit = Audit(tmp_path)
    row = audit.append(Act.PROPOSE, "recalibrate", decision().model_dump(mode="json"), by="A. Owner")
    elsewhere = replace(row, account=f"not {account()}").sealed()
    with closing(sqlite3.connect(audit.path)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit SET account = ?, digest = ?", [elsewhere.account, elsewhere.digest])
        connection.commit()
    assert DecisionLog(tmp_path).approve("D1", by="B. Owner").approved is not None


def test_whoever_runs_it_is_meant_where_nobody_is_named(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    log.propose(decision())
    log.approve("D1", by="Somebody Else")
    with pytest.raises(DecisionError, match=f"D1 was proposed by {account()}"):
        log.permit("D1")


def test_a_decision_is_carried_out_once(log: DecisionLog, tmp_path: Path) -> None:
    log.approve("D1", by="B. Owner")
    Audit(tmp_path).append(Act.PROMOTE, "mine", {"decision": "D1"}, by="B. Owner")
    with pytest.raises(DecisionError, match=r"D1 was carried out by B. Owner on "):
        log.permit("D1", by="B. Owner")


def test_the_decision_of_another_number_is_another_one(log: DecisionLog, tmp_path: Path) -> None:
    for _ in range(9):
        Audit(tmp_path).append(Act.ROLLBACK, "default", {})
    assert log.propose(decision(), by="A. Owner") == "D11"
    log.approve("D11", by="B. Owner")
    assert log.find("D1").approved is None


def test_nothing_is_promoted_for_the_decision_to_do_nothing(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    log.propose(decision(kind="nothing"), by="A. Owner")
    log.approve("D1", by="B. Owner")
    with pytest.raises(DecisionError, match="D1 says that nothing is to be done"):
        log.permit("D1", by="B. Owner")


def test_a_decision_is_looked_at_again_in_time_to_come(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="review_date is 2020-01-31; name a day to come"):
        DecisionLog(tmp_path).propose(decision(review_date="2020-01-31"))
    assert DecisionLog(tmp_path).all() == ()


def test_an_unknown_decision_is_refused(log: DecisionLog) -> None:
    with pytest.raises(UsageError, match="there is no decision 'D2'; `address-match decide list` shows all"):
        log.approve("D2", by="B. Owner")


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_decision_or_an_approval_that_was_altered_permits_nothing(
    log: DecisionLog, tmp_path: Path, sequence: int
) -> None:
    log.approve("D1", by="B. Owner")
    with closing(sqlite3.connect(Audit(tmp_path).path)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit SET by = 'C. Owner' WHERE sequence = ?", [sequence])
        connection.commit()
    with pytest.raises(DecisionError, match=f"row {sequence} of the audit was altered"):
        log.permit("D1", by="B. Owner")
