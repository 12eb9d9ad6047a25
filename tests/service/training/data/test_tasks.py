from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.near_misses import TRAINED_KINDS, near_misses
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    RANKER_SPLITS,
    street_key,
    street_split,
)
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.training.data.held_out_reference import hold_out_premises
from address_match.service.training.data.tasks import (
    CALIBRATION_HELD_OUT,
    QUERIES_A_PREMISES,
    HeldOutShares,
    TrainingTask,
    ranker_task,
)
from address_match.service.training.data.user_labels import labelled_queries

PREMISES = tuple(SyntheticCountry(7, 3_000).premises())
SPLIT = {place.uprn: street_split(place) for place in PREMISES}


def test_a_task_asks_only_for_premises_on_its_own_streets() -> None:
    queries = TrainingTask(PREMISES, RANKER_SPLITS, hold_out_premises(PREMISES, 1, 0.25)).queries(200, 1)
    assert len(queries) == 200
    assert {SPLIT[query.uprn] for query in queries} <= RANKER_SPLITS


def test_what_is_held_out_is_asked_for_as_absent() -> None:
    held_out = hold_out_premises(PREMISES, 1, 0.5)
    for query in TrainingTask(PREMISES, RANKER_SPLITS, held_out).queries(200, 1, absent=0.5):
        assert query.absent == (query.uprn in held_out)


def test_hard_queries_ask_more_for_organisations_and_ranges() -> None:
    held = {place.uprn: place for place in PREMISES}
    task = TrainingTask(PREMISES, RANKER_SPLITS, frozenset())
    even, hard = (
        [held[query.uprn] for query in task.queries(400, 1, absent=0, hard=hard)] for hard in (False, True)
    )
    for asked in (lambda place: bool(place.organisation), lambda place: place.number_end > 0):
        assert sum(map(asked, hard)) > 1.2 * sum(map(asked, even))


def test_few_premises_give_few_queries() -> None:
    few = PREMISES[:40]
    asked = [place for place in few if street_split(place) in RANKER_SPLITS]
    assert len(TrainingTask(few, RANKER_SPLITS, frozenset()).queries(1_000, 1)) <= QUERIES_A_PREMISES * len(
        asked
    )


def test_no_label_teaches_both_the_ranker_and_the_calibration() -> None:
    labels = [EvaluationQuery(f"{n} MILL LANE", frozenset({str(n)} if n % 3 else ())) for n in range(90)]
    ranker, calibration = (labelled_queries(labels, splits) for splits in (RANKER_SPLITS, CALIBRATION_SPLITS))
    assert {q.text for q in ranker}.isdisjoint(q.text for q in calibration)
    assert len(ranker) + len(calibration) == 90
    assert sum(q.absent for q in (*ranker, *calibration)) == 30


def test_of_each_near_miss_the_reference_holds_one_and_both_are_asked_for() -> None:
    pairs = tuple(near_misses(PREMISES, 1, TRAINED_KINDS, rate=0.3))
    task = ranker_task(PREMISES, 1, pairs)
    assert all((pair.of.uprn in task.held_out) != (pair.premises.uprn in task.held_out) for pair in pairs)
    asked = {query.uprn for query in task.queries(400, 1)}
    assert asked & {pair.premises.uprn for pair in pairs}
    assert asked & {pair.of.uprn for pair in pairs}


def test_streets_are_held_out_whole() -> None:
    held_out = HeldOutShares(premises=0.0, streets=0.3, towns=0.0).hold_out(PREMISES, 1)
    by_street: dict[str, set[bool]] = {}
    for place in PREMISES:
        by_street.setdefault(street_key(place), set()).add(place.uprn in held_out)
    assert all(len(held) == 1 for held in by_street.values())
    assert 0.2 < sum(held == {True} for held in by_street.values()) / len(by_street) < 0.4
    assert all(shares.streets > 0 for shares in CALIBRATION_HELD_OUT)
