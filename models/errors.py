"""What can go wrong with learned models, one class per way to recover.

ModelError
├── BundleError                 the bundle is missing, incomplete, altered or of another format: take another or remake it
├── EncoderError                an encoder's directory cannot be served: retrain it or restore it
├── TrainingDataError           there is nothing, or nothing consistent, to learn from: give other data
└── MissingTrainingExtraError   torch or sentence-transformers is not installed: install the extra `train`
"""


class ModelError(Exception):
    """Anything that `models` refuses."""


class BundleError(ModelError):
    """A bundle is missing, incomplete, altered or of another format."""


class EncoderError(ModelError):
    """The directory of an encoder is missing, incomplete or holds weights that cannot be served."""


class TrainingDataError(ModelError):
    """There is nothing, or nothing consistent, to learn from."""


class MissingTrainingExtraError(ModelError):
    """The optional dependencies for training are not installed."""
