"""How much memory a device has to spare, and whether it was that which ran out."""

import os
from pathlib import Path

import torch

_SHARE_OF_CUDA = 0.9
_SHARE_OF_CPU = 0.5
"""The rest is left to the files of the index that the system keeps in memory."""
_AVAILABLE = "MemAvailable:"


def spare_bytes(device: torch.device) -> int:
    """Return the bytes that a search may take on a device now."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        kept_back = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return int((free + kept_back) * _SHARE_OF_CUDA)
    return int(_available_bytes() * _SHARE_OF_CPU)


def ran_out_of_memory(error: BaseException) -> bool:
    """Return whether an error is that of a device, or of this process, without memory."""
    if isinstance(error, MemoryError | torch.cuda.OutOfMemoryError):
        return True
    # The allocator of the CPU has no class of its own.
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)


def _available_bytes() -> int:
    information = Path("/proc/meminfo")
    if information.exists():
        for line in information.read_text(encoding="ascii").splitlines():
            if line.startswith(_AVAILABLE):
                return int(line.split()[1]) * 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
