"""Which rows of earlier answers a change of the reference touches."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from address_match.indexer.local.compared.changed_reference import ChangedReference, changed_reference
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.since.borders import Borders
from address_match.service.batch.since.touch import Touch
from address_match.service.batch.since.touched_rows import TouchedRows
from address_match.service.batch.since.two_readings import TwoReadings
from address_match.service.batch.since.word_steps import WordSteps
from address_match.service.build import update
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from tests.built_index import built_index

_HOUSES = "".join(f'{100 + n},"{n} THORNBECK ROW, MARLOW FOLD, OTLEY",LS21 4QT\n' for n in range(1, 40))
_ALONE = '504,"THE COTE, HALF LANE, MARLOW FOLD, OTLEY",LS21 4QT\n'
_OTHERS = "".join(f'{300 + n},"{n} QUERN STREET, HESTERBY, SKIPTON",BD23 7AB\n' for n in range(1, 40))
_NEXT_VILLAGE = """601,"60 QUERN STREET, OSTBY, SKIPTON",BD23 7AZ
603,"THE COTE, OSTBY, SKIPTON",BD23 7AX
"""
_UNCHANGED = "".join(f'{700 + n},"{n} FELLGATE LANE, OSTWICK, SELBY",YO8 9TT\n' for n in range(1, 40))
REFERENCE = f"uprn,address,postcode\n{_HOUSES}{_ALONE}{_OTHERS}{_NEXT_VILLAGE}{_UNCHANGED}"
CHANGES = """change,uprn,address,postcode
I,500,"41 THORNBECK ROW, MARLOW FOLD, OTLEY",LS21 4QT
U,305,"5A QUERN STREET, HESTERBY, SKIPTON",BD23 7AB
D,307,,
U,308,"FABRIC MILL, 8 QUERN STREET, HESTERBY, SKIPTON",BD23 7AB
I,501,"62 FIRST AVENUE, MARLOW FOLD, OTLEY",LS21 4QT
I,503,"OSIER YARD, MARLOW FOLD, OTLEY",LS21 4QT
I,602,"71 QUERN STREET, OSTBY, SKIPTON",BD23 7AX
I,604,"3 FELLGATE LANE, OTLEY",LS21 4QT
I,605,"80 FELLGATE LANE, OSTBY, WETHERBY",LS22 9TT
I,502,"FOLD HOUSE, 50 THORNBECK ROW, MARLOW FOLD, OTLEY",LS21 4QT
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ChangedReference, MatchPipeline]]:
    """An index of two streets, in the one of which a house is new while another changed and a third is gone in the other."""
    folder = tmp_path_factory.mktemp("since")
    index = built_index(folder, REFERENCE)
    (folder / "changes.csv").write_text(CHANGES)
    update([folder / "changes.csv"], index)
    with (
        closing(open_pipeline(index)) as pipeline,
        changed_reference(index / "g000001", index) as changed,
    ):
        yield changed, pipeline


@pytest.fixture(scope="module")
def rows(opened: tuple[ChangedReference, MatchPipeline]) -> TouchedRows:
    changed, pipeline = opened
    return TouchedRows(changed, Borders.of(pipeline, MatchOptions()), TwoReadings.of(changed, pipeline))


def touch(rows: TouchedRows, text: str, *answer: object) -> Touch:
    return touches(rows, [text], [answer])[0]


def touches(rows: TouchedRows, texts: Sequence[str], answers: Sequence[Sequence[object]]) -> list[Touch]:
    names = ("status", "uprn", "address", "probability", "absent_probability", "related_uprn", "code")
    columns = zip(*answers, strict=True)
    return rows.touches(texts, {f"match_{n}": list(c) for n, c in zip(names, columns, strict=True)})


def matched(uprn: str, address: str, probability: float = 0.9993) -> tuple[object, ...]:
    return ("matched", uprn, address, probability, 1 - probability, "", "premises")


ABSENT = ("unmatched", "", "", 0.005, 0.99, "", "street")


