"""Capture in a real browser, on the widgets alone: what Chromium sends is what the file holds."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Playwright

from analysis import media
from data.domain import RehearseError
from data.ice import with_time_limited_credentials
from data.settings import IceServer
from tests import needs
from tests.browser.rig import (
    FRAMES_SENT,
    REMEMBER_CONNECTION,
    Devices,
    Server,
    Tab,
    chromium,
    free_port,
    new_tab,
    serving,
    until_recorded,
)
from tests.media import onsets

pytestmark = pytest.mark.browser

START = "Start recording"
DEMO = "tests/browser/demo_app.py"


def start(tab: Tab, server: Server, attempt: str, more: str = "") -> None:
    """Open the demo page and begin to record."""
    tab.open(f"{server.url}/?attempt={attempt}{more}")
    tab.page.frame_locator("iframe").get_by_role("button", name=START).click(timeout=30_000)
    tab.see("● Recording", 40_000)


def finish(tab: Tab, server: Server, attempt: str) -> media.RecordingFacts:
    tab.press("Finish")
    tab.see("frames=")
    return media.probe(server.recordings / f"{attempt}.mp4")


def until(true: Callable[[], bool], patience_seconds: float = 40.0) -> None:
    deadline = time.monotonic() + patience_seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def readable_seconds(path: Path) -> float:
    try:
        return media.probe(path).seconds
    except RehearseError:
        return 0.0


def test_nearly_every_frame_and_all_sound_arrive(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    tab.page.add_init_script(REMEMBER_CONNECTION)
    start(tab, demo, "whole")
    until_recorded(tab, "0:10")
    tab.screenshot("capture")
    sent = tab.page.frame_locator("iframe").locator("body").evaluate(FRAMES_SENT)
    facts = finish(tab, demo, "whole")
    sound = media.read_audio(facts.path)
    print(f"{facts.frames} frames in the file, {sent} sent just before the end")
    assert sent > 100
    assert facts.frames >= 0.97 * sent
    assert abs(facts.av_offset_seconds or 0) < 0.08
    assert abs(sound.size / 16_000 - facts.seconds) < 0.2
    assert np.abs(sound).max() > 0.05
    assert _longest_dead_silence(sound) < 0.5
    assert (facts.dropped_video, facts.dropped_audio) == (0, 0)
    assert tab.errors == []


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


def test_it_starts_once_by_itself_when_the_page_asks(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    tab.open(f"{demo.url}/?attempt=auto&auto=1")
    until_recorded(tab, "0:03")
    assert finish(tab, demo, "auto").frames > 30
    assert tab.errors == []


def test_microphone_alone_records_sound_alone(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    start(tab, demo, "sound", "&video=0")
    until_recorded(tab, "0:04")
    facts = finish(tab, demo, "sound")
    assert (facts.has_video, facts.has_audio) == (False, True)
    assert facts.seconds > 3.5


def test_a_changed_resolution_goes_on_in_one_file(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    start(tab, demo, "sizes")
    until_recorded(tab, "0:03")
    for width, clock in ((160, "0:06"), (320, "0:09")):
        tab.page.evaluate(
            """width => document.querySelector('iframe').contentWindow.navigator.mediaDevices.opened
                .getVideoTracks()[0].applyConstraints({width, height: width * 3 / 4})""",
            width,
        )
        until_recorded(tab, clock)
    facts = finish(tab, demo, "sizes")
    frames = [pixels for _, pixels in media.read_frames(facts.path, 2)]
    assert (facts.width, facts.height) == (640, 480)
    assert facts.seconds > 8
    assert min(float(pixels.std()) for pixels in frames[1:]) > 20


def test_a_closed_tab_finishes_the_recording_by_itself(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    start(tab, demo, "closed")
    until_recorded(tab, "0:04")
    tab.page.close()
    until((demo.recordings / "closed.mp4").exists)
    assert media.probe(demo.recordings / "closed.mp4").seconds > 3.5
    assert not (demo.recordings / "closed.mp4.part").exists()


def test_leaving_the_page_keeps_what_was_said(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    start(tab, demo, "left")
    until_recorded(tab, "0:04")
    tab.page.get_by_role("link", name="Other").first.click()
    tab.see("another page")
    until((demo.recordings / "left.mp4").exists)
    assert media.probe(demo.recordings / "left.mp4").seconds > 3.5


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


def test_a_second_tab_does_not_disturb_the_first(browser: Browser, demo: Server) -> None:
    first, second = new_tab(browser), new_tab(browser)
    start(first, demo, "tabs")
    second.open(f"{demo.url}/?attempt=tabs&auto=1")
    second.see("recorded in another tab")
    until_recorded(first, "0:06")
    assert finish(first, demo, "tabs").seconds > 5.5
    assert second.page.locator("iframe").count() == 0


def test_a_killed_server_leaves_all_but_the_last_second(
    playwright: Playwright, clips: Devices, tmp_path: Path
) -> None:
    with serving(tmp_path, DEMO) as server, chromium(playwright, clips) as browser:
        tab = new_tab(browser)
        start(tab, server, "killed")
        until_recorded(tab, "0:07")
        server.kill()
        part = server.recordings / "killed.mp4.part"
        assert readable_seconds(part) > 6.0
        assert media.probe(media.recover(part)).frames > 60


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


def test_the_browser_itself_records_and_hands_over(browser: Browser, demo: Server) -> None:
    tab = new_tab(browser)
    tab.open(f"{demo.url}/?kind=browser&attempt=here")
    tab.press("Record here")
    tab.see("● 0:05")
    tab.press("Stop and hand over")
    tab.see("saved=here")
    source = demo.recordings / tab.value("saved")
    facts = media.probe(media.for_playback(source, demo.recordings / "here-playback.mp4"))
    assert facts.seconds > 4.5
    assert facts.frames > 40
    assert facts.has_audio
    assert tab.errors == []


def test_a_file_recorded_elsewhere_can_be_uploaded_instead(
    browser: Browser, demo: Server, tmp_path: Path
) -> None:
    from tests.media import recording

    tab = new_tab(browser)
    tab.open(f"{demo.url}/?kind=browser&attempt=phone")
    path = recording(tmp_path / "phone.mov", 2.0, turned=90)
    tab.page.locator("input[type=file]").set_input_files(str(path))
    tab.see("saved=phone.mov")
    assert media.probe(demo.recordings / "phone.mov").rotation_degrees == 270


def test_a_blocked_connection_is_noticed_and_offers_the_browser_s_own_recorder(
    playwright: Playwright, clips: Devices, tmp_path: Path
) -> None:
    blocked = {"REHEARSE_TEST_ICE": "blocked"}
    with serving(tmp_path, DEMO, blocked) as server, chromium(playwright, clips) as browser:
        tab = new_tab(browser)
        tab.open(f"{server.url}/?attempt=blocked&auto=1")
        tab.see("phase=connecting")
        tab.see("blocked=yes", 15_000)
        tab.press("Record here")
        tab.see("● 0:02")


def test_a_turn_server_with_time_limited_credentials_carries_the_answer(
    playwright: Playwright, clips: Devices, tmp_path: Path
) -> None:
    with coturn(tmp_path, secret="only for this test") as port:
        turn = IceServer((f"turn:127.0.0.1:{port}?transport=tcp",))
        (ready,) = with_time_limited_credentials([turn], "only for this test", "ada", datetime.now(UTC))
        settings = {"REHEARSE_TEST_ICE": "relay", "ICE_SERVERS": json.dumps([asdict(ready)])}
        with serving(tmp_path, DEMO, settings) as server, chromium(playwright, clips) as browser:
            tab = new_tab(browser)
            start(tab, server, "relayed")
            until_recorded(tab, "0:04")
            assert finish(tab, server, "relayed").frames > 60


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


@contextmanager
def coturn(folder: Path, secret: str) -> Iterator[int]:
    """A coturn on loopback that takes credentials made with `secret`; its port."""
    program = needs.program("turnserver", package="coturn")
    port = free_port()
    options = f"-n --listening-ip 127.0.0.1 --relay-ip 127.0.0.1 --listening-port {port} --realm rehearse "
    options += "--use-auth-secret --no-tls --no-dtls --no-cli --allow-loopback-peers --log-file stdout"
    with (folder / "coturn.log").open("wb") as log:
        command = [program, *options.split(), "--static-auth-secret", secret]
        process = subprocess.Popen(
            [*command, "--pidfile", str(folder / "coturn.pid"), "--userdb", str(folder / "turndb")],
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: _listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


_OVERHEARD = "Boolean(document.querySelector('iframe')?.contentWindow?.navigator?.mediaDevices?.overheard)"


def _heard(tab: Tab) -> float:
    return float(tab.value("heard_seconds"))


def _longest_dead_silence(sound: np.ndarray) -> float:
    """Seconds of the longest run of exact zeros: what is put where sound was lost."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (sound == 0).astype(np.int8), [0]])))
    runs = edges[1::2] - edges[::2]
    return float(runs.max() / 16_000) if runs.size else 0.0
