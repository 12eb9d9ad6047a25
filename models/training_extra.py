"""What is said where the extra `train` is not installed, which holds torch and what else only training needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from address_match.models.errors import MissingTrainingExtraError

_COMMAND = "pip install 'address-match[train]'"


@contextmanager
def training_extra_for(
    purpose: str = "Training an encoder needs torch and sentence-transformers", *, otherwise: str = ""
) -> Iterator[None]:
    """Raise `MissingTrainingExtraError` where something that is imported within is not installed.

    `purpose` says what needs which packages, and `otherwise` what can be done without them.
    """
    try:
        yield
    except ImportError as error:
        raise missing_training_extra(purpose, otherwise) from error


def missing_training_extra(purpose: str, otherwise: str = "") -> MissingTrainingExtraError:
    """Return what to raise where a purpose needs packages that are not installed, with the command to install them."""
    return MissingTrainingExtraError(f"{purpose}: {_COMMAND}{otherwise and f', or {otherwise}'}")
