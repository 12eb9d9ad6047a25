import os


def account() -> str:
    """Return the name under which the machine knows whoever runs this, or his number where it has no name for him."""
    try:
        import pwd
    except ImportError:  # as on Windows
        return os.environ.get("USERNAME") or "unknown"
    try:  # not by the environment, which says whatever somebody put into it
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # as in a container
        return f"uid {os.getuid()}"
