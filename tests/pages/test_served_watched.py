"""A real server as a proxy, Prometheus and a container runtime see it: ready, counted, ended by SIGTERM."""

from __future__ import annotations

import http.client
import json
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.rig import Server, serving

pytestmark = pytest.mark.slow
TOKEN = "a-long-token"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"METRICS_TOKEN": TOKEN, "LOG_FORMAT": "json", "DRAIN_SECONDS": "5"}
    with serving(tmp_path_factory.mktemp("watched"), settings=settings, base="below") as running:
        yield running


def ask(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    parts = urlsplit(server.url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
        connection.request("GET", parts.path + path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read().decode()  # type: ignore[attr-defined]
        return answer


def test_a_proxy_learns_that_it_is_ready_under_any_name(server: Server) -> None:
    answer = ask(server, "/ready", Host="10.0.0.5:8501")
    assert (answer.status, answer.body) == (200, "ready")  # type: ignore[attr-defined]
    assert answer.headers["X-Request-ID"]


def test_prometheus_reads_counts_with_the_token_only(server: Server) -> None:
    assert ask(server, "/metrics").status == 404
    answer = ask(server, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert answer.status == 200
    assert "rehearse_requests_total" in answer.body  # type: ignore[attr-defined]
    assert "rehearse_answers_under_way 0.0" in answer.body  # type: ignore[attr-defined]


def test_asked_to_end_it_ends_and_every_line_of_its_log_is_an_event_without_a_path(server: Server) -> None:
    ask(server, "/review?attempt=anna-secret", **{"X-Request-ID": "mark-of-this-request"})
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    lines = Path(server.log).read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    mine = [one for one in told if one.get("request") == "mark-of-this-request" and "kind" in one]
    assert [(one["kind"], one["status"]) for one in mine] == [("page", 200)]
    assert "anna-secret" not in "".join(lines)
    assert not [line for line in lines[lines.index(json_begins(lines)) :] if not line.startswith("{")]


def json_begins(lines: list[str]) -> str:
    """The first line after what Streamlit prints while it starts."""
    return next(line for line in lines if line.startswith("{"))
