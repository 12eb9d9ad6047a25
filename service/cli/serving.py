import argparse
from typing import TYPE_CHECKING

from service.cli.bundles import chosen_bundle, registry_of
from service.cli.locating import EMBEDDED, chosen_index
from service.cli.policies import policy_of
from service.errors import UsageError

if TYPE_CHECKING:
    from service.settings import ServerSettings


def serve(arguments: argparse.Namespace) -> int:
    """Serve an index over HTTP; the routes are described at /docs.

    Without --index it serves the pair that `model promote` named last, and follows when another is promoted.
    Listens on this machine only unless --host says otherwise. Addresses are not logged.
    """
    from service.settings import ServerSettings

    settings = ServerSettings()
    chosen = {"host": arguments.host, "port": arguments.port}
    settings = settings.model_copy(update={name: v for name, v in chosen.items() if v is not None})
    if arguments.index is None and arguments.engine == EMBEDDED:
        return _serve_promoted(arguments, settings)
    return _serve_one(arguments, settings)


def _serve_one(arguments: argparse.Namespace, settings: "ServerSettings") -> int:
    from service.http.pair_in_force import PairInForce
    from service.http.served_pair import ServedPair
    from service.http.server import run_server
    from service.wiring import open_pair

    index, bundle, policy = (
        chosen_index(arguments, online=True),
        chosen_bundle(arguments),
        policy_of(arguments),
    )
    opened = open_pair(index, bundle, device=arguments.device, policy=policy)
    return run_server(PairInForce(ServedPair(opened.pair, opened.pipeline)), settings)


def _serve_promoted(arguments: argparse.Namespace, settings: "ServerSettings") -> int:
    from service.http.following import Promoted, PromotionFollower
    from service.http.pair_in_force import PairInForce
    from service.http.served_pair import ServedPair
    from service.http.server import run_server
    from service.promotion import open_promoted

    if arguments.bundle is not None:
        raise UsageError(
            "--bundle goes with --index; a promoted pair has its own: address-match model promote BUNDLE INDEX"
        )
    registry, policy = registry_of(arguments), policy_of(arguments)

    def open_it() -> ServedPair:
        opened = open_promoted(registry, policy, device=arguments.device)
        return ServedPair(opened.pair, opened.pipeline)

    promoted = Promoted(registry.promotions.signature, open_it)
    known = promoted.signature()
    in_force = PairInForce(promoted.open())
    follower = PromotionFollower(promoted, in_force, known=known, seconds=settings.promotion_seconds)
    return run_server(in_force, settings, follower)
