"""What the pages load is what their policy allows: no page of the app makes the browser refuse anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.rig import WIDE, Server, Tab, new_tab
from tests.browser.test_axe import SECTIONS, addresses

pytestmark = pytest.mark.browser

LISTEN = """window.refused = [];
addEventListener("securitypolicyviolation", it => refused.push(it.effectiveDirective + " " + it.blockedURI))
"""


def opened(browser: Browser, server: Server, address: str) -> Tab:
    tab = new_tab(browser, viewport=WIDE)
    tab.page.add_init_script(LISTEN)
    tab.open(f"{server.url}/{address}")
    tab.page.get_by_role("heading").first.wait_for()
    tab.settle()
    return tab


def refused(tab: Tab) -> list[str]:
    """What the browser did not load or run in the frames of a page, and what it told of that."""
    found = [str(one) for frame in tab.page.frames for one in frame.evaluate("window.refused ?? []")]
    return found + [error for error in tab.errors if "Security Policy" in error]


def test_every_page_loads_all_of_itself(browser: Browser, practised: Server) -> None:
    for address in addresses(browser, practised):
        tab = opened(browser, practised, address)
        for section in SECTIONS if address == "progress" else ():
            tab.page.get_by_role("radio", name=section, exact=True).click()
            tab.page.get_by_role("radio", name=section, exact=True, checked=True).wait_for()
            tab.settle()
        assert refused(tab) == [], address
        tab.page.close()


def test_a_recording_plays_with_its_captions(browser: Browser, practised: Server) -> None:
    tab = opened(browser, practised, "review?attempt=practised-0")
    video = tab.page.locator("video").first
    video.wait_for()
    video.evaluate(
        "video => video.readyState >= 2 || new Promise(done => video.addEventListener('loadeddata', done))"
    )
    assert refused(tab) == []
    tab.page.close()
