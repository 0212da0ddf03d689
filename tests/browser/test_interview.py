"""Whole mock interviews in a real browser: typed, by voice, and gone on with after a reload and a crash."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from data.domain import AttemptResult
from tests.browser.interviewing import kept, report, write
from tests.browser.rig import Devices, Server, Tab, chromium, new_tab, serving
from tests.media import speech_wav

pytestmark = pytest.mark.browser

ANSWER = (
    "I would first ask how much data there is and how fast it must be read. I would keep the primary in one "
    "database with replicas, put a cache before it, and send the writes through a queue. When the primary "
    "fails a follower is promoted and clients see errors for some seconds. I alert on the error rate."
)
SPOKEN = (
    "I would first ask how much data there is. Writes go to the primary database, and reads go to replicas. "
    "When the primary fails, a follower is promoted. I alert on the error rate."
)
SILENCE_SECONDS = 4.0
TERMS = ("data", "primary", "replica", "follower", "promoted", "alert", "error")
"""Where in the sentences a button is pressed is chance, so each round has to have some of them only."""


def plan(tab: Tab, server: Server, *, mode: str, minutes: str = "15 min") -> None:
    tab.open(server.url)
    tab.see("A 15-minute mock", 60_000)
    tab.page.get_by_role("link", name="Interview").first.click()
    tab.see("Your plan", 60_000)
    tab.page.get_by_role("radio", name=minutes).first.click()
    tab.page.get_by_role("radio", name=mode).first.click()


def check(folder: Path, rounds: int) -> list[AttemptResult]:
    """What holds of every interview that was played to its end."""
    interview, results = kept(folder)
    assert interview.over
    assert len(results) == rounds
    assert sum(one.seconds for one in interview.rounds) <= interview.state.plan.limit_minutes * 60
    assert len({result.attempt.question_id for result in results}) == rounds
    for result in results:
        assert result.attempt.session_id == interview.id
        assert result.attempt.status in ("scored", "unscored")
    return results


def test_three_typed_rounds_with_a_reload_and_a_crash_in_between(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport={"width": 1280, "height": 900})
        plan(tab, server, mode="Typed")
        tab.see("3 questions")
        tab.press("Start the interview")
        tab.see("Question 1 of 3", 60_000)
        write(tab, ANSWER)
        tab.see("Asked now", 60_000)
        tab.screenshot("interview-probe")
        box = tab.page.get_by_label("Your answer, or a question")
        box.fill("A draft that nobody has sent yet.")
        tab.page.wait_for_timeout(1500)
        tab.page.reload()
        tab.see("Asked now", 60_000)
        assert box.input_value() == "A draft that nobody has sent yet."
        tab.press("Skip")
        tab.see("Question 2 of 3", 60_000)
        write(tab, ANSWER)
        tab.see("Asked now", 60_000)
        address = tab.page.url.split("/", 3)[3]
        tab.page.wait_for_timeout(500)
        server.kill()
    with serving(tmp_path) as server:
        tab.open(f"{server.url}/{address}")
        tab.see("Question 2 of 3", 60_000)
        tab.see("Asked now")
        tab.press("Skip")
        tab.see("Question 3 of 3", 60_000)
        write(tab, ANSWER)
        tab.see("Asked now", 60_000)
        tab.press("Pause")
        tab.see("The clock stands still")
        tab.press("Go on")
        tab.page.get_by_role("button", name="Hint").wait_for()  # the paused screen has an “End” of its own
        tab.press("End")
        tab.press("End the interview")
        report(tab)
        tab.screenshot("interview-report")
        tab.page.get_by_text("Open in Review").first.click()
        tab.see("key points heard", 60_000)
        tab.page.close()
    results = check(tmp_path, 3)
    assert results[0].turns[-1].text == "A draft that nobody has sent yet."
    assert [turn.elicitation for turn in results[0].turns if turn.speaker == "candidate"] == [
        "volunteered",
        "prompted",
    ]
    assert all(result.assessment for result in results)


@pytest.fixture(scope="module")
def talking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Says the same sentences again and again, with a silence after each time."""
    folder = tmp_path_factory.mktemp("interview")
    said = speech_wav(folder / "said.wav", SPOKEN, words_per_minute=170)
    with wave.open(str(said)) as source, wave.open(str(folder / "loop.wav"), "wb") as target:
        target.setparams(source.getparams())
        target.writeframes(source.readframes(source.getnframes()))
        target.writeframes(b"\0" * (2 * int(source.getframerate() * SILENCE_SECONDS)))
    with chromium(playwright, Devices(microphone=folder / "loop.wav")) as browser:
        yield browser


