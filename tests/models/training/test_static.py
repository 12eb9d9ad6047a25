from pathlib import Path

import numpy as np
import pytest

from models.encoder.static import StaticEncoder
from models.errors import TrainingDataError
from models.training.sampling import BatchSampler
from models.training.static import train_static

STREETS = ("ACLAND ROAD", "BRIAR LANE", "CEDAR CLOSE", "DOVER STREET")
PAIRS = [
    (f"{number} {street}, NORTHAM, AB1 {number % 9}CD", f"{number} {street.title()} northam")
    for street in STREETS
    for number in range(1, 16)
]
GROUPS = [group for group, _ in enumerate(STREETS) for _ in range(1, 16)]
TEXTS = ["12 Acland Rd, Northam AB1 2CD", "", "Flat 2, 14 Briar Lane", "14-16 Cäer-wen", "X" * 10_000]


def trained(out: Path, *, seed: int = 7) -> StaticEncoder:
    train_static(PAIRS, GROUPS, out, seed=seed, steps=4, batch_size=32, dimensions=64)
    return StaticEncoder.load(out)


def test_batches_hold_no_pair_twice_and_neighbours_for_half() -> None:
    groups = [position // 10 for position in range(1000)]
    sampler = BatchSampler(groups, batch_size=100, rng=np.random.default_rng(1))
    for batch in sampler.batches(20):
        assert len(set(batch.tolist())) == len(batch)
        crowded = np.bincount(batch // 10)
        assert crowded[crowded >= 9].sum() >= 40


def test_a_group_for_each_pair_is_demanded(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="60 pairs but 1 groups"):
        train_static(PAIRS, [1], tmp_path, seed=1)


def test_too_few_pairs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="0 pairs are too few"):
        train_static([], [], tmp_path, seed=1)


def test_sentence_transformers_and_numpy_give_the_same_vectors(tmp_path: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    served = trained(tmp_path)
    model = sentence_transformers.SentenceTransformer(str(tmp_path), trust_remote_code=True, device="cpu")
    np.testing.assert_allclose(model.encode(TEXTS), served.encode(TEXTS), atol=1e-4)


def test_training_again_with_one_thread_gives_the_same_weights(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    first, again = trained(tmp_path / "a"), trained(tmp_path / "b")
    assert first.fingerprint == again.fingerprint
    assert trained(tmp_path / "c", seed=8).fingerprint != first.fingerprint


def test_training_lowers_the_loss_and_reports_it(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    seen: list[int] = []
    report = train_static(
        PAIRS,
        GROUPS,
        tmp_path,
        seed=7,
        steps=20,
        batch_size=32,
        dimensions=64,
        progress=lambda step, _steps, _loss: seen.append(step),
    )
    assert report.last_loss < report.first_loss
    assert (report.pairs, report.groups, report.steps) == (60, 4, 20)
    assert seen == list(range(1, 21))
