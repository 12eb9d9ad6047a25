import logging
from pathlib import Path

import numpy as np
import pytest

from address_match.models.devices import encoding_devices
from address_match.models.encoder import open_encoder as opening
from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.static.hashing import TABLE_ROWS
from address_match.models.encoder.static.table import quantise, save_table
from address_match.models.errors import DeviceError, EncoderError


@pytest.fixture
def static(tmp_path: Path) -> Path:
    rows = np.random.default_rng(5).standard_normal((TABLE_ROWS, 32)).astype(np.float32)
    save_table(quantise(rows), tmp_path)
    (tmp_path / "modules.json").write_text(
        '[{"type": "address_match.models.encoder.static.sentence_module.StaticAddressModule"}]'
    )
    return tmp_path


def test_a_static_encoder_is_opened_with_the_dimensions_asked_for(static: Path) -> None:
    encoder = open_encoder(static, dimensions=16)
    assert isinstance(encoder, StaticEncoder)
    assert encoder.dimensions == 16


def test_a_static_encoder_says_once_that_it_stays_on_the_cpu(
    static: Path, caplog: pytest.LogCaptureFixture
) -> None:
    opening._warn_of_the_cpu.cache_clear()
    encoding_devices.cache_clear()
    with caplog.at_level(logging.WARNING):
        open_encoder(static, device="cuda")
        open_encoder(static, device="cuda")
    assert len(caplog.messages) == 1
    assert "the CPU" in caplog.messages[0]


@pytest.mark.parametrize("content", ["", "{", "{}", "[1]"])
def test_a_broken_list_of_modules_is_refused(static: Path, content: str) -> None:
    (static / "modules.json").write_text(content)
    with pytest.raises(EncoderError, match=r"modules\.json"):
        open_encoder(static)


def test_an_unknown_device_is_refused_for_every_family(static: Path) -> None:
    with pytest.raises(DeviceError, match="there is no device 'tpu'"):
        open_encoder(static, device="tpu")
