"""What a candidate's Python cannot do in the browser, each tried for real; a control shows a leak.

The code runs as in the app: same frame, same policy, same worker. A second server notes every connection.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page

from data.questions import load_questions
from pages.widgets.sandbox.served import HARNESS, urls
from tests.browser.rig import new_tab, serving

pytestmark = pytest.mark.browser

OPEN = """async ([urls, harness]) => {
  const { Runner } = await import(new URL(urls.runner, location.href).href)
  window.host = document.createElement("div")
  document.body.append(window.host)
  window.runner = new Runner(window.host, urls, harness)
  window.heard = []
  new BroadcastChannel("leak").onmessage = event => window.heard.push(event.data)
  localStorage.setItem("secret", "kept by the app")
  document.cookie = "secret=kept-by-the-app"
}"""
RUN = """async ([code, checks]) => {
  const results = []
  const task = { setup: "", checks: checks.map(code => ({ code })) }
  await window.runner.run(task, code, (place, result) => { results[place] = result })
  return results
}"""
SOLUTIONS = Path(__file__).parents[1] / "data" / "solutions"
SECRET = "kept"
ANSWER = b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Listener:
    """Counts connections: whatever leaves the sandbox for the network arrives here."""

    port: int
    seen: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    try:
                        found.seen.append(connection.recv(1000))
                        connection.sendall(ANSWER)
                    except OSError:
                        found.seen.append(b"connected")

        threading.Thread(target=listen, daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of the app itself, with a sandbox in it."""
    with serving(tmp_path_factory.mktemp("sandbox")) as server:
        tab = new_tab(browser)
        tab.open(f"{server.url}/study")
        tab.page.evaluate(OPEN, [urls(), HARNESS])
        yield tab.page
        tab.page.close()


def run(page: Page, *checks: str, code: str = "") -> list[dict[str, Any]]:
    """The results of these tests of this code."""
    return cast(list[dict[str, Any]], page.evaluate(RUN, [code, list(checks)]))


RUN_TASK = """async ([task, code]) => {
  const results = []
  await window.runner.run(task, code, (place, result) => { results[place] = result })
  return results
}"""


def one(page: Page, check: str) -> dict[str, Any]:
    return run(page, check)[0]


def test_python_runs_and_its_tests_pass_and_fail(page: Page) -> None:
    results = run(page, "assert f(2) == 4", "assert f(2) == 5", code="def f(x):\n    return x * 2")
    assert [result["outcome"] for result in results] == ["passed", "failed"]
    assert results[1]["problem"] == "assert f(2) == 5 does not hold: the left side is 4"


def test_our_solutions_pass_every_test_in_the_browser_too(page: Page) -> None:
    failed: dict[str, list[dict[str, Any]]] = {}
    for question in load_questions():
        if question.task is not None:
            code = (SOLUTIONS / f"{question.id}.py").read_text(encoding="utf-8")
            results = page.evaluate(RUN_TASK, [asdict(question.task), code])
            wrong = [result for result in results if result["outcome"] != "passed"]
            if wrong:
                failed[question.id] = wrong
    assert failed == {}


def test_an_infinite_loop_is_stopped_and_the_page_goes_on(page: Page) -> None:
    results = run(page, "f()", "assert True", code="def f():\n    while True:\n        pass")
    assert [result["outcome"] for result in results] == ["stopped", "not_run"]
    assert "5 seconds" in results[0]["problem"]
    assert page.locator("iframe[title=Sandbox]").count() == 0
    assert one(page, "assert 1 + 1 == 2")["outcome"] == "passed"


def test_a_memory_bomb_ends_at_the_limit_and_its_memory_is_given_back(page: Page) -> None:
    bomb = "kept = []\nwhile True:\n    kept.append(bytearray(150_000_000))"
    results = run(page, bomb, "assert len(bytearray(300_000_000)) == 300_000_000")
    assert results[0]["outcome"] == "failed"
    assert "512 MB" in results[0]["problem"]
    assert results[1]["outcome"] == "passed"


