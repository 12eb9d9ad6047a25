"""Free-text UK addresses in, the property's UPRN out, with a probability that can be trusted.

>>> import address_match as am
>>> with closing(am.open_pipeline(Path("my-index"))) as pipeline:  # doctest: +SKIP
...     answers = pipeline.match(["flat 2 14 some street anytown"])

The names below are the public ones; each is loaded when it is first asked for, so that importing this package costs nothing.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from address_match.parser.parse import Parse
    from address_match.service.build import build
    from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
    from address_match.service.matching.explanation.explanation import Explanation
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.wiring import open_parser, open_pipeline

__all__ = [
    "Answer",
    "DecisionPolicy",
    "Explanation",
    "MatchPipeline",
    "Parse",
    "RankedPremises",
    "Reason",
    "Relation",
    "Status",
    "__version__",
    "build",
    "open_parser",
    "open_pipeline",
]

_MODULES = {
    "Answer": "service.matching.answer",
    "DecisionPolicy": "service.matching.policy",
    "Explanation": "service.matching.explanation.explanation",
    "MatchPipeline": "service.matching.pipeline",
    "Parse": "parser.parse",
    "RankedPremises": "service.matching.answer",
    "Reason": "service.matching.answer",
    "Relation": "service.matching.answer",
    "Status": "service.matching.answer",
    "build": "service.build",
    "open_parser": "service.wiring",
    "open_pipeline": "service.wiring",
}
"""The module that holds each public name."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562)."""
    if name == "__version__":
        return version("address-match")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
