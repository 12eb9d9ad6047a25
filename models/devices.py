"""Which device of this machine a name stands for."""

import ctypes
import logging
import re
import sys
from functools import cache
from importlib.util import find_spec

from address_match.models.errors import DeviceError

_log = logging.getLogger(__name__)

AUTO = "auto"
CPU = "cpu"
_CUDA = re.compile(r"cuda(?::([0-9]+))?")
_DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"


def choose_device(name: str) -> str:
    """Return `cpu` or `cuda:N` for `auto`, `cpu`, `cuda` or `cuda:N`.

    `auto` is the first GPU where torch can use one, else the CPU. A GPU that is named and not there is replaced by the
    CPU, with a warning. Raises `DeviceError` for any other name.
    """
    if name == CPU:
        return CPU
    wanted = _CUDA.fullmatch(name)
    if name != AUTO and not wanted:
        raise DeviceError(f"there is no device {name!r}; name auto, cpu, cuda, or cuda:1 for the second GPU")
    number = int(wanted[1] or 0) if wanted else 0
    usable = _usable_gpus()
    if number < usable:
        return f"cuda:{number}"
    if wanted:
        _log.warning("%s was asked for and torch can use %d GPUs here: going on with the CPU", name, usable)
    return CPU


@cache
def encoding_devices(name: str) -> tuple[str, ...]:
    """Return the devices that a name stands for: every GPU for `auto` and `cuda` where there are some, else one.

    A missing GPU is replaced by the CPU, with one warning for each name. Raises `DeviceError` for any other name.
    """
    chosen = choose_device(name)
    if chosen.startswith("cuda") and name in {AUTO, "cuda"}:
        import torch

        return tuple(f"cuda:{number}" for number in range(torch.cuda.device_count()))
    return (chosen,)


def device_here(name: str) -> str:
    """Return the name as it is, or `cpu` where it stands for that on this machine.

    Callers that open several models, or start processes that do, resolve the name once, so that a missing GPU is warned
    of once. Raises `DeviceError` for a name that `choose_device` does not know.
    """
    return CPU if choose_device(name) == CPU else name


def _usable_gpus() -> int:
    """Count the GPUs that torch can use, without loading torch where no driver is installed."""
    if find_spec("torch") is None:
        return 0
    try:
        ctypes.CDLL(_DRIVER)
    except OSError:
        return 0
    import torch

    return int(torch.cuda.device_count()) if torch.cuda.is_available() else 0
