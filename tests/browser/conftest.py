"""Fixtures of the browser tests; everything they do is in `rig.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import needs
from tests.browser.practised import fill
from tests.browser.rig import Devices, Server, chromium, serving
from tests.media import face_clip, speech_wav

ANSWER = (
    "I would put a load balancer in front of stateless services and keep the sessions in Redis. "
    "Writes go to the primary database, reads to replicas, and a queue takes the spikes. "
    "When the primary fails a follower is promoted, and clients see errors for some seconds."
)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One a module: while it runs, no other test of this process could use asyncio."""
    needs.installed(needs.BROWSER)
    driver = str(compute_driver_executable()[0])
    needs.starts([driver, "--version"], "Playwright's driver lacks a library of the system", "libatomic1")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Devices:
    """A face that sways at 320x240 and 15 frames a second, and an answer spoken by espeak-ng."""
    needs.installed(needs.BROWSER, needs.VOICE)
    folder = tmp_path_factory.mktemp("clips")
    return Devices(
        camera=face_clip(folder / "face.mjpeg", seconds=4.0, fps=15, size=(320, 240)),
        microphone=speech_wav(folder / "answer.wav", ANSWER),
    )


@pytest.fixture(scope="module")
def browser(playwright: Playwright, clips: Devices) -> Iterator[Browser]:
    """A Chromium with the face and the voice."""
    with chromium(playwright, clips) as launched:
        yield launched


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the capture widgets alone."""
    with serving(tmp_path_factory.mktemp("demo"), "tests/browser/demo_app.py") as server:
        yield server


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose candidate has answered one question three times, twice with a recording."""
    folder = tmp_path_factory.mktemp("practised")
    fill(folder, answers=3, recorded=2, levels=True)
    with serving(folder) as server:
        yield server
