"""Which language models are found, on this computer and at an address, whatever a server does."""

from __future__ import annotations

import json
import socket
import threading
import time

import pytest

from analysis.llm.beside import Beside
from analysis.llm.chat_errors import ChatError
from analysis.llm.discovery import Found, look_on_this_computer, models_at, server_at, with_scheme
from data.domain import RehearseError
from tests.fake_endpoint import FakeEndpoint
from tests.wild_server import WildServer, serving


def listing(*rows: object) -> tuple[bytes, ...]:
    return (json.dumps({"object": "list", "data": rows}).encode(),)


def nobody_there() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@pytest.mark.slow
def test_servers_on_this_computer_are_found_with_their_models() -> None:
    rows = listing({"id": "llama3.2:3b", "owned_by": "library"})
    with FakeEndpoint(models=("a", "b")).serve(0) as url, serving(WildServer(blocks=rows)) as other:
        places = (("vLLM", url), ("llama.cpp", nobody_there()), ("LM Studio", f"{other.url}/v1"))
        found = look_on_this_computer(places)
    assert found == (
        Found("vLLM", url, ("a", "b")),
        Found("Ollama", f"{other.url}/v1", ("llama3.2:3b",)),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "wild",
    [
        WildServer(blocks=(b"<html>hello</html>",)),
        WildServer(status=404),
        WildServer(status=500),
        WildServer(status=302, headers={"location": "http://elsewhere.test/"}),
        WildServer(headers={"content-type": "application/json"}, blocks=(b'{"data": 7}',)),
        WildServer(blocks=listing()),
        WildServer(blocks=(b"[" * 100_000,)),
        WildServer(blocks=(b'{"data": [' + b'{"id": "m"},' * 600_000,)),
        WildServer(headers={"content-encoding": "gzip"}, blocks=(b"not packed",)),
        WildServer(silent_seconds=60.0),
        WildServer(blocks=(b"{",), hangs=True),
        WildServer(blocks=(b" ",) * 1000, pause_seconds=0.05),
    ],
    ids=lambda wild: f"{wild.status} {wild.blocks[:1]!r:.30} {wild.silent_seconds}",
)
def test_what_is_no_server_of_models_is_not_found_and_holds_nobody_up(wild: WildServer) -> None:
    with serving(wild):
        began = time.monotonic()
        assert look_on_this_computer((("vLLM", f"{wild.url}/v1"),)) == ()
        assert time.monotonic() - began < 10.0


@pytest.mark.slow
def test_a_look_on_this_computer_goes_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(WildServer(blocks=listing({"id": "stolen"}))) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        with FakeEndpoint(models=("m",)).serve(0) as url:
            assert [found.models for found in look_on_this_computer((("vLLM", url),))] == [("m",)]
            assert models_at(url) == ("m",)
    assert proxy.reached == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"id": "a"}, "a"),
        ({"name": "b"}, "b"),
        ({"model": "c", "name": "C"}, "c"),
        ("d", "d"),
    ],
)
def test_a_list_is_read_whatever_its_rows_are_called(row: object, name: str) -> None:
    for whole in ({"data": [row]}, {"models": [row]}, [row]):
        with serving(WildServer(blocks=(json.dumps(whole).encode(),))) as wild:
            assert models_at(wild.url) == (name,)


def test_a_list_of_lies_gives_only_names_that_can_be_shown_once_each() -> None:
    rows = listing({"id": "a"}, {"id": "a"}, {"id": ""}, {"id": "x" * 5000}, {"id": "b\nc"}, {"id": 7}, None)
    with serving(WildServer(blocks=rows)) as wild:
        assert models_at(wild.url) == ("a",)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["{host}", "{host}/", "http://{host}/v1/", "http://{host}/v1/models"])
def test_an_address_is_understood_as_people_type_it(typed: str) -> None:
    with FakeEndpoint(models=("m",)).serve(0) as url:
        host = url.removeprefix("http://").removesuffix("/v1")
        found = server_at(typed.format(host=host))
        # the scripted server lists its models under any path that ends in /models
        assert found.models == ("m",) and found.base_url.startswith(f"http://{host}")


@pytest.mark.slow
def test_an_address_without_v1_is_tried_with_it() -> None:
    class OnlyBelow(FakeEndpoint):
        def listed(self, path: str):  # type: ignore[no-untyped-def]
            return super().listed(path if path == "/v1/models" else "/nothing")

    with OnlyBelow(models=("m",)).serve(0) as url:
        assert server_at(url.removesuffix("/v1")).base_url == url


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("localhost:1234/v1", "http://localhost:1234/v1"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        (" https://x.test/v1/chat/completions ", "https://x.test/v1"),
    ],
)
def test_what_is_missing_of_an_address_is_added(typed: str, understood: str) -> None:
    assert with_scheme(typed) == understood


@pytest.mark.parametrize(
    ("wild", "kind", "told"),
    [
        (WildServer(status=401), "key", "did not accept the key"),
        (WildServer(status=500), "unreachable", "failed"),
        (WildServer(status=503), "unreachable", "may be loading its model"),
        (WildServer(status=307, headers={"location": "http://else.test/"}), "rejected", "sends us elsewhere"),
        (WildServer(blocks=(b"<html>",)), "unreadable", "not like a language model"),
        (WildServer(status=404), "rejected", "no list of models"),
    ],
)
def test_what_an_address_does_instead_of_listing_is_told_in_words(
    wild: WildServer, kind: str, told: str
) -> None:
    with serving(wild), pytest.raises(ChatError, match=told) as caught:
        models_at(f"{wild.url}/v1", "sk-secret-key")
    assert caught.value.kind == kind and caught.value.remedy
    assert "sk-secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    "typed", ["", "http://", "ftp://x.test", "http://[::1", "http://a b/v1", "http://x:99999"]
)
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(ChatError) as caught:
        models_at(typed)
    assert caught.value.kind in ("rejected", "unreachable")


def test_a_password_in_an_address_is_not_told() -> None:
    address = nobody_there().replace("http://", "http://me:hunter22@")
    with pytest.raises(ChatError) as caught:
        models_at(address)
    assert "hunter22" not in str(caught.value)


def test_a_key_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(ChatError, match="holds a character") as caught:
        models_at("http://127.0.0.1:9/v1", "\u201csk\u201d")
    assert caught.value.kind == "key"


def test_looking_is_cut_off_at_once_by_whoever_waits() -> None:
    with serving(WildServer(silent_seconds=60.0)) as wild:
        looking = Beside(lambda cancel: models_at(f"{wild.url}/v1", cancel=cancel))
        assert wild.arrived.wait(30) and not looking.finished and looking.result() is None
        looking.stop()
        assert looking.wait(30)
        with pytest.raises(RehearseError, match="cancelled"):
            looking.result()


def test_work_beside_a_page_that_breaks_ends_with_words(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(cancel: threading.Event) -> int:
        raise KeyError("unforeseen")

    work = Beside(breaks)
    assert work.wait(30)
    with pytest.raises(RehearseError, match="nobody foresaw"):
        work.result()
    assert "KeyError" in caplog.text
