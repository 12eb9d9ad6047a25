"""Free-text UK addresses in, the property's UPRN out, with a calibrated probability.

>>> import address_match as am
>>> with am.open("my-index") as matcher:  # doctest: +SKIP
...     answered = matcher.match(frame, columns=["address"])  # of pandas, polars, PyArrow, DuckDB, or a list

The names below are the public ones; each is loaded when it is first used, so that importing this package costs
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from address_match.parser.parse import Parse
    from address_match.service.build import build
    from address_match.service.evaluation.findings import Findings
    from address_match.service.frames.evaluate import evaluate
    from address_match.service.frames.matcher import Matcher, MatcherOpener, open, opener  # noqa: A004 - as gzip has its own
    from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
    from address_match.service.matching.explanation.explanation import Explanation
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.wiring import open_parser, open_pipeline

__all__ = [
    "Answer",
    "DecisionPolicy",
    "Explanation",
    "Findings",
    "MatchPipeline",
    "Matcher",
    "MatcherOpener",
    "Parse",
    "RankedPremises",
    "Reason",
    "Relation",
    "Status",
    "__version__",
    "build",
    "evaluate",
    "open",
    "open_parser",
    "open_pipeline",
    "opener",
]

_MODULES = {
    "Answer": "service.matching.answer",
    "DecisionPolicy": "service.matching.policy",
    "Explanation": "service.matching.explanation.explanation",
    "Findings": "service.evaluation.findings",
    "MatchPipeline": "service.matching.pipeline",
    "Matcher": "service.frames.matcher",
    "MatcherOpener": "service.frames.matcher",
    "Parse": "parser.parse",
    "RankedPremises": "service.matching.answer",
    "Reason": "service.matching.answer",
    "Relation": "service.matching.answer",
    "Status": "service.matching.answer",
    "build": "service.build",
    "evaluate": "service.frames.evaluate",
    "open": "service.frames.matcher",
    "open_parser": "service.wiring",
    "open_pipeline": "service.wiring",
    "opener": "service.frames.matcher",
}
"""The module that holds each public name."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("address-match")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
