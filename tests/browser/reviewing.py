"""Steps on the Review page that several browser tests take."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.browser.rig import Server, Tab

_SKIP = re.compile("Skip and show (it|them)")
"""It: what was heard. Them: levels."""


def leave_unrated(tab: Tab, server: Server, attempt: str) -> None:
    """Leave out the rating of an attempt, unless an earlier test has rated it."""
    tab.open(f"{server.url}/review?attempt={attempt}")
    skip = tab.page.get_by_role("button", name=_SKIP)
    skip.or_(tab.page.get_by_role("tab", name="What to do with it")).first.wait_for()
    if skip.count():
        skip.click()
    tab.see("What to do with it")


def score(tab: Tab) -> None:
    """Score an answer whose words are checked, and leave out the rating that comes first."""
    tab.press("Score this answer")
    tab.see("First: how would you rate it?")
    assert tab.page.get_by_text("What to do with it").count() == 0
    tab.page.get_by_role("button", name=_SKIP).first.click()
    tab.see("What to do with it")


def jump_of(tab: Tab, click: Locator) -> float:
    """Click something that moves the first recording; the second it jumped to, however long it plays then."""
    video = tab.page.locator("video").first
    video.evaluate(
        """video => { window.jumped = new Promise(done => video.addEventListener(
            "seeking", () => done(video.currentTime), { once: true })) }"""
    )
    click.scroll_into_view_if_needed()
    click.click()
    second = float(tab.page.evaluate("window.jumped"))
    video.evaluate("video => video.pause()")
    return second
