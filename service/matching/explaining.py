"""Puts what the stages computed for one address into an explanation."""

import numpy as np

from indexer.retrieval import Channel
from models.ranker import AdditiveRanker
from parser.parse import Parse
from service.matching.answer import Answer
from service.matching.comparison.columns import LEFT_EMPTY
from service.matching.comparison.features import FEATURES
from service.matching.comparison.joined import joined_in_words
from service.matching.comparison.names import NameAgreement, StreetTypeRelation
from service.matching.comparison.places import PostcodeRelation, TownRelation
from service.matching.comparison.premises_part import NumberRelation, UnitRelation
from service.matching.comparison.standing import TextStanding, WordedUnits
from service.matching.explanation import Contribution, ExplainedCandidate, Explanation
from service.matching.ranking import CalibratedBatch
from service.matching.relation import relation

LISTED = 10
_CATEGORIES = {
    "number": NumberRelation,
    "unit": UnitRelation,
    "town_found": TownRelation,
    "postcode": PostcodeRelation,
    "street_type": StreetTypeRelation,
    "names": NameAgreement,
    "standing": TextStanding,
    "worded_units": WordedUnits,
}


def explain(
    parse: Parse, answer: Answer, batch: CalibratedBatch, ranker: AdditiveRanker, uprn: str | None
) -> Explanation:
    """Explain the batch's only query; list its best premises, and the one that is asked about."""
    ranked = batch.ranked
    rows = ranked.text_rows()
    uprns = ranked.candidates.texts.column("uprn").take(rows).to_pylist()
    listed = [i for i, held in enumerate(uprns) if i < LISTED or held == uprn]
    candidates = tuple(_explained(i, batch, ranker, uprns[i]) for i in listed)
    return Explanation(parse, answer, candidates, _absence(float(batch.absent[0]), answer))


def _explained(i: int, batch: CalibratedBatch, ranker: AdditiveRanker, uprn: str) -> ExplainedCandidate:
    ranked = batch.ranked
    features = ranked.features[i]
    worth = ranker.contributions(features[None, :])[0]
    order = np.argsort(-np.abs(worth), kind="stable")
    contributions = tuple(
        Contribution(FEATURES[j].name, _in_words(features, int(j)), float(worth[j])) for j in order
    )
    pair = ranked.pair[i]
    channels = Channel(int(ranked.candidates.channels[pair]))
    return ExplainedCandidate(
        uprn,
        ranked.candidates.texts.column("address")[int(ranked.candidates.text[pair])].as_py(),
        float(batch.probability[i]),
        relation(features),
        tuple(str(c.name).lower() for c in Channel if c in channels),
        contributions,
        float(ranked.log_odds[i]),
    )


def _in_words(features: "np.ndarray[tuple[int], np.dtype[np.float32]]", j: int) -> str:
    name, value = FEATURES[j].name, float(features[j])
    if together := joined_in_words(name, int(value)):
        return together
    if name in _CATEGORIES:
        return str(_CATEGORIES[name](int(value)).name).lower().replace("_", " ")
    if FEATURES[j].unsaid and value < 0:
        return "not in the query" if value == LEFT_EMPTY else "not in the candidate"
    return f"{value:.2f}"


def _absence(absent: float, answer: Answer) -> str:
    if not answer.candidates:
        return "Nothing in the reference resembles this address."
    best = answer.candidates[0]
    if absent > best.probability:
        return (
            f"That the premises is not in the reference ({absent:.3f}) is likelier than the best candidate "
            f"({best.probability:.3f}), which is {best.relation.value or 'unrelated'}."
        )
    return f"The best candidate ({best.probability:.3f}) is likelier than absence ({absent:.3f})."
