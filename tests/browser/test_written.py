"""A coding round and a design sketch in a real browser: written, reloaded, run, finished, then reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import serious
from tests.browser.rig import NARROW, PATIENCE_MS, WIDE, Server, Tab, new_tab, serving, until_recorded

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

SOLUTION = (Path(__file__).parents[1] / "data/solutions/lru-cache.py").read_text(encoding="utf-8")
SAID = (
    "I keep a map and a list, so every call takes constant time. If the capacity is zero nothing is kept, "
    "and a missing key changes nothing. One lock guards both, because reading moves an entry too."
)
SAVED_MS = 2500
"""The pause after the last key, a round trip, and room for a busy machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("written")) as started:
        yield started


def opened(browser: Browser, server: Server, question: str, **options: object) -> Tab:
    tab = new_tab(browser, viewport=WIDE, **options)
    tab.open(f"{server.url}/practice?question={question}")
    return tab


def write(tab: Tab, text: str) -> None:
    """Put `text` in place of what is in the editor."""
    editor = tab.page.locator(".cm-content")
    editor.click()
    tab.page.keyboard.press("Control+a")
    tab.page.keyboard.insert_text(text)


def finish_typed(tab: Tab, said: str) -> None:
    tab.page.get_by_role("radio", name="Typed").click()
    answer = tab.page.get_by_label("Your answer")
    answer.fill(said)
    answer.blur()
    tab.press("Finish")
    tab.see("Check your words, then score them")


def test_code_outlives_a_reload_runs_its_tests_and_is_reviewed(browser: Browser, server: Server) -> None:
    tab = opened(browser, server, "lru-cache")
    editor = tab.page.locator(".cm-content")
    expect(editor).to_contain_text("class Cache")
    write(tab, "# written before the reload\n" + SOLUTION)
    tab.page.wait_for_timeout(SAVED_MS)
    tab.page.reload()
    expect(editor).to_contain_text("written before the reload")

    editor.click()
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator(".said").first).to_have_text("10 of 10 tests passed.", timeout=90_000)
    tab.page.wait_for_timeout(SAVED_MS)
    tab.page.reload()
    expect(tab.page.locator(".said").first).to_have_text("10 of 10 tests passed.")
    editor.click()
    tab.page.keyboard.type("x")
    expect(tab.page.locator(".said").first).to_contain_text("changed after that")
    tab.page.keyboard.press("Backspace")
    tab.page.wait_for_timeout(SAVED_MS)

    finish_typed(tab, SAID)
    tab.see("10 of 10 tests passed, edge cases 4 of 4.")
    tab.see("The code was changed after they ran.")
    tab.see("can be forged")
    tab.see("every call takes constant time")
    tab.screenshot("review-code")
    tab.open(f"{server.url}/practice?question=lru-cache")
    expect(editor).to_contain_text("Keeps at most")
    expect(editor).not_to_contain_text("written before the reload")
    assert tab.errors == []
    tab.page.close()


def test_another_language_is_kept_as_text_and_says_so(browser: Browser, server: Server) -> None:
    tab = opened(browser, server, "hit-counter")
    expect(tab.page.locator(".cm-content")).to_contain_text("class HitCounter")
    tab.page.get_by_label("Language").select_option("Java")
    tab.see("This language is not run here")
    assert not tab.page.get_by_role("button", name="Run tests").is_visible()
    write(tab, "class HitCounter { void hit() {} }")
    tab.page.wait_for_timeout(SAVED_MS)
    finish_typed(tab, SAID)
    tab.see("Java is not run")
    tab.page.close()


def test_code_is_written_while_the_explanation_is_recorded(browser: Browser, server: Server) -> None:
    """Saving the code reruns its own part of the page only: the recording goes on."""
    tab = opened(browser, server, "maintenance-windows")
    tab.page.get_by_role("radio", name="Microphone only").click()
    tab.see("Record my microphone")
    tab.page.get_by_role("checkbox").first.check(force=True)
    tab.press("Start answering")
    tab.see("● Recording", 60_000)
    for line in ("# sort by start and merge", "# bisect to answer a query"):
        write(tab, line + "\n")
        tab.page.wait_for_timeout(SAVED_MS)
    until_recorded(tab, "0:09")
    tab.press("Finish")
    tab.see("Check your words", 150_000)
    tab.see("# bisect to answer a query")
    tab.see("The tests were not run.")
    assert tab.errors == []
    tab.page.close()


def test_a_sketch_becomes_a_picture_and_goes_with_the_answer(browser: Browser, server: Server) -> None:
    tab = opened(browser, server, "url-shortener")
    tab.page.get_by_text("Sketch the design").click()
    tab.press("Begin with a small template")
    tab.see("6 components, 5 arrows")
    tab.page.locator("img[alt^='Design sketch with Client']").wait_for()
    write(tab, "flowchart LR\n  client --> api\n  api -->")
    tab.see("Line 3 could not be read")
    write(tab, "client to api")
    tab.see("Not a diagram yet")
    tab.page.wait_for_timeout(SAVED_MS)
    tab.page.reload()
    expect(tab.page.locator(".cm-content")).to_contain_text("client to api")
    write(tab, "flowchart LR\n  client --> api[Our API]\n  api --> store[(Links)]")
    tab.see("3 components, 2 arrows")
    tab.screenshot("sketch")
    finish_typed(tab, "I would ask how many links are made a day, then put a cache in front of the store.")
    tab.page.locator("img[alt='Design sketch with client, Our API, Links']").wait_for()
    tab.screenshot("review-sketch")
    assert tab.errors == []
    tab.page.close()


def test_the_editor_is_used_and_left_by_keyboard(browser: Browser, server: Server) -> None:
    tab = opened(browser, server, "retry-client")
    tab.page.locator(".cm-content").focus()
    tab.page.keyboard.press("Tab")
    assert tab.page.locator(".cm-content").evaluate("e => e.getRootNode().activeElement === e")
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Tab")
    assert not tab.page.locator(".cm-content").evaluate("e => e.getRootNode().activeElement === e")
    tab.page.close()


@pytest.mark.parametrize(
    ("size", "scheme", "design"),
    [
        (WIDE, "light", "news-feed"),
        (WIDE, "dark", "job-queue"),
        (NARROW, "light", "rate-limiter"),
        (NARROW, "dark", "chat-service"),
    ],
    ids=["wide light", "wide dark", "narrow light", "narrow dark"],
)
def test_axe_finds_nothing_serious_in_the_panes(
    browser: Browser, server: Server, size: dict[str, int], scheme: str, design: str
) -> None:
    found: list[str] = []
    for question in ("lru-cache", design):
        tab = new_tab(browser, viewport=size | {"height": 1600}, color_scheme=scheme)
        tab.open(f"{server.url}/practice?question={question}")
        if question == design:
            tab.page.get_by_text("Sketch the design").click()
            tab.press("Begin with a small template")
            tab.see("6 components, 5 arrows")
        tab.page.locator(".cm-content").wait_for()
        found += [f"{question}: {one}" for one in serious(tab)]
        tab.screenshot(f"written-{question}-{scheme}-{size['width']}")
        tab.page.close()
    assert found == []
