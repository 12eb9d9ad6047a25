import getpass
import os


def account() -> str:
    """Return the name under which the machine knows whoever runs this, or his number where it has no name for him."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry for the user, as in a container
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
