from typing import Any

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
"""What OpenAPI says of a body of bytes."""
