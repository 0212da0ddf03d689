"""Two real servers behind a real proxy: a browser stays with one, and with the other once that is gone."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.two_servers import two_servers
from upkeep.replicas import Replicas

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def running() -> Iterator[Replicas]:
    with two_servers() as both:
        yield both


def ask(both: Replicas, path: str, **headers: str) -> tuple[int, str]:
    """The status, and with which server the browser is to stay."""
    parts = urlsplit(both.url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
        connection.request("GET", parts.path + path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        found = re.search(r"rehearse_server=(\w+)", answer.getheader("Set-Cookie", "") or "")
        return answer.status, found[1] if found else ""


def handshake(both: Replicas, server: str) -> int:
    """The status of a page's connection to the server it stays with."""
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Cookie": f"rehearse_server={server}",
    }
    parts = urlsplit(both.url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
        connection.request("GET", f"{parts.path}/_stcore/stream", headers=headers)
        return connection.getresponse().status


def test_a_browser_stays_with_the_server_it_began_with(running: Replicas) -> None:
    drawn = {ask(running, "/")[1] for _ in range(40)}
    assert drawn == {"first", "second"}
    for name in drawn:
        kept = {ask(running, "/", Cookie=f"rehearse_server={name}") for _ in range(10)}
        assert kept == {(200, name)}
        assert handshake(running, name) == 101


def test_what_is_for_watching_is_not_shown_outside(running: Replicas) -> None:
    assert {ask(running, path)[0] for path in ("/ready", "/metrics")} == {404}
    assert ask(running, "/_stcore/health")[0] == 200  # a page asks for it before it connects


def test_where_a_server_was_killed_the_other_takes_its_browsers(running: Replicas) -> None:
    running.servers["first"].kill()
    running.servers["first"].wait(60)
    assert {ask(running, "/", Cookie="rehearse_server=first")[0] for _ in range(5)} == {200}
    assert handshake(running, "first") == 101
