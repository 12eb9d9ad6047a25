from dataclasses import dataclass

from address_match.service.access.guard import Guard
from address_match.service.facts.sink import NO_FACTS, FactSink
from address_match.service.http.deployments.canary import Canary
from address_match.service.http.deployments.reloader import DeploymentReloader
from address_match.service.http.processes.heartbeat import Heartbeat
from address_match.service.jobs.jobs import Jobs
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from address_match.service.lifecycle.shadow.shadow import NO_SHADOW, AnswersBeside
from address_match.service.settings.facade_settings import Facades
from address_match.service.settings.server_settings import MapSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceParts:
    """What a service may have besides what answers; each part adds its routes, or works beside the requests."""

    reloader: DeploymentReloader | None = None
    """Replaces the active deployment while the application runs."""
    guard: Guard | None = None
    """Asks for a key, or a person who signed in; anybody is answered where there is none."""
    facades: Facades | None = None
    """Below whose prefixes it answers as other services do."""
    facts: FactSink = NO_FACTS
    """Keeps what is told of its answers."""
    shadow: AnswersBeside = NO_SHADOW
    """Is notified of the answers that were given."""
    feedback: FeedbackBook | None = None
    """Keeps what clients say of its answers."""
    jobs: Jobs | None = None
    """Takes files and works on them."""
    model: ModelPlaces | None = None
    """Where it finds what is known of its models, to show that and have it decided."""
    runs: ModelRuns | None = None
    """Retrains and compares models; with a `model` alone."""
    canary: Canary | None = None
    """Answers for its data sets."""
    tiles: MapSettings | None = None
    """What lies below the map of the search page; nothing where there are none."""
    heartbeat: Heartbeat | None = None
    """By which another process knows that its event loop goes round."""


NO_PARTS = ServiceParts()
