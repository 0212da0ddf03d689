"""What whoever watches the server is told: an id for each request, counts, readiness; and how it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from analysis.live.draining import Draining
from data.domain import RehearseError
from data.front_door import Door
from data.settings import load_settings
from pages.entrance.counted_requests import LOGGER, Counted, kind_of
from pages.entrance.gate import Gate
from pages.entrance.json_log import REQUEST_ID, JsonLines, request_id
from pages.entrance.metrics import Metrics
from pages.widgets import resources, watched_from_outside


async def _nothing() -> Message:
    return {"type": "http.request", "body": b""}


def ask(app: ASGIApp, path: str = "/", **headers: str) -> tuple[int, dict[str, str], bytes]:
    told: list[Message] = []

    async def keep(message: Message) -> None:
        told.append(message)

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "headers": sent}

    async def asked() -> None:
        await app({**scope, "query_string": b"", "server": ("127.0.0.1", 80)}, _nothing, keep)

    asyncio.run(asked())
    start, *bodies = told
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], answered, b"".join(one["body"] for one in bodies)


def test_a_request_keeps_the_id_of_its_proxy_or_gets_one() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(REQUEST_ID.get())
        await PlainTextResponse("ok")(scope, receive, send)

    counted = Counted(app, Metrics(), logs=False)
    assert ask(counted, x_request_id="from-the-proxy-1")[1]["x-request-id"] == "from-the-proxy-1"
    made = ask(counted)[1]["x-request-id"]
    assert seen == ["from-the-proxy-1", made] and len(made) == 32
    assert request_id("no good\nline") != "no good\nline"
    assert REQUEST_ID.get() == ""


def test_requests_are_counted_by_kind_and_class_and_never_by_path() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("no", 404)(scope, receive, send)

    metrics = Metrics()
    counted = Counted(app, metrics, logs=False)
    ask(counted, "/recordings/anna-secret.mp4")
    text = metrics.rendered({"rehearse_answers_under_way": ("Answers.", lambda: 3.0)}).decode()
    assert 'rehearse_requests_total{kind="recording",status="4xx"} 1.0' in text
    assert 'rehearse_request_seconds_count{kind="recording"} 1.0' in text
    assert "rehearse_answers_under_way 3.0" in text
    assert "anna" not in text


def test_a_request_that_breaks_counts_as_an_error() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    metrics = Metrics()
    with pytest.raises(ZeroDivisionError):
        ask(Counted(app, metrics, logs=False))
    assert 'rehearse_requests_total{kind="page",status="5xx"} 1.0' in metrics.rendered({}).decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/review", "page"),
        ("/recordings/a.mp4", "recording"),
        ("/below/_stcore/upload_file/1/2", "upload"),
        ("/_stcore/health", "streamlit"),
        ("/below/ready", "watching"),
    ],
)
def test_a_path_is_told_as_one_of_a_few_kinds(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def logged(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JsonLines().format(record))
    return found


def test_a_line_of_the_log_has_the_request_and_no_path(caplog: pytest.LogCaptureFixture) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("ok")(scope, receive, send)

    with caplog.at_level(logging.INFO, logger=LOGGER.name):
        ask(Counted(app, Metrics(), logs=True), "/recordings/anna-secret.mp4", x_request_id="12345678")
        ask(Counted(app, Metrics(), logs=True), "/ready")
    [record] = caplog.records
    told = logged(record)
    assert {key: told[key] for key in ("level", "method", "kind", "status")} == {
        "level": "info",
        "method": "GET",
        "kind": "recording",
        "status": 200,
    }
    assert "anna" not in json.dumps(told)


def test_of_an_error_the_log_tells_kind_and_place_and_not_what_somebody_said() -> None:
    try:
        raise ValueError("we choose AP, said anna")
    except ValueError:
        record = logging.LogRecord("part", logging.ERROR, __file__, 1, "it failed", None, sys.exc_info())
    marked = REQUEST_ID.set("12345678")
    told = logged(record)
    REQUEST_ID.reset(marked)
    assert (told["error"], told["request"], told["message"]) == ("ValueError", "12345678", "it failed")
    assert told["at"][-1].startswith("test_watched_from_outside.py:")
    assert "anna" not in json.dumps(told)


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Draining:
    draining = Draining(0.0, lambda: 0)
    monkeypatch.setattr(watched_from_outside, "draining", lambda: draining)
    return draining


def test_it_is_ready_while_the_database_answers_and_it_is_not_about_to_end(
    monkeypatch: pytest.MonkeyPatch, ends: Draining
) -> None:
    def away() -> None:
        raise RehearseError("The database cannot be reached.")

    monkeypatch.setattr(resources, "answers_the_door", lambda: None)
    app = watched_from_outside.ready_route.app
    assert (ask(app, "/ready")[0], ask(app, "/ready")[2]) == (200, b"ready")
    monkeypatch.setattr(resources, "answers_the_door", away)
    assert (ask(app, "/ready")[0], ask(app, "/ready")[2]) == (503, b"database")
    thread = ends.begin(lambda: None)
    assert thread is not None
    thread.join(60)
    assert (ask(app, "/ready")[0], ask(app, "/ready")[2]) == (503, b"ending")


def test_counts_are_for_whoever_has_the_token(
    monkeypatch: pytest.MonkeyPatch, ends: Draining, tmp_path: Path
) -> None:
    app = watched_from_outside.metrics_route.app

    def given(**environ: str) -> Callable[[], object]:
        settings = load_settings(environ, tmp_path / "none.toml")
        return lambda: settings

    monkeypatch.setattr(resources, "settings", given())
    assert ask(app, "/metrics")[0] == 404
    assert ask(app, "/metrics", authorization="Bearer ")[0] == 404
    monkeypatch.setattr(resources, "settings", given(METRICS_TOKEN="a-long-token"))
    assert ask(app, "/metrics", authorization="Bearer another")[0] == 404
    status, headers, body = ask(app, "/metrics", authorization="Bearer a-long-token")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert b"rehearse_ending 0.0" in body and b"process_" in body


def test_whoever_watches_needs_no_name_and_everybody_else_does() -> None:
    gate = Gate(
        PlainTextResponse("ok"), Door("hosted", frozenset({"school.example"}), "https://school.example")
    )
    assert ask(gate, "/ready", host="10.0.0.5:8501")[0] == 200
    assert ask(gate, "/metrics", host="10.0.0.5:8501")[0] == 200
    assert ask(gate, "/review", host="10.0.0.5:8501")[0] == 403
    assert ask(gate, "/ready", host="10.0.0.5", origin="https://elsewhere.example")[0] == 403
