"""Capture in a real browser, on the widgets alone: what Chromium sends is what the file holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Playwright

from analysis import media
from data.ice import with_time_limited_credentials
from data.settings import IceServer
from tests.browser.coturn import coturn
from tests.browser.rig import Devices, Server, Tab, chromium, free_port, new_tab, serving, until_recorded
from tests.browser.room import until
from tests.media import onsets

pytestmark = pytest.mark.browser

START = "Start recording"
DEMO = "tests/browser/demo_app.py"


def start(tab: Tab, server: Server, attempt: str) -> None:
    """Open the demo page and begin to record."""
    tab.open(f"{server.url}/?attempt={attempt}")
    tab.page.frame_locator("iframe").get_by_role("button", name=START).click(timeout=30_000)
    tab.see("● Recording", 40_000)


def finish(tab: Tab, server: Server, attempt: str) -> media.RecordingFacts:
    tab.press("Finish")
    tab.see("frames=")
    return media.probe(server.recordings / f"{attempt}.mp4")


@pytest.mark.live
def test_sound_and_picture_stay_together_from_the_browser_to_the_file(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    tab.page.add_init_script(FLASHES_AND_BEEPS)
    start(tab, demo, "sync")
    until_recorded(tab, "0:12")
    facts = finish(tab, demo, "sync")
    white, beeps = onsets(facts.path)
    apart = np.array([beeps[np.abs(beeps - flash).argmin()] - flash for flash in white[2:]])
    print(f"sound minus picture, ms: {np.round(apart * 1000)}")
    assert apart.size >= 7
    assert abs(float(np.median(apart))) < 0.08


FLASHES_AND_BEEPS = """
navigator.mediaDevices && (navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext(), beep = sound.createOscillator(), loud = sound.createGain();
  const out = sound.createMediaStreamDestination(), canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 320, height: 240 });
  const brush = canvas.getContext("2d");
  beep.connect(loud).connect(out);
  loud.gain.value = 0;
  beep.start();
  const first = Math.ceil(sound.currentTime) + 1;
  for (let second = first; second < first + 60; second++) {
    loud.gain.setValueAtTime(0.5, second);
    loud.gain.setValueAtTime(0, second + 0.1);
  }
  setInterval(() => {
    brush.fillStyle = sound.currentTime >= first && sound.currentTime % 1 < 0.1 ? "white" : "black";
    brush.fillRect(0, 0, 320, 240);
  }, 16);
  return new MediaStream([...canvas.captureStream(30).getTracks(), ...out.stream.getTracks()]);
});
"""


def test_the_candidate_sees_the_own_picture_and_live_analysis_hears_everything(
    browser: Browser, demo: Server
) -> None:
    tab = new_tab(browser)
    start(tab, demo, "seen")
    until_recorded(tab, "0:04")
    shown = tab.page.locator("video.view")
    playing = "video => !video.hidden && video.videoWidth > 0 && video.currentTime > 0"
    until(lambda: bool(shown.evaluate(playing)))
    heard = _heard(tab)
    facts = finish(tab, demo, "seen")
    tab.see("phase=ended")
    assert abs(_heard(tab) - heard - facts.seconds) < 6
    assert tab.page.locator("iframe").count() == 0


def test_a_reload_goes_on_with_the_same_recording(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    tab.open(f"{demo.url}/?attempt=reload&auto=1")
    until_recorded(tab, "0:04")
    tab.page.reload(wait_until="domcontentloaded")
    tab.see("● Recording", 40_000)
    until_recorded(tab, "0:12")
    facts = finish(tab, demo, "reload")
    assert facts.seconds > 11
    assert abs(media.read_audio(facts.path).size / 16_000 - facts.seconds) < 0.3


@pytest.mark.parametrize(
    ("permission", "message"), [("denied", "told not to use"), ("none", "No camera or no microphone")]
)
def test_a_refused_or_missing_camera_is_explained(
    playwright: Playwright, demo: Server, permission: str, message: str
) -> None:
    with chromium(playwright, Devices(permission=permission)) as browser:
        tab = new_tab(browser)
        tab.open(f"{demo.url}/?attempt=refused-{permission}")
        button = tab.page.frame_locator("iframe").get_by_role("button", name=START)
        button.wait_for(timeout=30_000)
        until(lambda: bool(tab.page.evaluate(_OVERHEARD)))
        button.click()
        tab.see(message)
        tab.screenshot(f"capture-{permission}")


@pytest.mark.parametrize(
    ("permission", "ok", "message"),
    [
        ("granted", "True", "Camera and microphone work."),
        ("denied", "False", "The browser was told not to use it"),
        ("none", "False", "None was found"),
    ],
)
def test_the_device_check_says_what_works(
    playwright: Playwright, clips: Devices, demo: Server, permission: str, ok: str, message: str
) -> None:
    with chromium(playwright, Devices(clips.camera, clips.microphone, permission)) as browser:
        tab = new_tab(browser)
        tab.open(f"{demo.url}/?kind=check")
        tab.press("Check camera and microphone")
        tab.see(f"camera_ok={ok}")
        tab.see(message)
        assert tab.value("microphone_ok") == ok


@pytest.mark.parametrize(
    ("secret", "stopped", "ok", "message"),
    [
        ("only for this test", False, "True", "carries data"),
        ("another", False, "False", "refuses the user name or password"),
        ("only for this test", True, "False", "cannot be reached"),
    ],
)
def test_the_connection_test_says_what_is_wrong(
    playwright: Playwright, tmp_path: Path, secret: str, stopped: bool, ok: str, message: str
) -> None:
    with coturn(tmp_path, secret="only for this test") as port:
        turn = IceServer((f"turn:127.0.0.1:{free_port() if stopped else port}?transport=tcp",))
        (ready,) = with_time_limited_credentials([turn], secret, "ada", datetime.now(UTC))
        settings = {"ICE_SERVERS": json.dumps([asdict(ready)])}
        with serving(tmp_path, DEMO, settings) as server, chromium(playwright, Devices()) as browser:
            tab = new_tab(browser)
            tab.open(f"{server.url}/?kind=connection")
            tab.press("Test the connection")
            tab.see(f"ok={ok}")
            tab.see(message)


_OVERHEARD = "Boolean(document.querySelector('iframe')?.contentWindow?.navigator?.mediaDevices?.overheard)"


def _heard(tab: Tab) -> float:
    return float(tab.value("heard_seconds"))