def answered(tab: Tab) -> None:
    """The interviewer has asked on, or has replied to what sounded like a question."""
    line = tab.page.get_by_text("Asked now").or_(tab.page.get_by_text("The interviewer", exact=True))
    line.first.wait_for(timeout=60_000)


@pytest.mark.live
def test_three_rounds_by_voice_to_the_report(talking: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(talking, viewport={"width": 1280, "height": 900})
        plan(tab, server, mode="Microphone only")
        agreed = tab.page.get_by_role("checkbox", name="Record my microphone")
        agreed.check(force=True)
        tab.press("Start the interview")
        for number in (1, 2, 3):
            tab.see(f"Question {number} of 3", 120_000)
            tab.page.wait_for_timeout(7_000)
            tab.press("I'm done")
            answered(tab)
            if number == 1:
                tab.press("Pause")
                tab.see("nothing is recorded", 60_000)
                tab.page.wait_for_timeout(6_500)  # longer than a recording waits for frames
                tab.press("Go on")
                tab.see("● Recording", 60_000)
            if number == 2:
                tab.screenshot("interview-voice")
                tab.page.reload()
                answered(tab)
                tab.see("● Recording", 60_000)
            if number < 3:
                tab.press("Skip")
        tab.press("End")
        tab.press("End the interview")
        report(tab)
        tab.screenshot("interview-voice-report")
        # A reload of /interview asks for its own path first: that is Streamlit's, not ours.
        assert [error for error in tab.errors if "404" not in error] == []
        tab.page.close()
    for result in check(tmp_path, 3):
        assert result.attempt.mode == "microphone"
        assert (server.recordings / (result.attempt.recording or "")).is_file()
        said = [turn for turn in result.turns if turn.speaker == "candidate"]
        assert said[0].elicitation == "volunteered"
        assert said[0].words and said[0].words[0].start_seconds is not None
        heard = " ".join(turn.text for turn in said).lower()
        assert [term for term in TERMS if term in heard], heard
    assert list(server.recordings.glob("*.part*")) == []


def test_a_page_whose_timers_have_died_comes_back_to_life(browser: Browser, tmp_path: Path) -> None:
    """What Streamlit does to a page when two of its runs overlap: nothing of it moves any more."""
    with serving(tmp_path) as server:
        tab = new_tab(browser, viewport={"width": 1280, "height": 900})
        plan(tab, server, mode="Typed")
        tab.press("Start the interview")
        tab.see("Question 1 of 3", 60_000)
        tab.page.evaluate("for (let timer = 0; timer < 100000; timer++) clearInterval(timer)")
        time = tab.page.get_by_text("in all")
        for _ in range(5):  # one of them may have been under way
            shown = time.inner_text()
            tab.page.wait_for_function(
                "before => ![...document.querySelectorAll('p')].some(one => one.innerText === before)",
                arg=shown,
                timeout=60_000,
            )
        tab.page.close()


def test_without_sound_the_same_plan_goes_on_in_writing(browser: Browser, tmp_path: Path) -> None:
    """Live media is blocked: the room says so, says what works here, and nothing of the plan is lost."""
    with serving(tmp_path, settings={"REHEARSE_TEST_ICE": "blocked"}) as server:
        tab = new_tab(browser, viewport={"width": 1280, "height": 900})
        plan(tab, server, mode="Microphone only")
        tab.page.get_by_text("Record my microphone").click()
        tab.press("Start the interview")
        tab.see("No sound reaches the interviewer", 60_000)
        tab.see("Record one question at a time")
        offered = tab.page.get_by_role("link", name="Record one question at a time").get_attribute("href")
        tab.screenshot("interview-without-sound")
        tab.press("Take this interview in writing")
        tab.see("Your answer, or a question to the interviewer", 60_000)
        tab.page.close()
    interview, _ = kept(tmp_path)
    assert interview.mode == "typed"
    assert len(interview.state.plan.rounds) == 3
    assert offered is not None
    assert offered.endswith(f"question={interview.question(0).id}")
