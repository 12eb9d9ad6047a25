import numpy as np
import numpy.typing as npt

from parser.crf.weights import CrfWeights
from parser.features.batch import TokenBatch
from parser.features.context import attribute, context_codes, template_bounds

FloatArray = npt.NDArray[np.float64]


class ContextTable:
    """The weights of the context templates, laid out so that a number finds its row at once."""

    def __init__(self, weights: CrfWeights) -> None:
        self._rows_of: list[npt.NDArray[np.int32]] = []
        rows: list[FloatArray] = [np.zeros(len(weights.labels))]
        by_template: list[dict[int, FloatArray]] = [{} for _ in template_bounds()]
        for name, row in weights.states.items():
            template, separator, code = name.partition(":")
            if (
                separator
                and template.isdecimal()
                and code.isdecimal()
                and attribute(int(template), int(code)) == name
            ):
                by_template[int(template)][int(code)] = row
        for bound, known in zip(template_bounds(), by_template, strict=True):
            row_of = np.zeros(bound, dtype=np.int32)
            for number, row in known.items():
                row_of[number] = len(rows)
                rows.append(row)
            self._rows_of.append(row_of)
        self._weights = np.array(rows)

    def add_to(self, emissions: FloatArray, batch: TokenBatch) -> None:
        """Add the weights of every place's context to its emissions, (texts, longest, labels)."""
        # Texts read without a gazetteer have no numbers of its templates, which come last.
        for row_of, codes in zip(self._rows_of, context_codes(batch), strict=False):
            emissions += self._weights[row_of[codes]]
