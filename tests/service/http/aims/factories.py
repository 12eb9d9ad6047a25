"""Premises with texts, and the service answering in the manner of AIMS."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.testclient import TestClient

from address_match.service.access.guard import Guard
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline


def text(address: str = "1 MILL LANE", kind: str = "postal", language: str = "en") -> HeldText:
    return HeldText(
        address, "AB1 2CD", kind, language, "", "", "", "", "", "", "", 1, -1, "", "MILL LANE", "", "ANYTOWN"
    )


def premises(
    *texts: HeldText,
    classification: str = "RD04",
    country: str = "E",
    place: tuple[float, float] | None = None,
    custodian: str = "",
) -> PremisesTexts:
    latitude, longitude = place or (None, None)
    held = texts or (text(),)
    return PremisesTexts(
        "100", "", classification, country, "", latitude, longitude, None, None, custodian, held
    )


@contextmanager
def answering(
    pipeline: SmallPipeline | None = None, guard: Guard | None = None, **settings: str | int
) -> Iterator[TestClient]:
    """Keep a service that answers below `/aims`; settings of the server are numbers, those of AIMS texts."""
    aims = {name: value for name, value in settings.items() if isinstance(value, str)}
    server = {name: value for name, value in settings.items() if isinstance(value, int)}
    app = create_app(
        ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline or SmallPipeline())),
        ServerSettings.model_validate(server),
        ServiceParts(
            guard=guard,
            facades=Facades(AimsSettings.model_validate({"prefix": "/aims", **aims}), OsPlacesSettings()),
        ),
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
