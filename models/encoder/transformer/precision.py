from enum import StrEnum


class Precision(StrEnum):
    """The numbers that a transformer computes with."""

    AUTO = "auto"
    """On CUDA bf16, or fp16 on GPUs that have no bf16; on a CPU int8 where the directory holds that export, else fp32."""
    FP32 = "fp32"
    BF16 = "bf16"
    FP16 = "fp16"
    INT8 = "int8"
    """Of onnxruntime, on a CPU."""