NETWORK = {
    "fetch": "import js\njs.fetch('http://{address}/fetch')",
    "XHR": (
        "import js\nasked = js.XMLHttpRequest.new()\n"
        "asked.open('GET', 'http://{address}/xhr', False)\nasked.send()"
    ),
    "WebSocket": "import js, time\njs.WebSocket.new('ws://{address}/socket')\ntime.sleep(0.5)",
    "EventSource": "import js\njs.EventSource.new('http://{address}/events')",
    "importScripts": "import js\njs.importScripts('http://{address}/script.js')",
    "a worker of its own": "import js\njs.Worker.new('http://{address}/worker.js')",
    "pyodide.http": "from pyodide.http import open_url\nopen_url('http://{address}/open')",
    "pyfetch": (
        "import asyncio\nfrom pyodide.http import pyfetch\n"
        "asyncio.ensure_future(pyfetch('http://{address}/pyfetch'))"
    ),
    "urllib": "import urllib.request\nurllib.request.urlopen('http://{address}/urllib', timeout=2)",
    "a socket": (
        "import socket, time\nfound = socket.create_connection(('127.0.0.1', {port}), timeout=2)\n"
        "found.send(b'hello')\ntime.sleep(0.3)"
    ),
    "JavaScript from text": "from pyodide.code import run_js\nrun_js('fetch(\"http://{address}/run_js\")')",
}
SILENT = ("fetch", "WebSocket", "EventSource", "a worker of its own", "pyfetch", "a socket")
"""These fail after the call, out of Python's sight; that nothing arrived is what is checked."""


@pytest.mark.parametrize("way", NETWORK)
def test_nothing_reaches_the_network(page: Page, listener: Listener, way: str) -> None:
    listener.seen.clear()
    result = one(page, NETWORK[way].format(address=listener.address, port=listener.port))
    page.wait_for_timeout(300)
    assert listener.seen == []
    if way not in SILENT:
        assert result["outcome"] == "failed", result


def test_nothing_reaches_the_server_of_the_app(page: Page) -> None:
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    here = page.evaluate("location.origin") + "/_stcore/health"
    result = one(page, f"from pyodide.http import open_url\nopen_url('{here}?leak')")
    one(page, f"import js\njs.fetch('{here}?leak')")
    page.evaluate(f"fetch('{here}?control')")
    page.wait_for_timeout(300)
    assert result["outcome"] == "failed"
    assert [url for url in answered if "?" in url] == [f"{here}?control"]


def test_the_same_calls_outside_of_the_sandbox_do_arrive(browser: Browser, listener: Listener) -> None:
    """The control, on a page without any policy: without it the tests above could not fail."""
    listener.seen.clear()
    free = browser.new_page()
    free.evaluate(f"fetch('http://{listener.address}/control').catch(() => 0)")
    free.evaluate(f"void new WebSocket('ws://{listener.address}/control')")
    free.wait_for_timeout(500)
    free.close()
    assert len(listener.seen) >= 2


APP = {
    "the document": "import js\nassert not hasattr(js, 'document'), js.document",
    "the window and its parent": "import js\nassert not hasattr(js, 'window') and not hasattr(js, 'parent')",
    "cookies": "import js\nassert 'kept' not in str(getattr(getattr(js, 'document', None), 'cookie', ''))",
    "local storage": "import js\nassert not hasattr(js, 'localStorage'), js.localStorage.getItem('secret')",
    "an origin": "import js\nassert js.self.origin == 'null', js.self.origin",
}


@pytest.mark.parametrize("what", APP)
def test_the_app_is_out_of_reach(page: Page, what: str) -> None:
    assert page.evaluate("localStorage.getItem('secret') + document.cookie").count(SECRET) == 2
    assert one(page, APP[what]) | {"seconds": 0, "printed": ""} == {
        "outcome": "passed", "problem": "", "seconds": 0, "printed": "",
    }  # fmt: skip


def test_databases_and_caches_of_the_app_are_refused(page: Page) -> None:
    for call in ("js.indexedDB.open('streamlit')", "js.caches.keys"):
        result = one(page, f"import js\n{call}")
        assert result["outcome"] == "failed", result


def test_a_broadcast_is_not_heard_by_the_app(page: Page) -> None:
    one(page, "import js\njs.BroadcastChannel.new('leak').postMessage('from the sandbox')")
    page.evaluate("new BroadcastChannel('leak').postMessage('from the app')")
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == ["from the app"]


def test_the_page_hears_nothing_but_the_frame_it_opened(page: Page) -> None:
    page.evaluate("setTimeout(() => postMessage({ place: 0, outcome: 'passed' }, '*'), 100)")
    result = one(page, "import time\ntime.sleep(0.4)\nassert False, 'the real result'")
    assert result["outcome"] == "failed" and "the real result" in result["problem"]


def test_the_frame_carries_the_policy_also_when_it_is_opened_alone(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        page = browser.new_page()
        answer = page.goto(server.url + urls()["frame"])
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src 'sha256-")
        assert "connect-src" not in policy and "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")
        assert page.evaluate("origin") == "null"
        page.close()
