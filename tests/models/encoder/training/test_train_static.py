from pathlib import Path

import numpy as np
import pytest

from address_match.models.bundle import load_bundle
from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.training.run_training import TrainingRun
from address_match.models.encoder.training.train_static import train_static
from tests.models.encoder.training.factories import TEXTS, short, some_pairs

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")


def trained(out: Path, *, seed: int = 7) -> StaticEncoder:
    train_static(some_pairs(), out, TrainingRun(seed, short()), dimensions=64)
    return StaticEncoder.load(out)


def test_sentence_transformers_and_numpy_give_the_same_vectors(tmp_path: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    trained(tmp_path)
    model = sentence_transformers.SentenceTransformer(str(tmp_path), trust_remote_code=True, device="cpu")
    texts = [*TEXTS, ""]
    np.testing.assert_allclose(model.encode(texts), open_encoder(tmp_path).encode(texts), atol=1e-4)


def test_training_again_gives_the_same_weights(tmp_path: Path) -> None:
    first, again = trained(tmp_path / "a"), trained(tmp_path / "b")
    assert first.fingerprint == again.fingerprint
    assert trained(tmp_path / "c", seed=8).fingerprint != first.fingerprint


def test_training_lowers_the_loss_and_reports_it(tmp_path: Path) -> None:
    seen: list[int] = []
    report = train_static(
        some_pairs(),
        tmp_path,
        TrainingRun(7, short(20), tell=lambda progress: seen.append(progress.step)),
        dimensions=64,
    )
    assert report.last_loss < report.first_loss
    assert (report.pairs, report.streets, report.steps) == (60, 4, 20)
    assert seen == list(range(1, 21))


def test_a_table_of_the_shipped_size_is_small_enough() -> None:
    shipped = load_bundle().encoder_path / "model.safetensors"
    assert shipped.stat().st_size <= 20e6
