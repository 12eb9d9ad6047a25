"""Which share of the matched is right, by the labels of a sample."""

from collections import Counter
from collections.abc import Iterable

from address_match.service.evaluation.hand_check import CheckedStratum
from address_match.service.labels.drawing import strata_of_matched
from address_match.service.labels.label_set import Label
from address_match.service.labels.sample import Sample
from address_match.service.labels.verdict import Verdict


def checked_strata_of(sample: Sample, labels: Iterable[Label]) -> list[CheckedStratum]:
    """Count the matched answers of a file and their labels by stratum, the unsure first.

    Those that were drawn from all answers alike count in the stratum that they lie in: of it they are drawn at random, too.
    """
    ids = {answer.id for answer in sample.answers}
    known = [one for one in labels if one.answer.id in ids and one.judgement.is_known]
    found = Counter((one.answer.stratum, one.judgement.verdict is Verdict.RIGHT) for one in known)
    return [
        CheckedStratum(sample.strata[name], found[name, True] + found[name, False], found[name, True])
        for name in strata_of_matched(sample.strata)
    ]
