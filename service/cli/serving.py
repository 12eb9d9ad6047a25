import argparse


def serve(arguments: argparse.Namespace) -> int:
    """Serve an index over HTTP; the routes are described at /docs.

    Listens on this machine only unless --host says otherwise. Addresses are not logged.
    """
    from service.http.server import run_server
    from service.settings import ServerSettings
    from service.wiring import open_pipeline

    settings = ServerSettings()
    chosen = {"host": arguments.host, "port": arguments.port}
    settings = settings.model_copy(update={name: v for name, v in chosen.items() if v is not None})
    return run_server(open_pipeline(arguments.index, arguments.bundle), settings)
