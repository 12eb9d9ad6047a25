import logging

import pytest
import torch

from address_match.models.devices import choose_device, device_here, encoding_devices
from address_match.models.errors import DeviceError

HAS_GPU = torch.cuda.is_available()


def test_the_cpu_is_the_cpu() -> None:
    assert choose_device("cpu") == "cpu"


def test_auto_takes_the_first_gpu_where_there_is_one() -> None:
    assert choose_device("auto") == ("cuda:0" if HAS_GPU else "cpu")


def test_a_gpu_that_is_not_there_is_replaced_by_the_cpu_with_one_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert choose_device("cuda:97") == "cpu"
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("cuda:97 was asked for")


@pytest.mark.parametrize("name", ["gpu", "cuda:", "cuda:-1", "CPU", ""])
def test_an_unknown_name_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(DeviceError, match="name auto, cpu, cuda"):
        choose_device(name)


def test_a_name_stays_as_it_is_unless_it_stands_for_the_cpu() -> None:
    assert device_here("cuda:97") == "cpu"
    assert device_here("auto") == ("auto" if HAS_GPU else "cpu")


def test_a_missing_gpu_is_replaced_by_the_cpu_with_one_warning_in_a_process(
    caplog: pytest.LogCaptureFixture,
) -> None:
    if HAS_GPU:
        pytest.skip("this machine has a GPU")
    encoding_devices.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert encoding_devices("cuda") == ("cpu",)
        assert encoding_devices("cuda") == ("cpu",)
    assert len(caplog.messages) == 1
    assert encoding_devices("auto") == ("cpu",)
