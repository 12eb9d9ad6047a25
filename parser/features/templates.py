"""Features of a place in a text that depend on what surrounds it, computed for all texts at once.

A template is a row of aspects; their values at a place, read as the digits of one number, give the CRF's attribute
`template:number`.
"""

from functools import cache
from math import prod

import numpy as np
import numpy.typing as npt

from address_match.parser.features.aspect import PLAIN_ASPECTS, SIZES, Aspect
from address_match.parser.features.surroundings import surroundings
from address_match.parser.features.token_batch import IntArray, TokenBatch

_A = Aspect

PLAIN_TEMPLATES: tuple[tuple[Aspect, ...], ...] = (
    (_A.LEFT, _A.CLASS),
    (_A.CLASS, _A.RIGHT),
    (_A.LEFT, _A.CLASS, _A.RIGHT),
    (_A.LEFT2, _A.LEFT),
    (_A.RIGHT, _A.RIGHT2),
    (_A.LEFT2, _A.LEFT, _A.CLASS),
    (_A.CLASS, _A.RIGHT, _A.RIGHT2),
    (_A.CLASS, _A.EDGE),
    (_A.CLASS, _A.ON_LEFT),
    (_A.CLASS, _A.ON_RIGHT),
    (_A.CLASS, _A.LEFT_LANDMARK, _A.LEFT_DISTANCE),
    (_A.CLASS, _A.RIGHT_LANDMARK, _A.RIGHT_DISTANCE),
    (_A.LEFT_LANDMARK, _A.CLASS, _A.RIGHT_LANDMARK),
    (_A.RUN_FIRST, _A.RUN_LAST, _A.RUN_PLACE, _A.RUN_SIZE),
    (_A.CLASS, _A.RUNS_ON_LEFT, _A.RUNS_ON_RIGHT),
    (_A.RUN_LAST, _A.RUN_PLACE, _A.RUNS_ON_LEFT, _A.RUNS_ON_RIGHT),
    (_A.PHRASE, _A.ON_RIGHT, _A.ON_LEFT),
    (_A.PHRASE_BEFORE, _A.PHRASE, _A.PHRASE_AFTER),
    (_A.PHRASE, _A.WORDS_ON_RIGHT, _A.COMMAS),
    (_A.CLASS, _A.WORDS_ON_RIGHT, _A.POSTCODE_ON_RIGHT),
    (_A.CLASS, _A.POSITION),
    (_A.CLASS, _A.NUMBERS_ON_LEFT, _A.NUMBERS_ON_RIGHT),
    (_A.CLASS, _A.STREETS_ON_LEFT, _A.STREETS_ON_RIGHT),
    (_A.CLASS, _A.BUSINESS_ON_LEFT, _A.BUSINESS_ON_RIGHT, _A.NUMBER_ON_LEFT),
    (_A.CLASS, _A.PAIR_BEFORE, _A.PAIR_AFTER),
)
NAME_TEMPLATES: tuple[tuple[Aspect, ...], ...] = (
    (_A.STREET_NAME, _A.LOCALITY_NAME, _A.TOWN_NAME, _A.BUILDING_NAME, _A.ORGANISATION_NAME),
    (_A.STREET_NAME, _A.LOCALITY_NAME, _A.TOWN_NAME, _A.CLASS),
    (_A.BUILDING_NAME, _A.ORGANISATION_NAME, _A.CLASS),
    (_A.NAMED_BEFORE, _A.NAMED, _A.NAMED_AFTER),
    (_A.NAMED, _A.NAMES_ON_LEFT, _A.NAMES_ON_RIGHT),
)
"""Those that a gazetteer's names fill."""
TEMPLATES = (*PLAIN_TEMPLATES, *NAME_TEMPLATES)


def template_bounds() -> tuple[int, ...]:
    """Return the number below which each template stays."""
    return tuple(prod(SIZES[aspect] for aspect in template) for template in TEMPLATES)


def context_codes(batch: TokenBatch) -> IntArray:
    """Return each template's numbers, (templates, texts, longest); beyond a text's end they mean nothing.

    Without names of a gazetteer there are those of `PLAIN_TEMPLATES` only.
    """
    table = surroundings(batch)
    factors = _factors() if batch.names else _factors()[: len(PLAIN_TEMPLATES), :PLAIN_ASPECTS]
    # Whole numbers far below 2^24 are exact as floats, whose product is much faster.
    numbers = factors @ table.reshape(len(table), -1).astype(np.float32)
    return numbers.astype(np.int64).reshape(len(factors), *batch.classes.shape)


def attribute(template: int, code: int) -> str:
    """Name the CRF's attribute of a template's number.

    >>> attribute(3, 17)
    '3:17'
    """
    return f"{template}:{code}"


@cache
def _factors() -> npt.NDArray[np.float32]:
    """Return what each aspect counts in each template, (templates, aspects)."""
    factors = np.zeros((len(TEMPLATES), len(Aspect)), dtype=np.float32)
    for row, template in zip(factors, TEMPLATES, strict=True):
        worth = 1
        for aspect in reversed(template):
            row[aspect] += worth
            worth *= SIZES[aspect]
    return factors
