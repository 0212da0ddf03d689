"""A judge over real HTTP in a real browser: quotes play, levels are argued with, failures are plain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data.store import Database
from tests.browser.practised import ANSWER, fill, words
from tests.browser.reviewing import jump_of
from tests.browser.rig import WIDE, Tab, new_tab, serving
from tests.fake_endpoint import (
    Asked,
    Behaviour,
    FakeEndpoint,
    Said,
    inventing,
    keyword,
    other_schema,
    reading,
    refuses,
    status,
)

pytestmark = pytest.mark.browser

REASON = "I named an alert, a threshold and an automatic rollback at the end."
WATCHED = "I watch the share of redirects under fifty milliseconds"
SAID = "alert when it is below ninety-nine point nine percent for five minutes"


def second_thoughts(asked: Asked) -> Said | None:
    """Finds level 3 in C6 once it has read the candidate's reason."""
    if asked.kind != "read" or REASON not in str(asked.body):
        return None

    def quotes(clause: str) -> list[str]:
        return [WATCHED if clause.endswith("b") else SAID] if int(clause.split(".")[1]) <= 3 else []

    return Said(reading(asked, quotes))


@contextmanager
def room(
    folder: Path, browser: Browser, *behaviours: Behaviour, recorded: int = 0
) -> Iterator[tuple[Tab, FakeEndpoint]]:
    """The review of an answer that the reader has read, with this endpoint as the judge."""
    fill(folder, answers=1, recorded=recorded, rated=True)
    endpoint = FakeEndpoint(*behaviours)
    prices = {"LLM_PRICE_IN": "1", "LLM_PRICE_OUT": "4", "LLM_TIMEOUT": "3600"}
    with (
        endpoint.serve(0) as url,
        serving(folder, settings={"LLM_BASE_URL": url, "LLM_MODEL": "scripted", **prices}) as server,
    ):
        tab = new_tab(browser, viewport=WIDE)
        tab.open(f"{server.url}/review?attempt=practised-0")
        tab.see("What to do with it", 60_000)
        tab.errors.clear()  # on a direct link Streamlit first looks for its own endpoints below the page
        yield tab, endpoint
        tab.page.close()


def choose_judge(tab: Tab, told: str = "7 calls") -> None:
    """Presses again what a page that was still being drawn did not take; `told` is what it costs."""
    judge = tab.page.get_by_role("radio", name="judge").first
    sends = tab.page.get_by_text("Sends the question and your words to").first
    for _ in range(6):
        if not judge.is_visible():
            tab.page.get_by_text("Correct the transcript and score again").first.click()
            judge.wait_for(state="visible")
        if not judge.is_checked():
            judge.click()
        with suppress(PlaywrightTimeout):
            sends.wait_for(state="visible", timeout=10_000)
            break
    tab.see("Sends the question and your words to")
    tab.see(told)
    tab.settle()


def test_a_level_opens_its_quotes_a_quote_plays_and_a_dispute_shows_both_levels(
    browser: Browser, tmp_path: Path
) -> None:
    with room(tmp_path, browser, second_thoughts, keyword, recorded=1) as (tab, endpoint):
        choose_judge(tab)
        tab.screenshot("judge-estimate")
        tab.press("Score again")
        tab.see("Levels and why", 60_000)
        tab.settle()
        tab.page.get_by_role("tab", name="Levels and why").click()
        tab.see("by the judge scorer")
        _a_quote_plays(tab)
        _a_dispute_shows_both(tab)
        assert [asked.kind for asked in endpoint.asked].count("claims") == 1, "that look is kept from before"
        tab.page.set_viewport_size({"width": 390, "height": 800})
        tab.screenshot("judge-disputed-narrow")
        assert tab.errors == []
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    (dispute,) = session.disagreements.disputes("practised-0")
    judged, read = session.answers.assessments("practised-0")
    assert (judged.scores[0].scorer, read.scorer, read.scores) == ("judge", "reader", ())
    session.database.close()
    assert dispute.reason == REASON
    assert dispute.second is not None
    assert (dispute.first.level, dispute.second.level) == (1, 3)


