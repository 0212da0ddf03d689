"""The gate before everything: who is turned away before anything else runs, and what no browser may order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from data.access import NOBODY
from data.domain import RehearseError
from data.front_door import Door, refused
from pages.entrance import door as front
from pages.entrance.gate import Gate
from pages.widgets import resources

LOCAL = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"


def client(door: Door, address: str = LOCAL) -> TestClient:
    async def repeat(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            try:
                await socket.send_bytes(await socket.receive_bytes())
            except WebSocketDisconnect:
                return

    routes = [
        Route("/", lambda request: PlainTextResponse("hello")),
        Route("/_stcore/health", lambda request: PlainTextResponse("ok")),
        WebSocketRoute("/_stcore/stream", repeat),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Gate, door=door)]), base_url=address)


def test_no_browser_empties_the_memory_of_the_server() -> None:
    clear, stop = (one.SerializeToString() for one in (BackMsg(clear_cache=True), BackMsg(stop_script=True)))
    with client(Door("local")).websocket_connect(STREAM) as socket:
        for sent in (clear, stop, stop + clear, b"\xff\xff not a message", stop):
            socket.send_bytes(sent)
        assert [socket.receive_bytes() for _ in range(3)] == [stop, b"\xff\xff not a message", stop]


def test_a_shut_door_answers_everything_alike() -> None:
    shut = client(refused(RehearseError("secrets.toml, line 3: broken.")))
    for path in ("/", "/_stcore/health", "/none"):
        answer = shut.get(path)
        assert answer.status_code == 503 and "line 3" not in answer.text
    with pytest.raises(WebSocketDisconnect), shut.websocket_connect(STREAM):
        pass


def test_health_is_told_to_whoever_asks_by_address_but_to_no_foreign_page() -> None:
    hosted = client(Door("hosted", frozenset({"rehearse.example"}), "https://rehearse.example"))
    assert hosted.get("/_stcore/health").text == "ok"
    assert hosted.get("/_stcore/health", headers={"Origin": "http://elsewhere.example"}).status_code == 403
    assert hosted.get("/").status_code == 403
    assert hosted.get("/", headers={"Host": "rehearse.example"}).text == "hello"


def test_a_connection_from_another_machine_is_refused_whatever_name_it_says() -> None:
    """Another server than Streamlit's own may listen at an address that the configuration does not know."""
    elsewhere = client(Door("local"), "http://192.168.1.5:8501")
    assert elsewhere.get("/", headers={"Host": "localhost:8501"}).status_code == 403
    assert client(Door("local")).get("/", headers={"Host": "localhost:8501"}).status_code == 200
    opened = client(Door("local", frozenset({"rehearse.lan"})), "http://192.168.1.5:8501")
    assert opened.get("/", headers={"Host": "rehearse.lan"}).status_code == 200


def broken(request: Request) -> Response:
    raise ZeroDivisionError


def breaks_off(request: Request) -> Response:
    def halves() -> Iterator[str]:
        yield "half"
        raise ZeroDivisionError

    return StreamingResponse(halves())


def test_an_error_that_nobody_caught_is_answered_with_the_headers_and_logged_by_the_server() -> None:
    door = Door("hosted", frozenset({"rehearse.example"}), "https://rehearse.example")
    app = Starlette(routes=[Route("/", broken)], middleware=[Middleware(Gate, door=door)])
    answer = TestClient(app, base_url="http://rehearse.example", raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" in answer.headers
    with pytest.raises(ZeroDivisionError):
        TestClient(app, base_url="http://rehearse.example").get("/")


def test_an_answer_that_breaks_off_is_not_begun_again() -> None:
    app = Starlette(routes=[Route("/", breaks_off)], middleware=[Middleware(Gate, door=Door("local"))])
    with pytest.raises(ZeroDivisionError):
        TestClient(app, base_url=LOCAL).get("/")


def test_behind_https_an_address_without_its_last_slash_leads_to_https() -> None:
    for address in ("https://rehearse.example", "http://rehearse.example"):
        door = Door("hosted", frozenset({"rehearse.example"}), address)
        routes = [Mount("/room", routes=[Route("/a/", lambda request: PlainTextResponse("a"))])]
        app = Starlette(routes=routes, middleware=[Middleware(Gate, door=door)])
        behind = TestClient(app, base_url="http://rehearse.example", follow_redirects=False)
        assert behind.get("/room/a").headers["location"] == f"{address}/room/a/"


def test_two_host_headers_are_no_name() -> None:
    twice = [("Host", "localhost:8501"), ("Host", "elsewhere.example")]
    assert client(Door("local")).get("/", headers=twice).status_code == 403


def test_behind_a_shut_door_nobody_is_anybody_also_without_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "of_server", lambda: refused(RehearseError("Broken.")))
    monkeypatch.setattr(st, "user", {"is_logged_in": True, "iss": "https://id.example", "sub": "ada"})
    assert resources.viewer() == NOBODY
    assert resources.viewer({"_streamlit_user": "anything"}) == NOBODY


def component_value(text: str, kind: str = "json_value") -> bytes:
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add(id="a box")
    setattr(state, kind, text)
    return bytes(message.SerializeToString())


@pytest.mark.parametrize(
    ("kind", "sent", "arrives"),
    [
        (
            "json_value",
            '{"text": "cut \\ud83d off", "n": [1, "\\uDE00"]}',
            '{"text": "cut � off", "n": [1, "�"]}',
        ),
        ("json_value", '{"text": "\\ud83d\\ude00 \\ud83d"}', '{"text": "😀 �"}'),
        ("json_trigger_value", '["a\\u0000b"]', '["ab"]'),
        ("json_value", '["\\\\ud83d is how it is written"]', '["\\\\ud83d is how it is written"]'),
        ("json_value", '{"\\ud83d": 1}', '{"�": 1}'),
        ("json_value", "\\ud83d no JSON", "\\ud83d no JSON"),
        ("json_value", "[" * 5000 + '"\\ud83d"' + "]" * 5000, "[" * 5000 + '"\\ud83d"' + "]" * 5000),
        ("string_value", "a\0b", "ab"),
        ("string_value", "it says \\ud83d", "it says \\ud83d"),
    ],
)
def test_half_a_sign_and_what_no_database_keeps_are_taken_out_of_what_a_browser_sends(
    kind: str, sent: str, arrives: str
) -> None:
    with client(Door("local")).websocket_connect(STREAM) as socket:
        socket.send_bytes(component_value(sent, kind))
        assert socket.receive_bytes() == component_value(arrives, kind)
