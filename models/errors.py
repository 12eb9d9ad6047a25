"""Errors of learned models, one class for each way to recover.

ModelError
├── BundleError                 the bundle is missing, incomplete, altered or of another format: take another or remake it
├── RegistryError               a name is unknown, taken or none, or no deployment is promoted: name another
├── EncoderError                an encoder's directory cannot be served: retrain it or restore it
├── DeviceError                 there is no such device: name another
│   └── DeviceMemoryError       the device has too little memory: free some of it or take the CPU
├── PrecisionError              the calibration knows no threshold for a target precision: ask for another
├── TrainingDataError           there is nothing, or nothing consistent, to learn from: give other data
└── MissingExtraError           what only some encoders need is not installed: install the extra that is named
    ├── MissingTrainingExtraError      torch or sentence-transformers: the extra `train`
    ├── MissingTransformerExtraError   onnxruntime: the extra `transformer`
    └── MissingMlflowExtraError        mlflow: the extra `mlflow`
"""


class ModelError(Exception):
    """Anything that `models` refuses."""


class BundleError(ModelError):
    """A bundle is missing, incomplete, altered or of another format."""


class RegistryError(ModelError):
    """The registry knows no bundle of a name, or has one already, or no deployment is promoted."""


class EncoderError(ModelError):
    """The directory of an encoder is missing, incomplete or holds weights that cannot be served."""


class DeviceError(ModelError):
    """A device that this release does not know or cannot work on."""


class DeviceMemoryError(DeviceError):
    """A device without the memory for the smallest piece of the work."""


class PrecisionError(ModelError):
    """A target precision for which the calibration knows no threshold."""


class TrainingDataError(ModelError):
    """There is nothing, or nothing consistent, to learn from."""


class MissingExtraError(ModelError):
    """Optional dependencies are not installed."""


class MissingTrainingExtraError(MissingExtraError):
    """The optional dependencies for training are not installed."""


class MissingTransformerExtraError(MissingExtraError):
    """The optional dependencies for serving a transformer are not installed."""


class MissingMlflowExtraError(MissingExtraError):
    """The optional dependencies for handing bundles to MLflow are not installed."""
