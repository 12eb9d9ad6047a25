from functools import cache

from address_match.models.devices import AUTO, choose_device


@cache
def encoding_devices(name: str) -> tuple[str, ...]:
    """Return the devices that a name stands for: every GPU for `auto` and `cuda` where there are some, else one.

    A missing GPU is replaced by the CPU, with one warning in a process. Raises `DeviceError` for what is no name.
    """
    chosen = choose_device(name)
    if chosen.startswith("cuda") and name in {AUTO, "cuda"}:
        import torch

        return tuple(f"cuda:{number}" for number in range(torch.cuda.device_count()))
    return (chosen,)
