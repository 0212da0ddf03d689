"""The camera room on the real app: set-up, one set of controls, tabs that close, ways around a firewall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.rig import Server, Tab, new_tab, serving
from tests.browser.test_capture import until

pytestmark = pytest.mark.browser

STATUS = """() => {
  const frame = document.querySelector('iframe[title*="webrtc_streamer"]');
  return { inert: frame.inert, opacity: getComputedStyle(
    frame.closest('[data-testid="stElementContainer"]')).opacity };
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("room")) as server:
        yield server


def choose(tab: Tab, server: Server, mode: str = "Camera and microphone") -> None:
    tab.open(f"{server.url}/?question=rate-limiter")
    tab.see("How do you want to answer?")
    tab.page.get_by_role("radio", name=mode).first.click()


def agree(tab: Tab) -> None:
    box = tab.page.get_by_role("checkbox").first
    box.wait_for(state="attached", timeout=30_000)
    box.check(force=True)


def answer(tab: Tab, server: Server, seconds: int) -> None:
    choose(tab, server)
    agree(tab)
    tab.press("Start answering")
    recorded(tab, seconds)


def recorded(tab: Tab, seconds: int) -> None:
    """Wait until so much is recorded; a busy machine may skip a second on screen."""
    tab.see("● Recording", 60_000)
    until(lambda: _clock(tab) >= seconds, 60)


def _clock(tab: Tab) -> int:
    shown = tab.page.get_by_text("● Recording").all_inner_texts()
    minutes, rest = shown[0].rsplit(" ", 1)[1].split(":") if shown else ("0", "0")
    return 60 * int(minutes) + int(rest)


def set_up(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Set up", exact=True).click(timeout=30_000)
    tab.see("1 of 2")
    tab.see("2 of 2")


def test_two_points_that_look_the_same_are_said_to_and_the_baseline_is_kept(
    browser: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(browser)
        choose(tab, server)
        agree(tab)
        set_up(tab)
        tab.see("looked the same")
        assert "Slouch and lean are not measured" not in tab.page.locator("body").inner_text()


def test_while_answering_there_is_one_set_of_controls(browser: Browser, app: Server) -> None:
    tab = new_tab(browser, viewport={"width": 1280, "height": 800})
    answer(tab, app, 3)
    tab.see("Face found")
    assert tab.page.evaluate(STATUS) == {"inert": True, "opacity": "0"}
    _pictures(tab.page, tab)
    finish = tab.page.get_by_role("button", name="Finish")
    finish.focus()
    tab.page.keyboard.press("Enter")
    tab.see("Check your words", 90_000)
    assert tab.errors == []


def _pictures(page: Page, tab: Tab) -> None:
    tab.screenshot("room-wide")
    page.set_viewport_size({"width": 390, "height": 844})
    tab.screenshot("room-narrow")
    page.emulate_media(color_scheme="dark")
    tab.screenshot("room-narrow-dark")


def test_an_answer_whose_tab_was_closed_is_written_down_by_itself(browser: Browser, app: Server) -> None:
    tab = new_tab(browser)
    answer(tab, app, 5)
    tab.page.close()
    other = new_tab(browser)
    choose(other, app)
    other.see("Being answered")
    until(lambda: _offers(other, app, "Check the words and score"), 90)
    other.press("Check the words and score")
    other.see("Check your words", 60_000)


def _offers(tab: Tab, server: Server, name: str) -> bool:
    tab.open(f"{server.url}/?question=rate-limiter")
    tab.see("How do you want to answer?")
    return tab.page.get_by_role("button", name=name).count() > 0
