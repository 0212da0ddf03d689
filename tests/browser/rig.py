"""What every browser test stands on: a server of its own, a Chromium with a fake camera, waits on text."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests import needs

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
PATIENCE_MS = 60_000
REST_MS = 2_000
_AT_REST = '[data-test-script-state="notRunning"]'
HAND_MS = 80
"""As long as a hand holds a key or a button: Streamlit's lists lose letters and clicks that take no time."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
WRAP = "REHEARSE_TEST_WRAP"
"""Environment variable with a command to run the server under (strace, to watch its sockets)."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-features=WebRtcHideLocalIpsWithMdns,Translate,OptimizationHints,MediaRouter",
]
NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
REMEMBER_CONNECTION = """
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); window.connection = this; }
};
"""
FRAMES_SENT = """async () => {
  const stats = [...(await window.connection.getStats()).values()];
  return stats.find((one) => one.type === "outbound-rtp" && one.kind === "video").framesSent;
}"""
"""How many pictures the browser of a page with `REMEMBER_CONNECTION` has sent; run in the camera's iframe."""
HARMLESS = ("favicon", "ResizeObserver", "preload", "was preloaded", "DevTools")
"""Parts of console errors that say nothing about us."""


@dataclass
class Server:
    """A running app with its own database and recordings."""

    process: subprocess.Popen[bytes]
    url: str
    folder: Path
    log: Path

    @property
    def recordings(self) -> Path:
        """Where its recordings are."""
        return self.folder / "recordings"

    def kill(self) -> None:
        """End it the hard way, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """End it."""
        if self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def serving(
    folder: Path,
    script: str = "app.py",
    settings: Mapping[str, str] | None = None,
    *,
    address: str = "127.0.0.1",
    base: str = "",
    health: int = 200,
    port: int | None = None,
) -> Iterator[Server]:
    """Run `script` on a private port until the block ends; `folder` may hold data of an earlier run.

    `base` is a sub-path to serve it under, `health` the status that says it has started; with the `port` of a
    server that was killed, an open page finds the new one.
    """
    port = port or free_port()
    command = [
        *os.environ.get(WRAP, "").split(),
        sys.executable,
        str(ROOT / "tests/browser/server.py"),
        script,
        "--server.port",
        str(port),
    ]
    command += [
        "--server.address",
        address,
        "--server.headless",
        "true",
        "--server.fileWatcherType",
        "none",
    ]
    command += ["--browser.gatherUsageStats", "false", "--server.baseUrlPath", base]
    log = folder / "server.log"
    environ = os.environ | {
        "DATABASE_URL": f"duckdb:///{folder}/rehearse.duckdb",
        "RECORDINGS_URL": (folder / "recordings").as_uri(),
        "LANGUAGE_MODEL_FILE": f"{folder}/language_model.json",
        **(settings or {}),
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    server = Server(process, f"http://127.0.0.1:{port}" + (f"/{base}" if base else ""), folder, log)
    try:
        _wait_healthy(server, health)
        yield server
    except BaseException as failure:
        ended = process.poll()
        state = "still runs" if ended is None else f"ended with {ended}"
        if ended is None:
            process.send_signal(signal.SIGUSR1)  # every thread's stack into the log, see server.py
            time.sleep(1)
        failure.add_note(f"The server {state}. Its log ends:\n{log.read_text(errors='replace')[-6000:]}")
        raise
    finally:
        server.stop()


@dataclass(frozen=True)
class Devices:
    """What the fake browser has. None: Chromium's own test pattern and beep."""

    camera: Path | None = None
    microphone: Path | None = None
    permission: str = "granted"
    """granted, denied, or none (no device at all)."""


@contextmanager
def chromium(playwright: Playwright, devices: Devices) -> Iterator[Browser]:
    """A Chromium with these devices; fails where no Chromium is installed."""
    flags = [*FLAGS, NO_NAMES]
    if devices.permission != "none":
        flags.append("--use-fake-device-for-media-stream")
    if devices.permission == "granted":
        flags.append("--use-fake-ui-for-media-stream")
    if devices.permission == "denied":
        flags.append("--deny-permission-prompts")
    if devices.camera:
        flags.append(f"--use-file-for-fake-video-capture={devices.camera}")
    if devices.microphone:
        flags.append(f"--use-file-for-fake-audio-capture={devices.microphone}")
    (path,) = needs.installed(needs.BROWSER)
    browser = playwright.chromium.launch(executable_path=path, args=flags)
    try:
        yield browser
    finally:
        browser.close()


