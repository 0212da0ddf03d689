"""An OpenID provider on loopback: whoever is chosen on its page is signed in. For tests only.

with provider() as issuer: ...   # issuer + "/.well-known/openid-configuration" is its metadata
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

PEOPLE = {
    "ada": {"name": "Ada Admin", "email": "ada@example.org", "email_verified": True},
    "ines": {"name": "Ines Instructor", "email": "ines@example.org", "email_verified": True},
    "carl": {"name": "Carl Candidate", "email": "carl@example.org", "email_verified": True},
    "sam": {"name": "Sam Stranger", "email": "sam@example.org", "email_verified": True},
}
_KEY = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"}, private=True)


class _Handler(BaseHTTPRequestHandler):
    codes: dict[str, tuple[str, str, str]] = {}

    def do_GET(self) -> None:  # noqa: N802 - the name http.server asks for
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(_metadata(self._issuer()))
        elif parts.path == "/jwks":
            self._json({"keys": [_KEY.as_dict(private=False)]})
        elif parts.path == "/authorize" and "person" in query:
            code = uuid.uuid4().hex
            self.codes[code] = (query["person"], query["client_id"], query.get("nonce", ""))
            back = urlencode({"code": code, "state": query["state"]})
            self._answer(302, b"", {"Location": f"{query['redirect_uri']}?{back}"})
        elif parts.path == "/authorize":
            links = "".join(
                f'<p><a href="/authorize?{parts.query}&person={who}">{one["name"]}</a></p>'
                for who, one in PEOPLE.items()
            )
            self._answer(200, f"<h1>Who are you?</h1>{links}".encode(), {"Content-Type": "text/html"})
        else:
            self._answer(404, b"", {})

    def do_POST(self) -> None:  # noqa: N802 - the name http.server asks for
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        who, client, nonce = self.codes.pop(form["code"][0])
        now = int(time.time())
        claims = {"iss": self._issuer(), "sub": who, "aud": client, "iat": now, "exp": now + 600}
        token = jwt.encode({"alg": "RS256", "kid": "test"}, {**claims, "nonce": nonce, **PEOPLE[who]}, _KEY)
        self._json({"access_token": uuid.uuid4().hex, "token_type": "Bearer", "id_token": token})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    def _json(self, body: object) -> None:
        self._answer(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _metadata(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
    }


@contextmanager
def provider() -> Iterator[str]:
    """Run it on a free port until the block ends; its issuer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, name="fake openid", daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def secrets_file(path: Path, issuer: str) -> Path:
    """Write secrets with two providers for an app on loopback; Streamlit fills in its port."""
    back = "http://127.0.0.1:{port}/oauth2callback"
    shared = f'[auth]\nredirect_uri = "{back}"\ncookie_secret = "{uuid.uuid4().hex}"\n'
    each = "\n".join(
        f'[auth.{name}]\nclient_id = "rehearse"\nclient_secret = "{uuid.uuid4().hex}"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
        for name in ("school", "work")
    )
    path.write_text(shared + each)
    return path
