from pathlib import Path

import numpy as np

from address_match.service.lifecycle.labels.answered_file import AnsweredFile
from address_match.service.lifecycle.labels.sample import Sample, SampledAnswer
from address_match.service.lifecycle.labels.store import LabelStore

ANSWERS = """address,match_status,match_uprn,match_address,match_probability,match_error
1 mill lane,matched,0100,1 MILL LANE,0.97,
=2 mill lane,matched,0200,2 MILL LANE,0.9999,
9 mill lane,unmatched,,,0.1,
,unmatched,,,0,
5 mill lane,review,0500,5 MILL LANE,0.7,
"""


def answers_file(folder: Path) -> Path:
    """Write what `match` would write of five rows, one of them without an address."""
    path = folder / "answers.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def sampled(name: str = "a1", **said: object) -> SampledAnswer:
    """Make an answer to label; `said` are other fields of it."""
    fields: dict[str, object] = {
        "id": name,
        "row": 1,
        "address": "1 MILL LANE",
        "status": "matched",
        "uprn": "0100",
        "matched_address": "1 MILL LANE",
        "probability": 0.97,
        "inclusion": 0.5,
        "stratum": "matched from 0.95",
        "blind": False,
        "second": False,
    }
    return SampledAnswer(**fields | said)  # type: ignore[arg-type]  # fields of several types by name


def store_of(folder: Path, *answers: SampledAnswer) -> LabelStore:
    """Make a store with one sample."""
    store = LabelStore(folder / "labels")
    store.add_sample(Sample(answers, {"matched from 0.95": 2 * len(answers)}, "0" * 64, 1))
    return store


def answered(count: int, seed: int = 1) -> AnsweredFile:
    """Make answers of which those above .9 are matched and those below .5 unmatched."""
    probabilities = np.random.default_rng(seed).beta(0.5, 0.2, count)
    statuses = np.where(probabilities > 0.9, "matched", np.where(probabilities > 0.5, "review", "unmatched"))
    nothing = [""] * count
    return AnsweredFile(range(1, count + 1), nothing, statuses.tolist(), nothing, nothing, probabilities)