@dataclass
class Tab:
    """A page that remembers what went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Go there."""
        self.page.goto(url, wait_until="domcontentloaded", timeout=PATIENCE_MS)

    def see(self, text: str, timeout_ms: float = PATIENCE_MS) -> None:
        """Wait until `text` is on screen."""
        wait_text(self.page, text, timeout_ms)

    def press(self, name: str, timeout_ms: float = PATIENCE_MS) -> None:
        """Press the button of that name, after a short wait for a page that is drawn again under the hand."""
        with suppress(PlaywrightTimeout):
            self.page.locator(_AT_REST).wait_for(timeout=REST_MS)
        self.page.get_by_role("button", name=name).first.click(timeout=timeout_ms)

    def settle(self) -> None:
        """Wait until the server's run has ended: its last message closes a list that is open."""
        self.page.locator(_AT_REST).wait_for(timeout=PATIENCE_MS)

    def value(self, name: str) -> str:
        """What the page shows behind `name=`."""
        return self.page.get_by_text(f"{name}=").first.inner_text(timeout=PATIENCE_MS).split("=", 1)[1]

    def screenshot(self, name: str) -> Path:
        """Keep a picture of the whole page."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{name}.png"
        self.page.screenshot(path=str(path), full_page=True)
        return path


def new_tab(browser: Browser | BrowserContext, **options: object) -> Tab:
    """A fresh tab (of a fresh profile when given a browser) that collects console errors."""
    tab = Tab(browser.new_page(**options))  # type: ignore[arg-type]
    tab.page.on("console", lambda message: _note(tab, message))
    tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
    return tab


def until_recorded(tab: Tab, clock: str, patience_seconds: float = 120.0) -> None:
    """Wait until the page's recording clock shows `clock` ("1:05") or later: a busy machine skips seconds."""
    deadline = time.monotonic() + patience_seconds
    while _recorded_seconds(tab.page) < _seconds(clock):
        if time.monotonic() > deadline:
            wait_text(tab.page, f"● Recording · {clock}", 1000)
        tab.page.wait_for_timeout(200)


def _recorded_seconds(page: Page) -> int:
    shown = re.search(r"● Recording · (\d+:\d\d)", page.locator("body").inner_text())
    return _seconds(shown[1]) if shown else -1


def _seconds(clock: str) -> int:
    minutes, seconds = clock.split(":")
    return int(minutes) * 60 + int(seconds)


def wait_text(page: Page, text: str, timeout_ms: float = PATIENCE_MS) -> None:
    """Wait until `text` is visible; the failure shows what was on screen instead."""
    try:
        page.get_by_text(text).first.wait_for(state="visible", timeout=timeout_ms)
    except Exception as failure:
        seen = page.locator("body").inner_text()[-2000:]
        raise AssertionError(f"{text!r} did not appear. On screen:\n{seen}") from failure


def _note(tab: Tab, message: ConsoleMessage) -> None:
    harmless = any(part in message.text for part in HARMLESS) or _looks_for_its_server(message)
    if message.type == "error" and not harmless:
        tab.errors.append(message.text)


def _looks_for_its_server(message: ConsoleMessage) -> bool:
    """Opened at a page's own address, Streamlit asks for its server below that page first."""
    url = message.location["url"]
    return "404" in message.text and url.endswith(("/_stcore/health", "/_stcore/host-config"))


def free_port() -> int:
    """A port that the system says nobody has, so that two test runs on one machine do not meet."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def handshake(server: Server, host: str = "", origin: str = "") -> int:
    """The status of a WebSocket handshake at the server's own address, as a page of `origin` would ask."""
    parts = urlsplit(server.url)
    lines = [
        f"GET {parts.path}/_stcore/stream HTTP/1.1",
        f"Host: {host or parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        *([f"Origin: {origin}"] if origin else []),
    ]
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=30) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(connection.recv(4096).split(b" ")[1])


def _wait_healthy(server: Server, status: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.url + "/_stcore/health", timeout=1):
                return
        except urllib.error.HTTPError as answer:
            if answer.code == status:
                return
            time.sleep(0.1)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{server.log.read_text()[-3000:]}")
