"""Review and Progress in a real browser: rate, reveal, seek, compare, keep a report."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, expect

from data.questions import load_questions
from data.settings import load_settings
from data.store import Database
from data.synthetic import Plan, synthetic_results
from tests.browser.practised import ANSWER, fill, words
from tests.browser.reviewing import jump_of, leave_unrated
from tests.browser.rig import RESULTS, WIDE, Server, Tab, new_tab, serving
from tests.browser.room import until

pytestmark = pytest.mark.browser

_BOTH = """(() => {
  const roots = [...document.querySelectorAll("*")].map(one => one.shadowRoot ?? one);
  window.videos = () => [...new Set(roots.flatMap(one => [...one.querySelectorAll("video")]))];
})(), """
"""Defines `videos()`: those of all players, which may live in shadow roots."""


def happens(tab: Tab, expression: str, patience_seconds: float = 40.0) -> None:
    """Wait until a script says so. Asked from outside: the page's policy lets none evaluate texts in it."""
    until(lambda: bool(tab.page.evaluate(expression)), patience_seconds)


def at(tab: Tab) -> float:
    """Where the recording is, seconds."""
    return float(tab.page.locator("video").first.evaluate("video => video.currentTime"))


def test_rating_reveals_the_levels_and_a_quote_plays_from_where_it_was_said(
    browser: Browser, practised: Server
) -> None:
    tab = new_tab(browser, viewport=WIDE)
    tab.open(f"{practised.url}/review?attempt=practised-0")
    tab.see("First: how would you rate it?")
    assert tab.page.get_by_text("What to do with it").count() == 0
    tab.page.get_by_role("radio", name="2", exact=True).first.click()
    tab.press("Show the levels")
    tab.see("What to do with it")
    tab.page.get_by_role("tab", name="Levels and why").click()
    tab.see("You rated this answer 2 of 4; the middle of its levels is 3.")
    quote = tab.page.get_by_role("button", name="▶").filter(has_text="how many links per day").last
    said = words()[ANSWER.split().index("links") - 2].start_seconds or 0.0
    assert abs(jump_of(tab, quote) - said) <= 0.5
    tab.screenshot("review-revealed")
    tab.page.close()


def test_without_a_model_points_are_heard_one_is_ticked_and_no_level_stands_anywhere(
    browser: Browser, tmp_path: Path
) -> None:
    fill(tmp_path, answers=1, recorded=0)
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport=WIDE)
        leave_unrated(tab, server, "practised-0")
        tab.see("key points heard")
        tab.page.get_by_role("tab", name="Key points").click()
        tab.page.get_by_text("I said it: here").filter(visible=True).first.click()
        tab.settle()
        words_of_it = tab.page.get_by_role("combobox", name="The words that make this point").first
        words_of_it.click()
        tab.page.get_by_role("option").filter(has_text="The write path goes from").first.click()
        tab.press("Mark it")
        tab.see("No scorer heard it or sees this.")
        tab.see("1 more marked by the candidate")
        assert tab.page.get_by_role("tab", name="Key points").get_attribute("aria-selected") == "true"
        for told in (re.compile(r"level \d"), "Levels and why", "not scored", "Ask about it"):
            expect(tab.page.get_by_text(told)).to_have_count(0)
        tab.screenshot("heard-and-ticked")
        tab.open(f"{server.url}/progress")
        tab.see("Of the key points that can be told", 60_000)
        expect(tab.page.get_by_text("Scored by")).to_have_count(0)
        tab.screenshot("progress-with-coverage")
        tab.page.close()


