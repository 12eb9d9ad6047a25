from address_match.service.matching.account.match_code import MARKS, Level, match_code
from address_match.service.matching.account.verdict import ELEMENTS, Verdict
from address_match.service.matching.features.feature import Field


def code(**verdicts: Verdict) -> str:
    named = {Field(name): verdict for name, verdict in verdicts.items()}
    return match_code(tuple(named.get(element, Verdict.UNSAID) for element in ELEMENTS))


def test_what_agrees_has_no_mark() -> None:
    assert code(number=Verdict.SAME, street=Verdict.SAME, town=Verdict.IMPLIED) == "premises"


def test_marks_stand_in_the_order_of_the_elements() -> None:
    written = code(number=Verdict.RESPELLED, building=Verdict.UNASKED, town=Verdict.MISSING)
    assert written == "premises ~number +building -town"


def test_another_part_of_the_building_reaches_the_building() -> None:
    assert code(number=Verdict.SAME, flat=Verdict.DIFFERS) == "building !flat"
    assert code(building=Verdict.SAME, flat=Verdict.UNASKED) == "building +flat"


def test_another_number_reaches_the_street_though_the_building_agrees() -> None:
    verdicts = {"number": Verdict.DIFFERS, "building": Verdict.SAME, "street": Verdict.SAME}
    assert code(**verdicts) == "street !number"


def test_the_same_number_of_another_street_reaches_the_place() -> None:
    assert code(number=Verdict.SAME, street=Verdict.DIFFERS, town=Verdict.SAME) == "place !street"


def test_the_place_behind_a_number_is_another_premises() -> None:
    verdicts = {"number": Verdict.SAME, "street": Verdict.SAME, "position": Verdict.DIFFERS}
    assert code(**verdicts) == "street !position"


def test_a_candidate_that_agrees_in_nothing_says_so() -> None:
    assert code(street=Verdict.MISSING) == "nothing -street"


def test_a_code_begins_with_no_sign_that_a_spreadsheet_runs() -> None:
    assert all(level.value[0].isalpha() for level in Level)
    assert set(MARKS.values()) == {"~", "+", "-", "!"}
