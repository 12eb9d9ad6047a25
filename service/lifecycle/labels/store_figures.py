"""What a store of labels holds, in figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from address_match.service.evaluation.hand_check import estimate_right
from address_match.service.evaluation.intervals import EstimatedShare
from address_match.service.lifecycle.labels.label_set import label_set, labels_sha256
from address_match.service.lifecycle.labels.precision import checked_strata_of
from address_match.service.lifecycle.labels.sample import Sample
from address_match.service.lifecycle.labels.store import LabelStore


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """How the labels of a store stand."""

    labels: int
    contradicting: int
    sha256: str
    """Names the set of those that say what is right."""
    last: str
    """When the last label was taken in, UTC; empty where there is none."""
    verdicts: Mapping[str, int]
    coders: Mapping[str, int]
    right: tuple[tuple[Sample, EstimatedShare | None], ...]
    """Which share of the matched is right by the labels of each sample, None where they are too few to say."""

    def as_json(self) -> dict[str, object]:
        """Give it as a JSON object."""
        names = ("labels", "contradicting", "sha256", "last", "verdicts", "coders")
        samples = [
            {
                "id": sample.id,
                "answers": len(sample.answers),
                "drawn_of": sum(sample.strata.values()),
                "file_sha256": sample.source_sha256,
                "precision": share and share.as_json(),
            }
            for sample, share in self.right
        ]
        return {name: getattr(self, name) for name in names} | {"samples": samples}


def figures_of_store(store: LabelStore) -> StoreFigures:
    """Count the labels of a store, and say which share of the matched is right by each of its samples."""
    labels, coded = label_set(store), store.coded()
    return StoreFigures(
        labels=len(labels.labels),
        contradicting=len(labels.contradictions),
        sha256=labels_sha256(labels.true_addresses),
        last=labels.last,
        verdicts=dict(Counter(one.judgement.verdict.value for one in labels.labels)),
        coders=dict(Counter(coder for one in coded for coder in [one.coder] * len(one.judgements))),
        right=tuple(
            (sample, estimate_right(checked_strata_of(sample, labels.labels))) for sample in store.samples()
        ),
    )