def test_a_row_whose_premises_is_gone_or_changed_says_so(rows: TouchedRows) -> None:
    seven, five = "7 QUERN STREET, HESTERBY, SKIPTON, BD23 7AB", "5 QUERN STREET, HESTERBY, SKIPTON, BD23 7AB"
    assert touch(rows, "7 quern st skipton", *matched("307", seven)) is Touch.GONE
    assert touch(rows, "5 quern st skipton", *matched("305", five)) is Touch.CHANGED


@pytest.mark.parametrize(
    "text",
    [
        "41 Thornbeck Row, Otley",
        "41 THORNBCK ROW LS21 4QT",
        "mrs s osier 41 thornbeck row otley",
        "4I THORNBECK ROW, OTLEY",
        "41, LS21 4QT",
        "62 first otley LS21 9ZZ",
        "osieryard, otley, ls21 4qt",
        "Quern Solicitors, Osier Yard, Otley, LS21 4QT",
        "41 Thornbeck Row, just off Fellgate Lane, LS21 9ZZ",
        "Ms D Fellgate Quern Ostwick Selby Hesterby Skipton t/a The Osier, LS21 4QT",
    ],
)
def test_a_row_that_was_absent_and_may_mean_a_new_premises_is_touched(rows: TouchedRows, text: str) -> None:
    assert touch(rows, text, *ABSENT) is Touch.ALIKE_NEW


def test_another_number_of_the_same_street_keeps_its_answer(rows: TouchedRows) -> None:
    assert touch(rows, "43 Thornbeck Row, Otley, LS21 4QT", *ABSENT) is Touch.KEPT
    own = "12 THORNBECK ROW, MARLOW FOLD, OTLEY, LS21 4QT"
    assert touch(rows, "12 thornbeck row, otley", *matched("112", own)) is Touch.KEPT


def test_the_same_number_elsewhere_keeps_its_answer(rows: TouchedRows) -> None:
    own = "41 MILL LANE, ILKLEY, LS29 9ZZ"
    assert touch(rows, "41 Mill Lane, Ilkley, LS29 9ZZ", *matched("900", own)) is Touch.KEPT


def test_a_row_near_a_border_is_matched_again(rows: TouchedRows) -> None:
    own = "12 FELLGATE LANE, OSTWICK, SELBY, YO8 9TT"
    near = rows.borders.threshold + 0.001
    assert touch(rows, "12 fellgate, selby", *matched("712", own, near)) is Touch.BORDER
    assert touch(rows, "12 fellgate, selby", *matched("712", own)) is Touch.KEPT


def test_a_row_is_nearer_to_a_border_by_the_steps_over_which_new_counts_take_its_words(
    opened: tuple[ChangedReference, MatchPipeline], rows: TouchedRows
) -> None:
    own, text = "12 THORNBECK LANE, OTLEY, LS21 9ZZ", "12 thornbeck, otley"
    thousandths = np.linspace(0, 1, 1001, dtype=np.float32)
    steps = WordSteps((thousandths,) * 4, (np.arange(1002.0),) * 4)
    stepped = TouchedRows(opened[0], replace(rows.borders, word_steps=steps), rows.readings)
    assert touch(stepped, text, *matched("906", own, 0.95)) is Touch.BORDER
    assert touch(rows, text, *matched("906", own, 0.95)) is Touch.KEPT
    assert touch(stepped, text, *matched("906", own, 0.97)) is Touch.KEPT


def test_a_row_for_review_is_touched_by_what_changed_in_its_postcode_on_whatever_street(
    rows: TouchedRows,
) -> None:
    own, text = "THE COTE, HALF LANE, MARLOW FOLD, OTLEY, LS21 4QT", "cote half lane otley"
    answer = ("504", own, 0.3, 0.3, "", "premises ~street")
    assert touch(rows, text, "review", *answer) is Touch.STREET
    assert touch(rows, text, *matched("504", own, 0.95)) is Touch.KEPT


def test_a_row_near_a_border_on_a_street_that_grew_says_so(rows: TouchedRows) -> None:
    own = "12 THORNBECK ROW, MARLOW FOLD, OTLEY, LS21 4QT"
    assert touch(rows, "12 thornbeck, otley", *matched("112", own, 0.95)) is Touch.STREET


