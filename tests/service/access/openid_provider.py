"""A provider of OpenID Connect on this machine, which says of everybody what it was told to say."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.http_server import QuietHandler, serving

CLIENT = "address-match"


class OpenIdProvider:
    """Issues tokens for whoever comes; `claims` go over what it would say, and `asked` keeps what it was asked."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {}
        self.issuer = ""
        self.asked: dict[str, str] = {}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def leave(self, url: str) -> dict[str, str]:
        """Remember with what somebody was sent here; return what he is sent back with."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return {"state": self.asked["state"], "code": "the-code"}

    def token(self, form: dict[str, list[str]]) -> dict[str, str]:
        verifier = sha256(form["code_verifier"][0].encode()).digest()
        assert urlsafe_b64encode(verifier).rstrip(b"=").decode() == self.asked["code_challenge"]
        now = int(time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 60,
            "nonce": self.asked["nonce"],
            "preferred_username": "ann",
            "roles": ["labellers"],
        } | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


class _Handler(QuietHandler):
    provider: OpenIdProvider

    def do_GET(self) -> None:
        if self.path.startswith("/authorize"):
            back = urlencode(self.provider.leave(self.path))
            self.send_response(302)
            self.send_header("Location", f"{self.provider.asked['redirect_uri']}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        public = {"keys": [self.provider.key.as_dict(private=False)]}
        self._send(public if self.path == "/keys" else self.provider.metadata())

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._send(self.provider.token(parse_qs(sent)))

    def _send(self, document: dict[str, Any]) -> None:
        content = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def providing() -> Iterator[OpenIdProvider]:
    """Run a provider for as long as the context lasts."""
    provider = OpenIdProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    with serving(handler) as provider.issuer:
        yield provider
