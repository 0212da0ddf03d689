"""Code reading, AI-assisted coding and live debugging as rounds of an interview in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.interviewing import enter, kept, lines, prepare, report, write
from tests.browser.rig import PATIENCE_MS, WIDE, new_tab, serving

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

READ = "reading-price-cache"
ASSISTED = "ai-login-limiter"
DEBUGGED = "debug-every-full-hour"


def test_each_new_kind_of_round_shows_its_material_is_answered_and_reviewed(
    browser: Browser, tmp_path: Path
) -> None:
    prepare(tmp_path, READ, ASSISTED, DEBUGGED)
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport=WIDE)
        enter(tab, server)
        tab.see("Question 1 of 3")
        expect(tab.page.get_by_test_id("stCode")).to_contain_text("type Cache struct")
        write(tab, "Two threads may both find the entry old and both ask the price service for it.")
        tab.see("Asked now")
        tab.press("Skip")

        tab.see("Question 2 of 3")
        editor = tab.page.locator(".cm-content")
        expect(editor).to_contain_text("time.time()")
        editor.click()
        tab.page.keyboard.press("Control+Home")
        tab.page.keyboard.insert_text("# a deque of times for each key\n")
        write(tab, "It counts by whole minutes, so a burst on each side of the border is let in twice.")
        tab.see("Asked now")
        tab.press("Skip")

        tab.see("Question 3 of 3")
        tab.page.get_by_label("What do you want to see?").fill("the scheduled jobs, please")
        tab.press("Show me")
        tab.see("product export")
        write(tab, "Show me what the sessions wait for, please.")
        shown = tab.page.locator(".st-key-interview-shown")
        expect(shown).to_contain_text("48 sessions wait")
        assert any("48 sessions wait" in line for line in lines(tab))
        write(tab, "Every full hour an export updates all products and the orders wait for its row locks.")
        tab.see("Asked now")
        tab.press("End")
        tab.press("End the interview")
        report(tab)
        tab.page.get_by_text("Open in Review").nth(1).click()
        tab.see("key points heard")
        expect(tab.page.get_by_text("# a deque of times").first).to_be_attached()
        assert [error for error in tab.errors if "404" not in error] == []
        tab.page.close()
    interview, results = kept(tmp_path)
    assert interview.over
    assert [result.attempt.status for result in results] == ["scored"] * 3
    assert [result.attempt.question_id for result in results] == [READ, ASSISTED, DEBUGGED]
    assert results[1].code is not None
