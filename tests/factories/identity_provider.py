"""An OpenID Connect provider on this machine, which says of everybody what it was told to say."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt


class Provider(ThreadingHTTPServer):
    """The provider: ``says`` is the identity it vouches for next."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def as_configured(self) -> dict[str, Any]:
        """Return the settings with which a Makegood knows it."""
        app = {
            "provider_id": "elsewhere",
            "name": "Valley Council",
            "client_id": "makegood",
            "secret": "shared",
            "settings": {"server_url": self.url},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        """Say what there is, send somebody back with a code, and tell who they are."""
        asked = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            self._say({"issuer": self.server.url, **self._doors()})
        elif asked.path == "/authorize":
            code = secrets.token_hex(8)
            self.server.codes[code] = given
            back = urlencode({"code": code, "state": given["state"]})
            self.send_response(302)
            self.send_header("Location", f"{given['redirect_uri']}?{back}")
            self.end_headers()
        elif asked.path == "/userinfo":
            self._say(self.server.says)

    def do_POST(self) -> None:
        """Give a token for a code, once."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = self.server.codes.pop(parse_qs(body)["code"][0])
        claims = self.server.says | {
            "iss": self.server.url,
            "aud": asked["client_id"],
            "iat": time.time(),
            "exp": time.time() + 60,
        }
        token = jwt.encode(claims, "a secret of the provider, 32 bytes", algorithm="HS256")
        self._say({"access_token": "opaque", "token_type": "Bearer", "id_token": token})

    def log_message(self, *_: object) -> None:
        """Say nothing on the console."""

    def _doors(self) -> dict[str, Any]:
        doors = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {f"{name}_endpoint": f"{self.server.url}/{path}" for name, path in doors.items()} | {
            "jwks_uri": f"{self.server.url}/keys"
        }

    def _say(self, words: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(words).encode())


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider for a while."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        thread.join()
        provider.server_close()
