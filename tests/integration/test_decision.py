"""What the whole pipeline decides, with the shipped bundle, over a few made-up premises."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from address_match.service.build import build
from address_match.service.matching.answer import Reason, Relation, Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from tests.built_index import built_pipeline

REFERENCE = """uprn,address,postcode,classification
1,"12 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT,RD04
2,"21 THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT,RD04
3,"14A THORNBECK ROAD, MARLOW FOLD, OTLEY",LS21 4QT,RD06
4,"FLAT 3, OSIER COURT, QUERN STREET, OTLEY",LS21 7BD,RD06
5,"FLAT 4, OSIER COURT, QUERN STREET, OTLEY",LS21 7BD,RD06
6,"30 HESTER CLOSE, OTLEY",LS21 9XX,RD04
7,"57 ALBERT ROAD, AYLESBURY",HP22 0NG,RD04
8,"THE OLD BAKERY, 8 CHAPEL LANE, OTLEY",LS21 1AB,RD02
9,"STREET RECORD, HESTER CLOSE, OTLEY",LS21 9XX,PS
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    with built_pipeline(tmp_path_factory.mktemp("decision"), REFERENCE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "uprn"),
    [
        ("12 Thornbeck Rd, Otley LS21 4QT", "1"),
        ("flat a 14 thornbeck road otley ls214qt", "3"),
        ("3 Osier Court, Quern Street, Otley, LS21 7BD", "4"),
        ("30 hestor close otley", "6"),
        ("Old Bakery, Chapel Lane, Otley LS21 1AB", "8"),
    ],
)
def test_the_premises_asked_for_is_matched(pipeline: MatchPipeline, text: str, uprn: str) -> None:
    answer = pipeline.match([text])[0]
    assert (answer.status, answer.uprn, answer.relation) == (Status.MATCHED, uprn, Relation.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "13 Thornbeck Road, Otley LS21 4QT",
        "14C Thornbeck Road, Otley LS21 4QT",
        "Flat 9, Osier Court, Quern Street, Otley LS21 7BD",
        "57 Albert Road, Haywards Heath",
        "1 Nowhere Street, Penzance TR18 2AA",
        "Hester Close, Otley LS21 9XX",
    ],
)
def test_what_the_reference_does_not_hold_is_not_matched(pipeline: MatchPipeline, text: str) -> None:
    assert pipeline.match([text])[0].status is not Status.MATCHED


def test_a_building_of_which_only_flats_are_held_is_said_to_be_held_in_parts(pipeline: MatchPipeline) -> None:
    answer = pipeline.match(["Osier Court, Quern Street, Otley LS21 7BD"])[0]
    assert (answer.status, answer.reason) == (Status.UNMATCHED, Reason.CHILD_ONLY)


def test_how_many_candidates_are_listed_changes_nothing_else(pipeline: MatchPipeline) -> None:
    text = "Osier Court flat, Quern Street, Otley LS21 7BD"
    one, many = pipeline.match([text], top=1)[0], pipeline.match([text], top=5)[0]
    assert (one.status, one.reason) == (many.status, many.reason)
    # Where one is listed, the short search may answer, which compares fewer of the others.
    assert one.probability == pytest.approx(many.probability, abs=1e-6)
    assert (len(one.candidates), len(many.candidates)) == (1, 5)


def test_probabilities_of_all_candidates_and_of_absence_sum_to_one(pipeline: MatchPipeline) -> None:
    answer = pipeline.match(["21 Thornbeck Road"], top=100)[0]
    assert sum(c.probability for c in answer.candidates) + answer.absent_probability == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("Garage 3, Osier Court, Quern Street, Otley LS21 7BD", "10"),
        ("Garage 3, Alder Court, Quern Street, Otley LS21 7BE", "20"),
        ("Garage 3 Alder Court Otley", "20"),
        ("Garage 3, Birch Court, Quern Street, Otley LS21 7BF", "30"),
    ],
)
def test_what_is_offered_depends_neither_on_what_is_listed_nor_on_how_long_is_searched(
    tmp_path: Path, text: str, parent: str
) -> None:
    garages = [
        f'{court}{n},"{kind} {n}, {name} COURT, QUERN STREET, OTLEY",LS21 7B{letter},{what}'
        for court, name, letter in ((1, "OSIER", "D"), (2, "ALDER", "E"), (3, "BIRCH", "F"))
        for kind, n, what in (("GARAGE", 3, "RG02"), *(("FLAT", n, "RD06") for n in (1, 2, 4, 5, 6, 7)))
    ]
    courts = [
        '10,"OSIER COURT, QUERN STREET, OTLEY",LS21 7BD,PP',
        '20,"ALDER COURT, QUERN STREET, OTLEY",LS21 7BE,PP',
        '30,"BIRCH COURT, QUERN STREET, OTLEY",LS21 7BG,PP',
    ]
    reference = tmp_path / "reference.csv"
    reference.write_text("\n".join(["uprn,address,postcode,classification", *garages, *courts, ""]))
    build(reference, tmp_path / "index")
    with closing(open_pipeline(tmp_path / "index")) as pipeline:
        found = {
            (answer.reason, answer.related_uprn)
            for top in (1, 5, 20)
            for thorough in (False, True)
            for answer in pipeline.match([text], top=top, thorough=thorough)
        }
    assert found == {(Reason.PARENT_ONLY, parent)}
