from pathlib import Path

import pytest

from address_match.models.encoder.static import StaticEncoder
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.reference import write_reference
from address_match.models.synthesis.splits import ENCODER_SPLITS, street_split
from address_match.service.errors import UsageError
from address_match.service.training.encoder import EncoderTraining, train_encoder
from address_match.service.training.encoder_family import EncoderFamily

PREMISES = tuple(place for place in SyntheticCountry(7, 900).premises() if place.kind == "house")


def test_a_reference_of_one_street_of_another_learner_is_refused(tmp_path: Path) -> None:
    reference = tmp_path / "reference.csv"
    # Of a number and a street: what else it says might be read as another street.
    plain = (place for place in PREMISES if place.number > 0 and place.street and not place.building)
    other = next(place for place in plain if street_split(place) not in ENCODER_SPLITS)
    write_reference([other], reference)
    training = EncoderTraining(EncoderFamily.STATIC, reference)
    with pytest.raises(UsageError, match="holds 1 premises, none of them on a street that an encoder learns"):
        train_encoder(training, tmp_path / "out", checkpoints=tmp_path / "c", progress=lambda _: None)


@pytest.mark.slow
def test_a_reference_is_learned_from(tmp_path: Path) -> None:
    reference = tmp_path / "reference.csv"
    write_reference(PREMISES, reference)
    training = EncoderTraining(EncoderFamily.STATIC, reference, steps=3, batch_size=16)
    report = train_encoder(training, tmp_path / "out", checkpoints=tmp_path / "c", progress=lambda _: None)
    assert report.steps == 3
    assert StaticEncoder.load(tmp_path / "out").dimensions == 256
