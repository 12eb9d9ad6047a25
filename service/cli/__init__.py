from address_match.service.cli.program.entry import main

__all__ = ["main"]
