"""For whoever watches the server: is it ready, what does it count; and how it ends."""

from __future__ import annotations

import asyncio
import hmac
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from types import FrameType
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from analysis.live.draining import Draining
from data.domain import RehearseError
from pages.entrance.metrics import CONTENT_TYPE, METRICS
from pages.entrance.streamlit_inside import under_base
from pages.widgets import resources
from pages.widgets.settings import many_answers

_NO_STORE = {"Cache-Control": "no-store"}


def _answering() -> int:
    """Answers that somebody is giving, or whose words are being written down."""
    if "analysis.live.answers_under_way" not in sys.modules:
        return 0
    running = resources.answers_under_way().everyone.everything().values()
    return sum(one.finishing is None or not one.finishing.done() for one in running)


def _interviewing() -> int:
    """Interviews that somebody is in the middle of, or whose answers are being scored."""
    if "analysis.live.interviews_under_way" not in sys.modules:
        return 0
    return sum(
        not one.interview.over or one.busy for one in resources.interviews().everyone.everything().values()
    )


@cache
def draining() -> Draining:
    """The end of this server."""
    return Draining(resources.settings().drain_seconds, lambda: _answering() + _interviewing())


def _not_ready() -> str:
    """Why nobody new should be sent here; empty when somebody may."""
    if draining().begun:
        return "ending"
    try:
        resources.answers_the_door()
    except RehearseError:
        return "database"
    return ""


async def _ready(request: Request) -> Response:
    why = await asyncio.to_thread(_not_ready)
    return PlainTextResponse(why or "ready", 503 if why else 200, _NO_STORE)


async def _metrics(request: Request) -> Response:
    token = resources.settings().metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        return PlainTextResponse("There is nothing here.", 404, _NO_STORE)
    now: dict[str, tuple[str, Callable[[], float]]] = {
        "rehearse_answers_under_way": ("Answers being given or written down.", _answering),
        "rehearse_interviews_under_way": ("Interviews being held or scored.", _interviewing),
        "rehearse_ending": ("Whether the server is about to end.", lambda: float(draining().begun)),
    }
    return Response(METRICS.rendered(now), media_type=CONTENT_TYPE, headers=_NO_STORE)


@asynccontextmanager
async def ends_gracefully(_: object) -> AsyncIterator[None]:
    """While the server runs, SIGTERM drains it first; what would have been done on the signal comes then."""
    before = signal.getsignal(signal.SIGTERM)
    own_thread = threading.current_thread() is threading.main_thread()
    if own_thread and callable(before):
        then: Callable[[int, FrameType | None], Any] = before

        def drain(number: int, frame: FrameType | None) -> None:
            if "analysis.live.batches_running" in sys.modules:
                many_answers.batches().pause()
            draining().begin(lambda: then(number, frame))

        signal.signal(signal.SIGTERM, drain)
    yield


ready_route = Route(under_base("/ready"), _ready)
metrics_route = Route(under_base("/metrics"), _metrics)
