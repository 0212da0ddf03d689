"""axe-core on every page that the app offers, wide and light, narrow and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import serious
from tests.browser.reviewing import leave_unrated
from tests.browser.rig import NARROW, WIDE, Server, new_tab

pytestmark = pytest.mark.browser

SECTIONS = ("Levels", "Delivery", "Camera", "Own ratings", "Practice")


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)], ids=["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, practised: Server, scheme: str, size: dict[str, int]
) -> None:
    found: list[str] = []
    for address in addresses(browser, practised):
        tab = new_tab(browser, viewport=size, color_scheme=scheme)
        tab.open(f"{practised.url}/{address}")
        tab.page.get_by_role("heading").first.wait_for()
        found += [f"{address or 'home'}: {one}" for one in serious(tab)]
        for section in SECTIONS if address == "progress" else ():
            tab.page.get_by_role("radio", name=section, exact=True).click()
            tab.page.get_by_role("radio", name=section, exact=True, checked=True).wait_for()
            found += [f"{address}, {section}: {one}" for one in serious(tab)]
        tab.page.close()
    assert found == []


def addresses(browser: Browser, server: Server) -> list[str]:
    """Every page the app's own navigation offers, and two answers side by side."""
    tab = new_tab(browser, viewport=WIDE)
    for attempt in ("practised-0", "practised-1"):
        leave_unrated(tab, server, attempt)
    links = tab.page.get_by_test_id("stTopNavLink")
    links.first.wait_for()
    offered = [str(one.get_attribute("href")).rsplit("/", 1)[-1] for one in links.all()]
    tab.page.close()
    assert {"review", "progress", "study"} <= set(offered)
    return [*offered, "review?attempt=practised-1&compare=practised-0"]
