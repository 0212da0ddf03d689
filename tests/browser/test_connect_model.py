"""On a server nobody configured three presses connect a language model, which judges an answer, and goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import serious
from tests.browser.practised import ANSWER
from tests.browser.reviewing import score
from tests.browser.rig import PATIENCE_MS, WIDE, Tab, new_tab, serving
from tests.fake_endpoint import Asked, FakeEndpoint, Said, keyword

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)
KEY = "sk-never-to-be-seen"


@dataclass
class Pressing:
    """Presses buttons and links as a person does, and counts them."""

    tab: Tab
    presses: int = 0

    def link(self, name: str) -> None:
        self.tab.page.get_by_role("link", name=name).first.click()
        self.presses += 1

    def button(self, name: str) -> None:
        self.tab.page.get_by_role("button", name=name, exact=True).first.click()
        self.presses += 1


def tried(asked: Asked) -> Said | None:
    """What a model answers that is only tried out."""
    said = str(asked.body["messages"])
    if "even number" in said:
        return Said({"is_even": True}) if "is_even" in said else Said("Yes", yes=0.98)
    return Said("one two three four five") if "Count from" in said or "How many" in said else None


@contextmanager
def fresh(
    folder: Path, browser: Browser, endpoint: FakeEndpoint, settings: dict[str, str] | None = None
) -> Iterator[tuple[Tab, str]]:
    """A tab of a server with nothing in it, and a program with models that listens on this computer."""
    with (
        endpoint.serve(0) as url,
        serving(folder, settings={"REHEARSE_TEST_MODELS_AT": url, **(settings or {})}) as server,
    ):
        tab = new_tab(browser, viewport=WIDE)
        tab.open(server.url)
        tab.settle()
        yield tab, url
        tab.page.close()


def pictures(tab: Tab, name: str) -> None:
    for size, width in (("wide", 1280), ("narrow", 390), ("wide", 1280)):
        tab.page.set_viewport_size({"width": width, "height": 1800})
        tab.screenshot(f"{name}-{size}")


def test_three_presses_on_a_fresh_server_connect_a_model_that_then_judges_an_answer(
    browser: Browser, tmp_path: Path
) -> None:
    endpoint = FakeEndpoint(tried, keyword, models=("scripted", "another"))
    with fresh(tmp_path, browser, endpoint) as (tab, _):
        person = Pressing(tab)
        person.link("Settings")
        person.button("Look")
        person.button("Use it")
        tab.see("on this computer")
        expect(tab.page.get_by_role("button", name="Disconnect")).to_be_visible()
        assert person.presses == 3
        assert endpoint.asked == [], "looking and connecting ask it nothing"
        tab.press("Test")
        tab.see("The first words come after")
        expect(tab.page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
        assert serious(tab) == []
        pictures(tab, "model-connected")
        person.link("Practice")
        tab.page.get_by_role("radio", name="Typed").click()
        answer = tab.page.get_by_label("Your answer")
        answer.fill(ANSWER)
        answer.blur()
        tab.press("Finish")
        tab.see("Sends the question and your words to")
        score(tab)
        tab.see("Written by an AI system: the language model scripted")
        assert any(ANSWER[:40] in str(asked.body) for asked in endpoint.asked)
        assert tab.errors == []


def test_a_wrong_key_is_told_and_a_right_one_is_kept_and_never_seen_again(
    browser: Browser, tmp_path: Path
) -> None:
    with fresh(tmp_path, browser, FakeEndpoint(tried, key=KEY)) as (tab, url):
        tab.page.get_by_role("link", name="Settings").first.click()
        tab.page.get_by_role("radio", name="At an address").click()
        tab.page.get_by_role("textbox", name="Address").fill(url.removesuffix("/v1"))
        tab.page.get_by_label("Key", exact=True).fill("wrong")
        tab.page.get_by_label("Key", exact=True).blur()
        tab.press("List its models")
        tab.see("did not accept the key")
        assert serious(tab) == []
        pictures(tab, "model-wrong-key")
        tab.page.get_by_label("Key", exact=True).fill(KEY)
        tab.page.get_by_label("Key", exact=True).blur()
        tab.press("List its models")
        tab.press("Use it")
        tab.see("A key is kept")
        tab.page.get_by_text("Use another model").click()
        tab.page.get_by_role("radio", name="At an address").click()
        tab.settle()  # while a run is under way what the run before drew is still there
        expect(tab.page.get_by_label("Key", exact=True)).to_have_count(1)
        expect(tab.page.get_by_label("Key", exact=True)).to_have_value("")
        assert KEY not in tab.page.content()
        file = tmp_path / "language_model.json"
        assert KEY in file.read_text() and file.stat().st_mode & 0o077 == 0
        tab.press("Disconnect")
        tab.see("No language model is connected")
        assert not file.exists()
        assert KEY not in (tmp_path / "server.log").read_text()
        assert tab.errors == []


def test_a_server_that_is_gone_or_says_nothing_is_told_and_the_page_goes_on(
    browser: Browser, tmp_path: Path
) -> None:
    go = threading.Event()

    def held(asked: Asked) -> Said | None:
        assert go.wait(60)
        return tried(asked)

    with fresh(tmp_path, browser, FakeEndpoint(held)) as (tab, url):
        tab.page.get_by_role("link", name="Settings").first.click()
        tab.press("Look")
        tab.press("Use it")
        tab.press("Test")
        tab.see("Testing ...")
        tab.page.get_by_role("link", name="Study").first.click()
        tab.see("What these questions point to")
        tab.page.get_by_role("link", name="Settings").first.click()
        tab.see("Testing ...")
        tab.press("Stop")
        expect(tab.page.get_by_text("Testing ...")).to_have_count(0)
        go.set()
    with serving(tmp_path, settings={"REHEARSE_TEST_MODELS_AT": url}) as server:
        tab = new_tab(browser, viewport=WIDE)
        tab.open(f"{server.url}/settings")
        tab.press("Test")
        tab.see("could not be reached")
        tab.page.get_by_text("Use another model").click()
        tab.settle()  # the test's last look draws the page again, under the hand that presses
        tab.press("Look")
        tab.see("No language model answered on this computer")
        pictures(tab, "model-gone")
        tab.page.close()
