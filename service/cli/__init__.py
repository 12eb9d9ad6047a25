from address_match.service.cli.entry import main

__all__ = ["main"]
