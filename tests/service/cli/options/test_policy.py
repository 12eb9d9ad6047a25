import argparse
from datetime import date

import pytest

from address_match.service.cli.options.command import CommandParser
from address_match.service.cli.options.policy import (
    AUTO,
    add_as_at,
    add_policy,
    add_threshold,
    policy_of,
    threshold_of,
)
from address_match.service.errors import UsageError
from address_match.service.matching.policy import DecisionPolicy


def read(*words: str, auto: bool = True) -> argparse.Namespace:
    parser = CommandParser()
    add_policy(parser, auto=auto)
    add_threshold(parser)
    return parser.parse_args(words)


def test_without_options_the_defaults_hold() -> None:
    assert policy_of(read()) == DecisionPolicy(absence_prior=0.3, precision=0.99)


def test_options_override_the_environment_and_that_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_ABSENCE_PRIOR", "0.5")
    monkeypatch.setenv("ADDRESS_MATCH_PRECISION", "0.98")
    assert policy_of(read()) == DecisionPolicy(absence_prior=0.5, precision=0.98)
    assert policy_of(read("--absence-prior", "0.1", "--precision", "0.995")) == DecisionPolicy(0.1, 0.995)


@pytest.mark.parametrize(
    ("variable", "value"), [("ADDRESS_MATCH_PRECISION", "sure"), ("ADDRESS_MATCH_ABSENCE_PRIOR", "1.5")]
)
def test_an_environment_that_says_no_share_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError, match=f"{variable} is '{value}'"):
        policy_of(read())


@pytest.mark.parametrize("prior", ["0.001", "0.96"])
def test_a_prior_for_which_no_probability_is_known_is_refused(prior: str) -> None:
    with pytest.raises(UsageError, match=f"the prior of absence {prior} is not between 0.01 and 0.95"):
        policy_of(read("--absence-prior", prior))


def test_auto_starts_from_what_is_assumed_otherwise() -> None:
    arguments = read("--absence-prior", AUTO)
    assert arguments.absence_prior == AUTO
    assert policy_of(arguments).absence_prior == 0.3


@pytest.mark.parametrize(
    "words",
    [("--absence-prior", "1.5"), ("--precision", "99%"), ("--precision", "1"), ("--threshold", "high")],
)
def test_what_is_no_share_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read(*words)
    assert "is no share between 0 and 1" in capsys.readouterr().err


def test_a_threshold_is_taken_as_it_is_named() -> None:
    taken = [threshold_of(read("--threshold", word)) for word in ("auto", "off", "0.97")]
    assert taken == [0.0, 0.0, 0.97]


def test_one_address_has_no_prior_to_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read("--absence-prior", "auto", auto=False)
    assert "'auto' is no share between 0 and 1" in capsys.readouterr().err


@pytest.mark.parametrize("threshold", [-0.1, 1.0])
def test_a_threshold_that_is_no_probability_of_a_match_is_refused(threshold: float) -> None:
    with pytest.raises(UsageError, match="is no probability from 0 to below 1"):
        DecisionPolicy(threshold=threshold)


@pytest.mark.parametrize("written", ["20210321", "2021-W11-7", "21/03/2021", "2021-02-30"])
def test_a_day_is_written_in_one_form(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = CommandParser()
    add_as_at(parser)
    assert parser.parse_args(["--as-at", "2021-03-21"]).as_at == date(2021, 3, 21)
    with pytest.raises(SystemExit):
        parser.parse_args(["--as-at", written])
    assert "no day of the form YYYY-MM-DD" in capsys.readouterr().err
