import logging
from functools import cache

log = logging.getLogger(__name__)


@cache
def warn_once(message: str) -> None:
    """Log a warning the first time that it is given in a process."""
    log.warning(message)
