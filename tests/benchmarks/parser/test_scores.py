from pathlib import Path

from address_match.parser.labels import Label
from benchmarks.parser.scores import share_right, token_calibration_error, wins_and_losses
from benchmarks.parser.verdicts import Verdict, read_causes, write_verdicts


def _verdict(name: str, *given: Label, certainty: float = 0.9) -> Verdict:
    truth = (Label.NUMBER, Label.STREET)
    return Verdict(name, "as is", truth, given, (certainty,) * 2, certainty, within_best=True)


_RIGHT = _verdict("a", Label.NUMBER, Label.STREET)
_WRONG = _verdict("b", Label.NUMBER, Label.TOWN)


def test_an_address_is_right_when_every_token_is() -> None:
    assert (share_right([_RIGHT, _WRONG]), _WRONG.causes) == (0.5, "StreetName as TownName")


def test_the_calibration_error_is_the_distance_of_claims_from_truth() -> None:
    error = token_calibration_error([_RIGHT, _WRONG])
    assert error is not None
    assert abs(error - 0.15) < 1e-9


def test_wins_and_losses_name_the_cause_of_the_error_that_came_or_went(tmp_path: Path) -> None:
    write_verdicts([_RIGHT, _WRONG], tmp_path / "before.tsv")
    now = [_verdict("a", Label.LOCALITY, Label.STREET), _verdict("b", Label.NUMBER, Label.STREET)]
    assert wins_and_losses(now, read_causes(tmp_path / "before.tsv")).rows == (
        ("loss", "as is", "BuildingNumber as Locality", 1),
        ("win", "as is", "StreetName as TownName", 1),
    )
