"""What every request passes first: shut where the door is shut, foreign hosts and pages turned away."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.front_door import Door, is_loopback
from pages.entrance import headers, streamlit_inside

_WATCHED = ("/_stcore/health", "/ready", "/metrics")
_SHUT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Rehearse</title>
<style>body{font:1rem/1.5 sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}</style>
<h1>Rehearse is not open</h1>
<p>Its settings cannot be used, so it serves nothing.</p>
<p>Whoever looks after this server finds the line and the remedy in its log, where it was started.</p>
</html>"""
_NOT_HERE = "This server is not reached under this name. Open it under the address you were given."
_FOREIGN = "A page of another site asked for this. Open this server's own address."
_OVER_HTTPS = {"http": "https", "websocket": "wss"}
_NO_STORE = {"Cache-Control": "no-store"}


class Gate:
    """ASGI middleware around everything that is served."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Stand before `app`."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if self._door.is_https and scope["type"] in _OVER_HTTPS:
            # A proxy takes HTTPS off. People's own address says that they come so, and no header of theirs.
            scope = {**scope, "scheme": _OVER_HTTPS[scope["type"]]}
        if scope["type"] == "http":
            send = headers.sending(send, self._door.is_https)
        answer = None if scope["type"] == "lifespan" else self._turned_away(scope)
        if answer is None:
            await self._let_through(scope, _allowed(receive), send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, send)

    async def _let_through(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An error that nobody caught is answered here, with the headers; the server logs it."""
        begun = scope["type"] != "http"

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            if not begun:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, send)
            raise

    def _turned_away(self, scope: Scope) -> Response | None:
        if self._door.kind == "refused":
            return HTMLResponse(_SHUT, 503, _NO_STORE)
        asked = Headers(scope=scope)
        hosts, origins = asked.getlist("host"), asked.getlist("origin")
        host = hosts[0] if len(hosts) == 1 else ""
        # Who watches whether the server runs knows an address, not the name; those answers name nobody.
        known = self._door.takes_host(host) or (not origins and scope["path"].endswith(_WATCHED))
        if not known or (self._door.is_for_this_machine and not _came_to_loopback(scope)):
            return PlainTextResponse(_NOT_HERE, 403, _NO_STORE)
        if any(not self._door.takes_origin(origin, host) for origin in origins):
            return PlainTextResponse(_FOREIGN, 403, _NO_STORE)
        return None


def _allowed(receive: Receive) -> Receive:
    """What a browser sends, in signs that can be kept.

    The order that empties the server's memory, for everybody else too, is left out.
    """

    async def receive_allowed() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or not message.get("bytes"):
                return message
            frame = streamlit_inside.allowed(message["bytes"])
            if frame is not None:
                return {**message, "bytes": frame}

    return receive_allowed


def _came_to_loopback(scope: Scope) -> bool:
    """Whether the connection was made to this machine's own address, whatever another server binds to."""
    server = scope.get("server")
    return server is not None and is_loopback(server[0])