def _a_quote_plays(tab: Tab) -> None:
    quotes = tab.page.get_by_role("button", name="▶").filter(has_text="A retry uses exponential backoff")
    said = words()[ANSWER.split().index("retry") - 1].start_seconds or 0.0
    assert abs(jump_of(tab, quotes.filter(visible=True).first) - said) <= 0.5


def _a_dispute_shows_both(tab: Tab) -> None:
    mine = tab.page.locator(".st-key-dispute-of-C6")
    mine.get_by_text("This is wrong").click()
    mine.get_by_label("What does this level overlook?").fill(REASON)
    mine.get_by_role("button", name="Judge it again").click()
    tab.see("Judged again,", 60_000)
    shown = mine.inner_text()
    for part in (REASON, "First level, by judge", "level 1", "Judged again", "level 3", SAID):
        assert part in shown, shown
    assert mine.get_by_text("This is wrong").count() == 0
    tab.screenshot("judge-disputed")


def test_leaving_the_page_and_coming_back_finds_the_judge_at_work_and_stopping_keeps_what_arrived(
    browser: Browser, tmp_path: Path
) -> None:
    go = threading.Event()

    def held(asked: Asked) -> Said | None:
        if asked.number >= 2:
            go.wait()  # for as long as the browser takes
        return None

    with room(tmp_path, browser, held, keyword) as (tab, endpoint):
        try:
            _leave_and_come_back(tab)
        finally:
            go.set()
        assert tab.page.get_by_text("Levels and why").count() == 0
        tab.press("Close")
        asked = len(endpoint.asked)
        choose_judge(tab, "are kept from before and cost nothing")
        tab.press("Score again")
        tab.see("Levels and why", 60_000)
        assert len(endpoint.asked) - asked <= 7 - 2
        assert tab.errors == []


def _leave_and_come_back(tab: Tab) -> None:
    choose_judge(tab)
    tab.press("Score again")
    tab.see("2 of 5 replies", 60_000)
    tab.page.get_by_role("link", name="Study").first.click()
    tab.page.get_by_role("heading", name="Study", exact=True).wait_for(timeout=60_000)
    tab.see("Judging “URL shortener at billions of redirects” · 2 of 5 replies", 60_000)
    tab.screenshot("under-way-line")
    tab.page.get_by_role("link", name="Look at it").click()
    tab.see("2 of 5 replies", 60_000)
    tab.screenshot("judge-at-work")
    tab.press("Stop")
    tab.see("Judging was stopped", 60_000)
    tab.see("starting again asks only for the rest")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (status(500), "could not be reached"),
        (refuses, "declined to answer"),
        (other_schema, "could not be read"),
    ],
)
def test_an_endpoint_that_behaves_badly_says_why_and_leaves_the_levels(
    browser: Browser, tmp_path: Path, behaviour: Behaviour, reason: str
) -> None:
    with room(tmp_path, browser, behaviour) as (tab, _):
        choose_judge(tab)
        tab.press("Score again")
        tab.see(reason, 90_000)
        tab.see("earlier levels are kept")
        tab.see("key points heard")
        assert tab.page.get_by_role("tab", name="Levels and why").count() == 0
        tab.screenshot("judge-failed")
        assert tab.errors == []


def test_invented_quotes_are_unscored_and_say_so(browser: Browser, tmp_path: Path) -> None:
    with room(tmp_path, browser, inventing) as (tab, _):
        choose_judge(tab)
        tab.press("Score again")
        tab.see("Levels and why", 60_000)
        tab.settle()
        tab.page.get_by_role("tab", name="Levels and why").click()
        tab.see("Unscored: Evidence not found: the judge's quotes are not in the transcript.")
        tab.screenshot("judge-invented")
        assert tab.errors == []
