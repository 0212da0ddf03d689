"""Mocks in a real browser with what an interviewer does: facts, hints, a tested claim, a twist."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from analysis.interview.keeping.end_figures import MADE_HARDER
from tests.browser.axe import serious
from tests.browser.interviewing import enter, kept, lines, next_line, prepare, report, write
from tests.browser.practised import asked
from tests.browser.rig import PATIENCE_MS, WIDE, Devices, Tab, chromium, new_tab, serving
from tests.media import speech_wav

pytestmark = pytest.mark.browser

QUESTION = "rate-limiter"
LEAD_SECONDS, SILENCE_SECONDS = 4, 7
ASKED = "How many requests per second does the API serve at peak?"
CLAIMED = (
    "Every node counts alone with the full limit. The load balancer spreads a customer evenly over "
    "the nodes, so it comes out right."
)
DEVELOPED = (
    "A token bucket for each customer and endpoint holds two numbers, the tokens and when it was "
    "filled last. It allows a short burst and keeps the average. The buckets live in a shared in-"
    "memory store with an expiry, and refill and take are one atomic script, because otherwise two "
    "gateways read the same value and both let the call through. Ten million keys of a hundred bytes "
    "are one gigabyte, so memory decides little; two hundred thousand checks a second decide it, and "
    "six shards carry them with headroom.",
    "If the store does not answer within five milliseconds the gateway lets the call through with a "
    "rough limit of its own, since refusing paying customers would be our own outage. One customer "
    "with fifty times the traffic is counted on the node first, so that a single shard is not "
    "overloaded. A refused caller gets status 429 with a header that says when to come back, and each"
    " answer shows what is left of the quota, so that client libraries slow down by themselves before"
    " they are turned away.",
    "Rules are versioned and pushed to every gateway within a minute, and a canary group gets them "
    "first. A stricter limit runs in shadow mode, which only writes down whom it would have refused; "
    "I go through that list with the account managers before it bites. I alert when the share of "
    "refusals doubles, when added latency passes two milliseconds at the 99th percentile, or when "
    "fallback lasts longer than a minute, and the dashboard shows the heaviest customers by name with"
    " a runbook beside it.",
    "For busy keys each gateway leases a batch of fifty tokens and decides locally, which saves round"
    " trips. The overshoot is bounded by what is leased and unused: three hundred nodes times fifty "
    "is fifteen thousand in the worst case, so the batch shrinks as the remaining quota shrinks. Two "
    "regions have their own stores and their own quota, because a synchronous hop across the ocean "
    "would cost eighty milliseconds. After a partition heals, counters are merged by taking the "
    "larger value.",
    "Internal jobs, webhooks and batch exports get separate buckets, so that a nightly import cannot "
    "starve interactive traffic. Weights make expensive endpoints cost more tokens: a search costs "
    "ten, a lookup one. Configuration lives in a relational database with an audit trail, is "
    "validated against absurd values, and is rolled back with one command. Load tests replay "
    "yesterday's traffic at double speed against a staging cluster while we pull the plug of one "
    "shard and watch promotion of its replica.",
    "Sockets that stay open are limited by concurrency and not by rate: a semaphore with a lease per "
    "connection, renewed by heartbeat, so that a crashed gateway gives its slots back. Anonymous "
    "callers are grouped by network prefix with a probabilistic sketch, because addresses must not be"
    " kept for more than a week. Billing reads the refusals from an event stream, aggregates them "
    "hourly, and reconciles against gateway logs, so that invoices and quota agree.",
)


def test_a_mock_with_a_fact_hints_a_wrong_claim_and_a_twist_outlives_a_crash_and_is_reported(
    browser: Browser, tmp_path: Path
) -> None:
    prepare(tmp_path, QUESTION, level="senior")
    twist, claim = asked(QUESTION).twist, asked(QUESTION).misconceptions[0]
    assert twist is not None
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport=WIDE)
        enter(tab, server)
        tab.see("Your turn")
        place = box_place(tab)
        write(tab, ASKED)
        assert "200,000" in next_line(tab, [])
        for _ in range(3):
            before = lines(tab)
            tab.press("Hint")
            next_line(tab, before)
        before = lines(tab)
        write(tab, CLAIMED)
        next_line(tab, before)
        tab.see("Your turn")
        assert box_place(tab) == place
        assert is_in_the_box(tab)
        assert serious(tab) == []
        tab.screenshot("interview-challenged")
        tab.page.wait_for_timeout(500)
        server.kill()
    interview, _ = kept(tmp_path)
    assert interview.state.made.kinds.count("hint_step") == 3
    assert interview.state.dialogue.challenged == (0,)
    assert interview.state.dialogue.replies
    with serving(tmp_path) as server:
        enter(tab, server)
        tab.see("Your turn")
        for said in DEVELOPED:
            before = lines(tab)
            write(tab, said)
            line = next_line(tab, before)
            if twist.text in line or "ten times" in line:
                break  # what kind of move it was is looked up below
        tab.press("End")
        tab.press("End the interview")
        report(tab)
        for told in ("held against senior", "Held against senior", "Worth looking up", claim.right):
            tab.see(told)
        for told in ("Made harder", "Steps of a hint: 3.", "Questions of yours that were answered: 1."):
            tab.see(told)
        tab.screenshot("interview-report-of-moves")
        tab.page.close()
    interview, (result,) = kept(tmp_path)
    (round_kept,) = interview.rounds
    moves = [line.move for line in round_kept.lines]
    assert [move for move in moves if move in MADE_HARDER]
    assert moves.count("hint_step") == 3
    assert result.challenged == (0,)
    assert result.assessment is not None
    point = result.assessment.key_points[(claim.contradicts or 0) - 1]
    assert point.status in ("missed", "cannot_tell")


@pytest.fixture(scope="module")
def talking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Asks its question, is silent, makes its claim, is silent, and begins again."""
    folder = tmp_path_factory.mktemp("moves")
    with wave.open(str(folder / "loop.wav"), "wb") as target:
        for number, text in enumerate((ASKED, CLAIMED)):
            said = speech_wav(folder / f"said{number}.wav", text, words_per_minute=140)
            with wave.open(str(said)) as source:
                if not number:
                    target.setparams(source.getparams())
                    target.writeframes(b"\0" * (2 * source.getframerate() * LEAD_SECONDS))
                target.writeframes(source.readframes(source.getnframes()))
                target.writeframes(b"\0" * (2 * source.getframerate() * SILENCE_SECONDS))
    with chromium(playwright, Devices(microphone=folder / "loop.wav")) as browser:
        yield browser


