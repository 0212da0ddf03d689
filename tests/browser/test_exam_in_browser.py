"""The connected model sits the exam in a browser: passed, not passed, and what follows for its levels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.store import Database
from tests.browser.axe import serious
from tests.browser.practised import fill
from tests.browser.rig import PATIENCE_MS, WIDE, Tab, new_tab, serving
from tests.browser.test_judge import choose_judge
from tests.exam_sitters import judging_as_labelled
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said, keyword

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)
LONG_MS = 120_000
ANSWERED = 8
"""Requests that are answered before the outage."""


FALSE = "new links are refused meanwhile"
FACT = "A queue can take them until the follower leads."


def talking(asked: Asked) -> Said | None:
    """Finds one false claim in the practised answer, replies about it, and marks what could be left out."""
    if asked.kind == "claims":
        claim = {"quote": FALSE, "fact": FACT, "why": "Links are lost.", "criterion": "C4", "decides": True}
        return Said({"claims": [claim]})
    if asked.body.get("stream"):
        return Said(f'You said "{FALSE}" and "we shard by moon phase", which does not hold [V-C4] [X9].')
    if asked.kind == "other":
        return Said({"cuts": [{"quote": "Before I choose anything, what matters most", "kind": "empty"}]})
    return None


class Outage:
    """A server that is gone from one request on, until it is back."""

    def __init__(self, after: int) -> None:
        self.after, self.over = after, False

    def __call__(self, asked: Asked) -> Said | None:
        return Said("gone", 503) if asked.number >= self.after and not self.over else None


@contextmanager
def room(folder: Path, browser: Browser, *behaviours: Behaviour) -> Iterator[tuple[Tab, str, FakeEndpoint]]:
    """A tab at Settings of a server with one answer and a model that judges over HTTP; the exam is short."""
    fill(folder, answers=1, rated=True)
    endpoint = FakeEndpoint(*behaviours)
    prices = {"LLM_PRICE_IN": "1", "LLM_PRICE_OUT": "4", "LLM_TIMEOUT": "3600"}
    short = {"REHEARSE_TEST_EXAM_ANSWERS": "5"}
    with (
        endpoint.serve(0) as url,
        serving(folder, settings={"LLM_BASE_URL": url, "LLM_MODEL": "scripted", **prices, **short}) as server,
    ):
        tab = new_tab(browser, viewport=WIDE)
        tab.open(f"{server.url}/settings")
        tab.see("The exam of this model", 60_000)
        tab.errors.clear()  # on a direct link Streamlit first looks for its own endpoints below the page
        yield tab, server.url, endpoint
        tab.page.close()


def sit(tab: Tab) -> None:
    tab.see("Not examined.")
    tab.press("Examine this model")
    tab.see("calls, about")
    tab.see("at most $")
    tab.screenshot("exam-cost")
    tab.press("Start the exam")


def repeated(before: list[Asked], after: list[Asked]) -> list[Asked]:
    """Questions that had been answered before the outage and were asked again."""
    answered = [asked.body["messages"] for asked in before if asked.number < ANSWERED]
    return [asked for asked in after if asked.body["messages"] in answered]


def judge_an_answer(tab: Tab, url: str) -> None:
    tab.open(f"{url}/review?attempt=practised-0")
    tab.see("What to do with it", 60_000)
    choose_judge(tab, "calls")
    tab.press("Score again")
    tab.see("Levels and why", LONG_MS)


def test_a_model_whose_server_was_gone_in_mid_exam_goes_on_passes_and_its_levels_count(
    browser: Browser, tmp_path: Path
) -> None:
    outage = Outage(after=ANSWERED)
    with room(tmp_path, browser, outage, judging_as_labelled(), talking, keyword) as (tab, url, endpoint):
        sit(tab)
        tab.see("going on asks only for the rest", LONG_MS)
        tab.screenshot("exam-gone")
        outage.over = True
        before = len(endpoint.asked)
        tab.press("Go on")
        expect(tab.page.get_by_text("going on asks only for the rest")).to_have_count(0)
        tab.open(f"{url}/agreement")
        tab.see("Who reads an answer how well", 60_000)
        tab.open(f"{url}/settings")
        tab.see("the levels of this model count", LONG_MS)
        tab.screenshot("exam-passed")
        paid_twice = repeated(endpoint.asked[:before], endpoint.asked[before:])
        assert paid_twice == [], "what was answered before was asked again"
        judge_an_answer(tab, url)
        expect(tab.page.get_by_text("not examined")).to_have_count(0)
        _a_wrong_claim_is_told_and_asked_about(tab)
        tab.open(f"{url}/progress")
        tab.see("Scored by judge", 60_000)
        tab.open(f"{url}/agreement")
        # A grid draws on a canvas; what it says to a screen reader stands unseen beside it.
        tab.page.get_by_text("scripted at 127").first.wait_for(state="attached", timeout=PATIENCE_MS)
        tab.screenshot("exam-agreement")
        tab.page.set_viewport_size({"width": 390, "height": 800})
        tab.screenshot("exam-agreement-narrow")


def _a_wrong_claim_is_told_and_asked_about(tab: Tab) -> None:
    tab.page.get_by_role("tab", name="Levels and why").click()
    tab.see(f"Does not hold: “{FALSE}”")
    tab.see(f"What holds: {FACT}")
    tab.screenshot("judged-side-by-side")
    tab.page.get_by_role("tab", name="Ask about it").click()
    told = tab.page.get_by_text("Sends what you ask, the question, your words")
    told.filter(visible=True).first.wait_for(timeout=PATIENCE_MS)
    field = tab.page.get_by_placeholder("Why this level?")
    field.fill("Why does that not hold?")
    field.press("Enter")
    tab.see("V-C4, verdict: Failure modes is at level", 60_000)
    tab.see("Replies are written by an AI system: the language model scripted")
    tab.see("(words that stand nowhere)")
    expect(tab.page.get_by_text("moon phase")).to_have_count(0)
    assert tab.page.get_by_role("tab", name="Ask about it").get_attribute("aria-selected") == "true"
    tab.press("Tighten my answer")
    tab.see("words stay.", 60_000)
    expect(tab.page.locator("del.empty")).to_have_text("Before I choose anything, what matters most:")
    assert serious(tab) == []
    tab.screenshot("asked-and-tightened")
    tab.page.set_viewport_size({"width": 390, "height": 800})
    tab.screenshot("asked-and-tightened-narrow")
    tab.page.set_viewport_size({"width": 1280, "height": 900})


def test_levels_of_a_model_that_did_not_pass_say_so_and_count_nowhere(
    browser: Browser, tmp_path: Path
) -> None:
    with room(tmp_path, browser, judging_as_labelled(level=3), keyword) as (tab, url, _):
        sit(tab)
        tab.see("A larger model may do better", LONG_MS)
        tab.screenshot("exam-not-passed")
        judge_an_answer(tab, url)
        tab.see("gave these levels did not pass the exam")
        tab.see("of 4 · did not pass")
        tab.screenshot("exam-levels-marked")
        tab.open(f"{url}/progress")
        tab.see("Of the key points that can be told", 60_000)
        expect(tab.page.get_by_text("Scored by judge")).to_have_count(0)
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    assert [exam.passed for exam in session.exams.all()] == [False]
    assert session.query("scorers", candidate_id="local").empty
    session.database.close()
