from models.synthesis.folds import CALIBRATION_FOLDS, RANKER_FOLDS, street_fold
from models.synthesis.world import World
from service.evaluation.queries import EvaluationQuery
from service.training.ground import MOST_TIMES_ASKED, Ground
from service.training.labels import labelled_queries
from service.training.lacking import lacking_at

PREMISES = tuple(World(7, 3_000).premises())
FOLD = {place.uprn: street_fold(place) for place in PREMISES}


def test_a_ground_asks_only_for_premises_on_its_own_streets() -> None:
    queries = Ground(PREMISES, RANKER_FOLDS, lacking_at(PREMISES, 1, 0.25)).queries(200, 1)
    assert len(queries) == 200
    assert {FOLD[query.uprn] for query in queries} <= RANKER_FOLDS


def test_what_is_lacking_is_asked_for_as_absent() -> None:
    lacking = lacking_at(PREMISES, 1, 0.5)
    for query in Ground(PREMISES, RANKER_FOLDS, lacking).queries(200, 1, absent=0.5):
        assert query.absent == (query.uprn in lacking)


def test_hard_queries_ask_more_for_organisations_and_ranges() -> None:
    held = {place.uprn: place for place in PREMISES}
    ground = Ground(PREMISES, RANKER_FOLDS, frozenset())
    even, hard = (
        [held[query.uprn] for query in ground.queries(400, 1, absent=0, hard=hard)] for hard in (False, True)
    )
    for asked in (lambda place: bool(place.organisation), lambda place: place.number_end > 0):
        assert sum(map(asked, hard)) > 1.2 * sum(map(asked, even))


def test_few_premises_give_few_queries() -> None:
    few = PREMISES[:40]
    asked = [place for place in few if street_fold(place) in RANKER_FOLDS]
    assert len(Ground(few, RANKER_FOLDS, frozenset()).queries(1_000, 1)) <= MOST_TIMES_ASKED * len(asked)


def test_no_label_teaches_both_the_ranker_and_the_calibration() -> None:
    labels = [EvaluationQuery(f"{n} MILL LANE", frozenset({str(n)} if n % 3 else ())) for n in range(90)]
    ranker, calibration = (labelled_queries(labels, folds) for folds in (RANKER_FOLDS, CALIBRATION_FOLDS))
    assert {q.text for q in ranker}.isdisjoint(q.text for q in calibration)
    assert len(ranker) + len(calibration) == 90
    assert sum(q.absent for q in (*ranker, *calibration)) == 30