@pytest.mark.live
def test_by_voice_a_question_is_answered_and_a_wrong_claim_tested_and_both_outlive_a_crash(
    talking: Browser, tmp_path: Path
) -> None:
    prepare(tmp_path, QUESTION, mode="microphone")
    with serving(tmp_path) as server:
        tab = new_tab(talking, viewport=WIDE)
        enter(tab, server)
        tab.page.get_by_role("checkbox", name="Record my microphone").check(force=True)
        tab.see("Your turn")
        said = tab.page.get_by_label("What was said so far")
        expect(said).to_contain_text("200,000", timeout=2 * PATIENCE_MS)
        expect(said).to_contain_text(asked(QUESTION).misconceptions[0].challenge, timeout=2 * PATIENCE_MS)
        tab.screenshot("interview-voice-challenged")
        before = lines(tab)
        tab.press("Hint")
        next_line(tab, before)
        tab.page.wait_for_timeout(500)
        server.kill()
    interview, _ = kept(tmp_path)
    assert interview.state.dialogue.challenged == (0,)
    assert "hint_step" in interview.state.made.kinds
    with serving(tmp_path) as server:
        enter(tab, server)
        tab.see("● Recording")
        tab.see("Your turn")
        tab.press("End")
        tab.press("End the interview")
        report(tab)
        for told in (
            "Held against senior",
            "Worth looking up",
            "Steps of a hint: 1.",
            "that were answered: 1.",
        ):
            tab.see(told)
        tab.page.close()
    _, (result,) = kept(tmp_path)
    assert result.attempt.mode == "microphone"
    assert result.challenged == (0,)


def box_place(tab: Tab) -> float:
    """How far below the heading the box to write in is."""
    box = tab.page.get_by_label("Your answer, or a question").bounding_box()
    heading = tab.page.get_by_role("heading", name="Question 1").bounding_box()
    assert box is not None and heading is not None
    return round(box["y"] - heading["y"])


def is_in_the_box(tab: Tab) -> bool:
    """Whether keys that are pressed now are written into the answer."""
    return bool(
        tab.page.get_by_label("Your answer, or a question").evaluate(
            "box => box.getRootNode().activeElement === box"
        )
    )