def test_a_line_a_timeline_and_the_keys_move_the_recording(browser: Browser, practised: Server) -> None:
    tab = new_tab(browser, viewport=WIDE)
    tab.open(f"{practised.url}/review?attempt=practised-1")
    tab.press("Skip and show them")
    tab.see("Steps and quotes")
    line = tab.page.get_by_role("button", name="The read path asks a cache").first
    assert jump_of(tab, line) > 20
    player = tab.page.locator(".player").first
    player.focus()
    happens(tab, _BOTH + "videos()[0].paused")
    tab.page.keyboard.press("k")
    happens(tab, _BOTH + "!videos()[0].paused")
    tab.page.keyboard.press("k")
    happens(tab, _BOTH + "videos()[0].paused")
    before = at(tab)
    tab.page.keyboard.press("j")
    happens(tab, _BOTH + f"Math.abs({before} - 10 - videos()[0].currentTime) < 0.5")
    tab.page.keyboard.press("c")
    tab.page.get_by_role("button", name="Captions", pressed=True).first.wait_for()
    chart = tab.page.locator(".st-key-timelines .js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    tab.page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + 40)
    happens(tab, _BOTH + "videos()[0].currentTime > 60")
    tab.page.close()


def test_two_attempts_are_compared_and_played_in_step(browser: Browser, practised: Server) -> None:
    tab = new_tab(browser, viewport=WIDE)
    for attempt in ("practised-0", "practised-1"):
        leave_unrated(tab, practised, attempt)
    tab.open(f"{practised.url}/review?attempt=practised-1&compare=practised-0")
    tab.see("What the words became")
    assert tab.page.get_by_role("heading", name="Before").count() == 1
    assert tab.page.get_by_role("heading", name="After").count() == 1
    happens(tab, _BOTH + "videos().length === 2 && videos().every(one => one.readyState > 1)")
    tab.page.get_by_role("slider", name="Place in both answers").fill("40")
    happens(tab, _BOTH + "videos().every(one => Math.abs(one.currentTime - 40) < 0.5)")
    tab.press("Play both")
    happens(tab, _BOTH + "videos().every(one => one.currentTime > 42)", 60.0)
    assert tab.page.evaluate(_BOTH + "Math.abs(videos()[0].currentTime - videos()[1].currentTime)") < 0.5
    happens(tab, _BOTH + "videos()[0].muted && !videos()[1].muted")
    tab.press("Hear before")
    happens(tab, _BOTH + "!videos()[0].muted && videos()[1].muted")
    tab.press("Pause both")
    happens(tab, _BOTH + "videos().every(one => one.paused)")
    tab.screenshot("review-compare")
    tab.page.close()


def test_a_link_opens_the_recording_at_a_second_and_only_once(browser: Browser, practised: Server) -> None:
    tab = new_tab(browser, viewport=WIDE)
    leave_unrated(tab, practised, "practised-0")
    tab.open(f"{practised.url}/review?attempt=practised-0&t=1:05")
    video = tab.page.locator("video").first
    video.wait_for()
    happens(tab, _BOTH + "Math.abs(videos()[0].currentTime - 65) < 0.5")
    tab.page.wait_for_url(lambda url: "t=" not in url.split("attempt=practised-0")[-1])
    line = tab.page.get_by_role("button", name="The read path asks a cache").first
    moved = jump_of(tab, line)
    assert abs(moved - 65) > 5
    for name in ("Key points", "Levels and why"):
        tab.page.get_by_role("tab", name=name).click()
        tab.page.get_by_role("tab", name=name, selected=True).wait_for()
    assert abs(at(tab) - 65) > 5
    tab.page.close()


def test_both_reports_download_and_open(browser: Browser, practised: Server, tmp_path: Path) -> None:
    tab = new_tab(browser, viewport=WIDE)
    tab.open(f"{practised.url}/review?attempt=practised-0")
    tab.see("Report as PDF")
    with tab.page.expect_download() as pdf:
        tab.press("Report as PDF")
    pdf.value.save_as(tmp_path / "report.pdf")
    assert looked_at(tmp_path / "report.pdf") >= 2
    with tab.page.expect_download() as html:
        tab.press("Report as HTML")
    html.value.save_as(tmp_path / "report.html")
    tab.open((tmp_path / "report.html").as_uri())
    tab.see("What was said")
    assert tab.page.get_by_role("heading", name="Levels").count() == 1
    tab.screenshot("report")
    tab.page.close()


def looked_at(pdf: Path) -> int:
    """Draw every page as a picture: text, and ink that stays inside the margins. Gives how many there are."""
    RESULTS.mkdir(exist_ok=True)
    pages = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(pages, start=1):
        assert len(page.get_textpage().get_text_range()) > 200
        picture = page.render(scale=1.5).to_pil().convert("L")
        picture.save(RESULTS / f"report-{number}.png")
        dark = np.asarray(picture) < 128
        assert 0.005 < dark.mean() < 0.3
        edge = picture.width // 20
        assert not dark[:, :edge].any() and not dark[:, -edge:].any()
    return len(pages)


@pytest.mark.parametrize("sessions", [0, 1, 3, 200])
def test_progress_draws_any_number_of_sessions(browser: Browser, tmp_path: Path, sessions: int) -> None:
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    bank = load_questions(load_settings({}).questions_path)
    if sessions:
        session.answers.save_many(synthetic_results(Plan("local", sessions, 1, weeks=sessions / 3), bank))
    session.database.close()
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport=WIDE)
        tab.open(f"{server.url}/progress")
        tab.see("What next" if sessions else "Nothing to show yet")
        if sessions:
            tab.page.locator(".js-plotly-plot").first.wait_for()
        tab.screenshot(f"progress-{sessions}")
        tab.page.close()
