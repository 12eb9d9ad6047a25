"""The documents of a model: its card, an ATRS record, a QF4SA sheet and a CSPA description."""

from address_match.models.bundle import Bundle, Manifest, Metric
from address_match.service.lifecycle.model_record.particulars import Particulars
from address_match.service.lifecycle.model_record.questions import QUESTIONS
from address_match.service.templates import open_template

CARD = "MODEL_CARD.md"
FILLED_IN = ("ATRS.md", "QF4SA.md", "CSPA.md")


def documents(bundle: Bundle, particulars: Particulars) -> dict[str, str]:
    """Return the text of each document by the name of its file; what nobody said stands in it as missing, with what is
    asked.
    """
    card = bundle.model_card_path.read_text(encoding="utf-8")
    return {CARD: card} | {name: _filled_in(name, bundle, particulars) for name in FILLED_IN}


def _filled_in(name: str, bundle: Bundle, particulars: Particulars) -> str:
    asks = {question.name: question.asks for question in QUESTIONS}

    def said(question: str) -> str:
        return particulars.get(question) or f"**Missing** (`{question}`): {asks[question]}."

    return open_template(__package__, name).render(
        bundle=bundle,
        manifest=bundle.manifest,
        description=bundle.manifest.description,
        megabytes=sum(part.size for part in bundle.manifest.parts) / 1e6,
        figures=_figures(bundle.manifest),
        said=said,
    )


def _figures(manifest: Manifest) -> list[tuple[Metric, str]]:
    """Return the figures that the training measured, each with its sample."""
    metrics = manifest.description.metrics
    return [(metric, "" if metric.sample is None else f"{metric.sample:,}") for metric in metrics]
