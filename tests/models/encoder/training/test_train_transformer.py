"""Fine-tuning a tiny model of random weights; slow, for torch exports it to ONNX."""

from pathlib import Path

import numpy as np
import pytest

from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.encoder.training.fit import Progress
from address_match.models.encoder.training.run_training import TrainingReport, TrainingRun
from address_match.models.encoder.training.schedule import Schedule
from address_match.models.encoder.training.train_transformer import packaged_base, train_transformer
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.errors import EncoderError, MissingTrainingExtraError
from tests.models.encoder.training.factories import TEXTS, some_pairs
from tests.models.encoder.transformer.tiny import save_tiny_transformer

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")

SCHEDULE = Schedule(steps=60, batch_size=32, learning_rate=3e-3, checks=3)
CHECKPOINT = "checkpoint.safetensors"


class KilledError(Exception):
    """Stands for a signal."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_transformer(tmp_path_factory.mktemp("bases") / "tiny")


def trained(base: Path, out: Path, *, killed_at: int = -1, resume: bool = False) -> TrainingReport:
    def tell(progress: Progress) -> None:
        if progress.step == killed_at:
            raise KilledError

    return train_transformer(
        some_pairs(),
        out,
        TrainingRun(7, SCHEDULE, out.parent / CHECKPOINT, resume=resume, tell=tell),
        base=base,
        longest=24,
        device="cpu",
    )


@pytest.mark.slow
def test_a_fine_tuned_model_is_served_in_full_and_in_eight_bits(base: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    report = trained(base, tmp_path / "out")
    in_full = open_encoder(tmp_path / "out", device="cpu", precision=Precision.FP32)
    in_eight_bits = open_encoder(tmp_path / "out", device="cpu")
    model = SentenceTransformer(str(tmp_path / "out"), device="cpu")
    np.testing.assert_allclose(in_full.encode(TEXTS), model.encode(TEXTS), atol=1e-4)
    cosines = (in_full.encode(TEXTS) * in_eight_bits.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.9
    assert report.recall_in_full - report.recall_rounded <= 0.005
    assert in_full.fingerprint == in_eight_bits.fingerprint
    assert report.last_loss < report.first_loss
    assert (report.family, report.base, report.dimensions, report.steps) == ("transformer", "tiny", 32, 60)


@pytest.mark.slow
def test_a_killed_training_ends_as_one_that_was_not(base: Path, tmp_path: Path) -> None:
    trained(base, tmp_path / "whole")
    with pytest.raises(KilledError):
        trained(base, tmp_path / "killed", killed_at=45)
    assert (tmp_path / CHECKPOINT).exists()
    trained(base, tmp_path / "killed", resume=True)
    whole, killed = ((tmp_path / name / "model.safetensors").read_bytes() for name in ("whole", "killed"))
    assert whole == killed
    assert not (tmp_path / CHECKPOINT).exists()


@pytest.mark.slow
def test_an_export_of_other_weights_is_refused(base: Path, tmp_path: Path) -> None:
    trained(base, tmp_path / "out")
    weights = tmp_path / "out" / "model.safetensors"
    weights.write_bytes((base / "model.safetensors").read_bytes())
    with pytest.raises(EncoderError, match="was exported from other weights"):
        open_encoder(tmp_path / "out", device="cpu")


def test_a_base_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded as a sentence-transformers model"):
        train_transformer(
            some_pairs(), tmp_path / "out", TrainingRun(1, SCHEDULE), base=tmp_path / "nowhere", device="cpu"
        )


def test_the_packaged_base_is_a_directory_or_says_how_to_get_it() -> None:
    try:
        assert (packaged_base() / "model.safetensors").is_file()
    except MissingTrainingExtraError as error:
        assert "address-match[minilm]" in str(error)  # noqa: PT017 - which of both depends on what is installed
