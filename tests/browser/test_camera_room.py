"""The camera room on the real app: set-up, one set of controls, tabs, and the ways around a firewall."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from analysis import media
from tests.browser.reviewing import score
from tests.browser.rig import Devices, Server, Tab, chromium, new_tab, serving, until_recorded
from tests.browser.room import (
    PATIENCE_MS,
    agree,
    answer,
    choose,
    finish,
    kept,
    offers,
    until,
)
from tests.media import motion_jpeg
from tests.turned import turned

pytestmark = pytest.mark.browser

STATUS = """() => {
  const frame = document.querySelector('iframe[title*="webrtc_streamer"]');
  return { inert: frame.inert, opacity: getComputedStyle(
    frame.closest('[data-testid="stElementContainer"]')).opacity };
}"""
NARROWED = """() => document.querySelector('iframe').contentWindow.navigator.mediaDevices.opened
  .getVideoTracks()[0].applyConstraints({ width: 160, height: 120 })"""
LOOKS_SECONDS = 4.75
"""Half of the set-up, with a little to spare: that long the looking clip looks at each point."""
ASIDE_DEGREES = 16.0
CLIP_FPS = 30
"""Chromium's rate for motion-JPEG files."""
SET_UP_SECONDS = 20.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("room")


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="module")
def looking(folder: Path, clips: Devices) -> Devices:
    """A face that looks at the lens, and then as long at something beside it."""
    each = round(LOOKS_SECONDS * CLIP_FPS)
    images = [turned(0, 0)] * each + [turned(ASIDE_DEGREES, 0)] * each
    return replace(clips, camera=motion_jpeg(folder / "looks.mjpeg", images))


def set_up(tab: Tab) -> None:
    """Run the guided set-up to its end."""
    tab.page.get_by_role("button", name="Set up", exact=True).click(timeout=30_000)
    tab.see("1 of 2")
    tab.see("2 of 2")
    tab.page.get_by_text("2 of 2").first.wait_for(state="hidden", timeout=30_000)


@pytest.mark.live
def test_a_set_up_calibrates_and_the_answer_is_measured_with_it(
    playwright: Playwright, looking: Devices, tmp_path: Path
) -> None:
    with serving(tmp_path) as server, chromium(playwright, looking) as browser:
        tab = new_tab(browser, viewport={"width": 1280, "height": 1000})
        choose(tab, server)
        agree(tab)
        began = time.monotonic()
        set_up(tab)
        tab.see("measured against you and your seat")
        assert time.monotonic() - began < SET_UP_SECONDS
        tab.page.get_by_role("button", name="Set up again").wait_for(timeout=10_000)
        tab.screenshot("set-up-done")
        tab.press("Start answering")
        until_recorded(tab, "0:19")
        finish(tab)
        assert tab.errors == []
        tab.page.close()
    (result,) = kept(tmp_path)
    values = {summary.name: summary.value for summary in result.summaries}
    print({name: value and round(value, 3) for name, value in values.items()})
    assert 0.3 < _measured(values["eye_contact_camera"]) < 0.7
    assert 0.3 < _measured(values["eye_contact_down"]) < 0.7, "on the screen, which the set-up found aside"
    assert abs(_measured(values["slouch"])) < 0.15, "measured from the upright baseline"
    assert abs(_measured(values["lean"])) < 0.15


def _measured(value: float | None) -> float:
    assert value is not None
    return value


def test_two_points_that_look_the_same_are_said_to_and_the_baseline_is_kept(
    playwright: Playwright, clips: Devices, app: Server, folder: Path
) -> None:
    staring = replace(clips, camera=motion_jpeg(folder / "stares.mjpeg", [turned(0, 0)] * CLIP_FPS))
    with chromium(playwright, staring) as browser:
        tab = new_tab(browser)
        choose(tab, app)
        agree(tab)
        set_up(tab)
        tab.see("looked the same")
        assert "Slouch and lean are not measured" not in tab.page.locator("body").inner_text()


def test_while_answering_there_is_one_set_of_controls(browser: Browser, app: Server) -> None:
    tab = new_tab(browser, viewport={"width": 1280, "height": 800})
    answer(tab, app, "0:03")
    tab.see("Face found")
    assert tab.page.evaluate(STATUS) == {"inert": True, "opacity": "0"}
    _pictures(tab.page, tab)
    finish = tab.page.get_by_role("button", name="Finish")
    finish.focus()
    tab.page.keyboard.press("Enter")
    tab.see("Check your words", PATIENCE_MS)
    assert tab.errors == []


def _pictures(page: Page, tab: Tab) -> None:
    tab.screenshot("room-wide")
    page.set_viewport_size({"width": 390, "height": 844})
    tab.screenshot("room-narrow")
    page.emulate_media(color_scheme="dark")
    tab.screenshot("room-narrow-dark")


def test_an_answer_whose_tab_was_closed_is_written_down_by_itself(browser: Browser, app: Server) -> None:
    tab = new_tab(browser)
    answer(tab, app, "0:05")
    tab.page.close()
    other = new_tab(browser)
    choose(other, app)
    other.see("Being answered")
    until(lambda: offers(other, app, "Check the words and score"), 90)
    other.press("Check the words and score")
    other.see("Check your words", PATIENCE_MS)


def test_with_the_camera_off_an_answer_is_complete(browser: Browser, app: Server) -> None:
    tab = new_tab(browser)
    choose(tab, app, "Microphone only")
    tab.see("Record my microphone")
    agree(tab)
    tab.press("Start answering")
    until_recorded(tab, "0:06")
    finish(tab)
    score(tab)
    tab.see("Not measured: the camera was off.")
    assert tab.errors == []


def test_leaving_the_page_in_the_middle_of_an_answer_keeps_it(browser: Browser, app: Server) -> None:
    tab = new_tab(browser)
    answer(tab, app, "0:05")
    tab.page.get_by_role("link", name="Study").first.click()
    tab.page.get_by_role("heading", name="Study").first.wait_for(timeout=30_000)
    until(lambda: offers(tab, app, "Check the words and score"), 60)
    tab.press("Check the words and score")
    tab.see("Check your words", PATIENCE_MS)


def test_a_second_tab_and_another_resolution_do_not_disturb_an_answer(
    browser: Browser, app: Server, folder: Path
) -> None:
    first = new_tab(browser)
    answer(first, app, "0:03")
    first.page.evaluate(NARROWED)
    second = new_tab(browser)
    choose(second, app)
    second.press("Go on with it")
    second.see("recorded in another tab")
    assert second.page.locator("iframe").count() == 0
    second.page.close()
    until_recorded(first, "0:09")
    finish(first)
    newest = max((folder / "recordings").glob("*.mp4"), key=lambda path: path.stat().st_mtime)
    facts = media.probe(newest)
    assert facts.seconds > 8.5
    assert (facts.width, facts.height) == (640, 480)
