"""What every answer tells the browser: what a page may load, who may frame it, that cookies stay on HTTPS."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from pages.entrance import streamlit_inside

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FRAMED = "frame-ancestors 'self'"
_YEAR_SECONDS = 31_536_000


@cache
def policy() -> str:
    """What a page may load: this server's own files, and what its own scripts make in the browser.

    `blob:` scripts are the widgets' own, which Streamlit hands to the browser as text; styles stand in the
    elements. `frame.html` of the sandbox brings a narrower one of its own.
    """
    inline = " ".join(_hash(script) for script in _SCRIPT.findall(streamlit_inside.first_page()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {inline}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob: data:",
            "connect-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            _FRAMED,
        )
    )


def sending(send: Send, is_https: bool) -> Send:
    """Send an answer with these headers; `is_https` when people reach the server so, by its address."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            _add(MutableHeaders(scope=message), is_https)
        await send(message)

    return send_with_headers


def _add(headers: MutableHeaders, is_https: bool) -> None:
    narrower = "content-security-policy" in headers
    headers.append("Content-Security-Policy", _FRAMED if narrower else policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if is_https:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR_SECONDS}"
        for place, (name, value) in enumerate(headers.raw):
            if name.lower() == b"set-cookie" and b"secure" not in _attributes(value):
                headers.raw[place] = (name, value + b"; Secure")


def _attributes(cookie: bytes) -> list[bytes]:
    return [part.strip().lower() for part in cookie.split(b";")[1:]]


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
