"""What MLflow loads a bundle with as a pyfunc: the bundle lies in the model, the index where the model's configuration
says.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from address_match.service.errors import UsageError
from address_match.service.frames import matcher

if TYPE_CHECKING:
    import pandas as pd

INDEX = "index"
"""Of the configuration: the folder of the index to match with."""
ADDRESS = "address"
ANSWER = {"match_status": str, "match_uprn": str, "match_address": str, "match_probability": float}
"""Columns of an answer, and what they hold."""


class AddressMatch:
    """Answers frames of addresses with the one bundle, as `address_match.open` does."""

    def __init__(self, bundle: str, index: str) -> None:
        self._matcher = matcher.open(index, bundle)

    def predict(self, model_input: "pd.DataFrame", params: object = None) -> "pd.DataFrame":  # noqa: ARG002 - MLflow's
        """Return a row of the columns `ANSWER` for each address of the column `address`, in order."""
        answered = self._matcher.match(model_input[[ADDRESS]], columns=ADDRESS)
        return answered[[*ANSWER]]


def _load_pyfunc(data_path: str, model_config: Mapping[str, Any] | None = None) -> AddressMatch:
    """Open a bundle, which MLflow calls this for; raises UsageError where no index is named."""
    index = (model_config or {}).get(INDEX)
    if not index:
        raise UsageError(
            'name the index to match with: mlflow.pyfunc.load_model(URI, model_config={"index": "DIR"})'
        )
    return AddressMatch(data_path, str(index))
