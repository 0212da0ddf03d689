"""What is being written outlives a reload, a second tab and a killed server, without leaving the box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.browser.rig import PATIENCE_MS, ROOT, Server, Tab, new_tab, serving

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)
QUESTION = "rate-limiter"
SCRIPT = ROOT / "pages" / "widgets" / "drafting.js"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("drafts")) as started:
        yield started


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def answering(profile: BrowserContext, server: Server, question: str = QUESTION) -> tuple[Tab, Locator]:
    """A tab in which a question is answered by typing, and its box."""
    tab = new_tab(profile)
    tab.open(f"{server.url}/practice?question={question}")
    tab.page.get_by_role("radio", name="Typed").first.click()
    box = tab.page.get_by_label("Your answer").first
    box.wait_for(timeout=PATIENCE_MS)
    return tab, box


def kept(tab: Tab) -> None:
    expect(tab.page.locator(".draft .state").first).to_have_text("Kept")


def test_a_typed_answer_outlives_a_reload_before_its_box_is_left(
    profile: BrowserContext, server: Server
) -> None:
    tab, box = answering(profile, server)
    box.press_sequentially("I would ask for the rate first", delay=10)
    kept(tab)
    assert box.evaluate("e => e.getRootNode().activeElement === e"), "the box was not left"
    tab.page.reload()
    tab.page.get_by_role("radio", name="Typed").first.click()
    expect(box).to_have_value("I would ask for the rate first")
    assert tab.errors == []


def test_whoever_writes_without_a_pause_is_kept_all_the_same(profile: BrowserContext, server: Server) -> None:
    tab, box = answering(profile, server, "news-feed")
    other, elsewhere = answering(profile, server, "news-feed")
    box.press_sequentially("word " * 24, delay=40)
    other.page.reload()
    other.page.get_by_role("radio", name="Typed").first.click()
    assert "word" in elsewhere.input_value()


@pytest.mark.parametrize("choice", ["Keep what is here", "Take the other one"])
def test_an_older_tab_replaces_nothing_and_asks(profile: BrowserContext, server: Server, choice: str) -> None:
    question = {"Keep what is here": "job-queue", "Take the other one": "chat-service"}[choice]
    older, old_box = answering(profile, server, question)
    old_box.press_sequentially("Old words.")
    kept(older)
    newer, new_box = answering(profile, server, question)
    expect(new_box).to_have_value("Old words.")
    new_box.press("End")
    new_box.press_sequentially(" New words.")
    kept(newer)
    old_box.press_sequentially(" Older tab.")
    older.see("This was changed in another tab as well.")
    assert old_box.input_value() == "Old words. Older tab."
    older.screenshot("draft-choice")
    older.press(choice)
    if choice == "Keep what is here":
        kept(older)
        here = "Old words. Older tab."
    else:
        here = "Old words. New words."
    expect(old_box).to_have_value(here)
    fresh, box = answering(profile, server, question)
    expect(box).to_have_value(here)
    assert older.errors + newer.errors + fresh.errors == []


def test_a_server_killed_in_mid_typing_loses_nothing(profile: BrowserContext, tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        tab, box = answering(profile, first)
        box.press_sequentially("Written before. ")
        kept(tab)
        box.press_sequentially("Written in the moment of the crash. ", delay=5)
        port = int(first.url.rsplit(":", 1)[1])
        first.kill()
    box.press_sequentially("Written while nobody listens.")
    whole = "Written before. Written in the moment of the crash. Written while nobody listens."
    assert box.input_value() == whole
    expect(tab.page.locator(".draft .state").first).to_contain_text("Not kept yet")
    with serving(tmp_path, port=port):
        expect(box).to_have_value(whole)
        kept(tab)
        tab.page.reload()
        tab.page.get_by_role("radio", name="Typed").first.click()
        expect(box).to_have_value(whole)
        tab.page.close()


def test_what_was_finished_is_not_overtaken_by_its_own_draft_while_the_server_is_slow(
    profile: BrowserContext,
) -> None:
    page = profile.new_page()
    page.clock.install()
    page.set_content("<div id='root'><div class='choice'></div></div>")
    page.add_script_tag(content=f"{SCRIPT.read_text()}; window.Drafting = Drafting")
    page.evaluate(
        """() => {
            window.text = "an answer"
            window.sent = []
            const send = (one) => window.sent.push(one)
            const to = { read: () => ({ text: window.text }), write: () => {}, send }
            window.box = new Drafting(document.getElementById("root"), to)
            box.hear({ version: "", text: "" })
            box.changed()
            box.close(send)
        }"""
    )
    page.clock.run_for(6_000)  # longer than the box waits before it sends again
    closed, again = page.evaluate("window.sent.slice(0, 2)")
    assert (again["text"], again["version"]) == (closed["text"], closed["version"])
    assert again["at"] != closed["at"], "what does not differ is not sent"
    page.evaluate("window.text = 'an answer and more'; box.changed()")
    page.clock.run_for(1_000)
    newest = page.evaluate("window.sent.at(-1)")
    assert newest["text"] == "an answer and more" and newest["version"] != closed["version"]
    page.close()


def test_what_was_finished_in_one_tab_does_not_come_back_from_another(
    profile: BrowserContext, server: Server
) -> None:
    question = "url-shortener"
    older, old_box = answering(profile, server, question)
    old_box.press_sequentially("First words.")
    kept(older)
    newer, new_box = answering(profile, server, question)
    expect(new_box).to_have_value("First words.")
    newer.press("Finish")
    newer.see("Check your words")
    old_box.press_sequentially(" More.")
    older.see("This was sent or finished in another tab")
    older.press("Leave it")
    expect(old_box).to_have_value("")
    assert older.errors + newer.errors == []


def test_two_tabs_of_one_interview_share_its_box(profile: BrowserContext, server: Server) -> None:
    first = new_tab(profile)
    first.open(f"{server.url}/interview")
    first.see("Your plan", 60_000)
    first.page.get_by_role("radio", name="Typed").first.click()
    first.press("Start the interview")
    first.see("Question 1 of 3", 60_000)
    box = first.page.get_by_label("Your answer, or a question")
    box.press_sequentially("I would keep")
    kept(first)
    second = new_tab(profile)
    second.open(first.page.url)
    there = second.page.get_by_label("Your answer, or a question")
    expect(there).to_have_value("I would keep")
    there.press("End")
    there.press_sequentially(" each of them in one table.")
    kept(second)
    expect(box).to_have_value("I would keep each of them in one table.")
    box.press("Control+Enter")
    first.see("Asked now", 60_000)
    second.see("Asked now", 60_000)
    expect(there).to_have_value("")
    assert first.page.get_by_text("I would keep each of them in one table.").count() == 1
    assert [error for error in first.errors + second.errors if "404" not in error] == []


def test_corrected_words_and_a_dispute_outlive_a_reload(profile: BrowserContext, server: Server) -> None:
    tab, box = answering(profile, server, "notification-service")
    box.press_sequentially("I would ask how many messages are sent and keep them in a queue.")
    box.press("Control+Enter")
    tab.see("Check your words", 60_000)
    words = tab.page.get_by_role("textbox", name="Your words")
    words.press("End")
    words.press_sequentially(" Corrected.")
    kept(tab)
    tab.page.reload()
    expect(words).to_have_value("I would ask how many messages are sent and keep them in a queue. Corrected.")
    # A reload of /review asks for its own path first: that is Streamlit's, not ours.
    assert [error for error in tab.errors if "404" not in error] == []
