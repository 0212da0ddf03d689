"""What every request passes outermost: it gets an id, is counted and timed, and, where asked for, logged."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.entrance.json_log import REQUEST_ID, request_id
from pages.entrance.metrics import Metrics

LOGGER = logging.getLogger("rehearse.requests")
_HEADER = "x-request-id"
_KINDS = {
    "recordings": "recording",
    "upload_file": "upload",
    "media": "media",
    "sandbox": "file",
    "static": "file",
    "archives": "archive",
    "_stcore": "streamlit",
    "ready": "watching",
    "metrics": "watching",
}


def kind_of(path: str) -> str:
    """What sort of thing is asked for, of a few; the path itself may name somebody's answer."""
    parts = path.split("/")
    return next((kind for part, kind in _KINDS.items() if part in parts), "page")


class Counted:
    """ASGI middleware around everything, the gate too. `logs`: a line for each request, without its path."""

    def __init__(self, app: ASGIApp, metrics: Metrics, logs: bool, now: Callable[[], float] = time.monotonic):
        """Stand before `app`."""
        self._app, self._metrics, self._logs, self._now = app, metrics, logs, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give it an id and pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        told = request_id(Headers(scope=scope).get(_HEADER, ""))
        marked = REQUEST_ID.set(told)
        try:
            if scope["type"] == "websocket":
                await self._visit(scope, receive, send)
            else:
                await self._answer(scope, receive, send, told)
        finally:
            REQUEST_ID.reset(marked)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._metrics.visit(1)
        try:
            await self._app(scope, receive, send)
        finally:
            self._metrics.visit(-1)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, told: str) -> None:
        began, status = self._now(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = told
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            seconds, kind = self._now() - began, kind_of(scope["path"])
            self._metrics.answered(kind, status, seconds)
            if self._logs and kind != "watching":
                extra = {
                    "method": scope["method"],
                    "kind": kind,
                    "status": status,
                    "ms": round(1000 * seconds),
                }
                LOGGER.info("answered", extra={"told": extra})