def test_a_blank_row_keeps_its_answer(rows: TouchedRows) -> None:
    assert touch(rows, "  ", "unmatched", "", "", 0.0, 0.0, "", "") is Touch.KEPT


def test_a_rival_that_changed_in_nothing_that_the_row_says_counts_where_it_is_contested(
    rows: TouchedRows,
) -> None:
    own, text = "8 QUERN STREET, HESTERBY, SKIPTON, BD23 9ZZ", "8 quern street, hesterby, skipton"
    assert touch(rows, text, *matched("901", own, 0.9999)) is Touch.KEPT
    assert touch(rows, text, "review", "901", own, 0.5, 0.3, "", "premises") is Touch.ALIKE_CHANGED
    assert touch(rows, f"fabric mill, {text}", *matched("901", own, 0.9999)) is Touch.ALIKE_CHANGED


def test_a_row_that_is_read_the_same_keeps_its_answer_whatever_is_known_of_its_words(
    rows: TouchedRows,
) -> None:
    own, text = "12 FELLGATE LANE, OSTWICK, SELBY, YO8 9TT", "12 fellgate lane, fold, selby"
    assert rows.readings.differ([text]) == [False]
    assert touch(rows, text, *matched("712", own)) is Touch.KEPT


def test_a_row_that_agrees_in_everything_is_read_anew_unless_it_is_far_above_the_threshold(
    rows: TouchedRows,
) -> None:
    own, text = "12 OSIER LANE, OSTWICK, SELBY, YO8 9TT", "12 osier lane, ostwick, selby"
    assert rows.borders.threshold == pytest.approx(0.9)
    assert touch(rows, text, *matched("903", own, 0.992)) is Touch.WORDS
    assert touch(rows, text, *matched("903", own, 0.996)) is Touch.KEPT


def test_a_row_that_names_what_is_a_name_of_its_town_now_is_touched(rows: TouchedRows) -> None:
    own, text = "12 FOLD HOUSE ROAD, OTLEY, LS21 9ZZ", "12 fold house, otley, ls21 9zz"
    assert touch(rows, text, *matched("902", own)) is Touch.STREET
    assert touch(rows, "12 fold house, selby", *matched("902", "12 FOLD HOUSE ROAD, SELBY")) is Touch.KEPT


def test_a_row_for_review_is_touched_by_a_street_that_the_town_of_the_offered_premises_has_now(
    rows: TouchedRows,
) -> None:
    offered = ("904", "12 FELLGATE CLOSE, OTLEY, LS21 9ZZ", 0.97, 0.03, "", "premises ~street")
    elsewhere = ("905", "12 FELLGATE CLOSE, SKIPTON, BD23 9ZZ", 0.97, 0.03, "", "premises ~street")
    assert touch(rows, "12 fellgate lane", "review", *offered) is Touch.STREET
    assert touch(rows, "12 fellgate lane", "review", *elsewhere) is Touch.KEPT


def test_a_number_of_a_street_that_the_asked_postcode_holds_now_without_it_is_touched(
    rows: TouchedRows,
) -> None:
    own, text = "12 QUERN STREET, HESTERBY, SKIPTON, BD23 7AB", "12 quern st, skipton"
    assert touch(rows, f"{text} BD23 7AX", *matched("312", own)) is Touch.STREET
    assert touch(rows, f"{text} BD23 7AZ", *matched("312", own)) is Touch.KEPT


def test_a_number_of_a_street_that_the_asked_locality_holds_now_without_it_is_touched(
    rows: TouchedRows,
) -> None:
    own = "12 FELLGATE LANE, OSTWICK, SELBY, YO8 9TT"
    assert touch(rows, "12 fellgate lane, ostby", *matched("712", own)) is Touch.STREET
    assert touch(rows, "12 fellgate lane, hesterby", *matched("712", own)) is Touch.KEPT


def test_what_touches_a_row_does_not_depend_on_the_others(rows: TouchedRows) -> None:
    texts = ["41 Thornbeck Row, Otley", "43 Thornbeck Row, Otley", "", "5 quern street"]
    together = touches(rows, texts, [ABSENT] * 4)
    assert together == [touch(rows, text, *ABSENT) for text in texts]
