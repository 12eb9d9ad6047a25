"""The headers of pages and of what they load."""

SELF = "'self'"
NONE = "'none'"
_POLICY = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "connect-src": SELF,
    # Scripts send what is typed; were they stopped, a form must not put it into a URL.
    "form-action": NONE,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ASSET_HEADERS = _ALWAYS | {"Cache-Control": "public, max-age=31536000, immutable"}
"""Of a file whose URL changes with what it holds."""


def page_headers(*, images: str = SELF) -> dict[str, str]:
    """Return the headers of a page that loads nothing from elsewhere and holds no script or style of its own (CSP level 3)."""
    policy = "; ".join(f"{name} {sources}" for name, sources in (_POLICY | {"img-src": images}).items())
    return _ALWAYS | {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
