"""Asked aloud, answered aloud, read, corrected and scored again, in a real browser."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from data.domain import AttemptResult
from data.store import Database
from tests.browser.reviewing import score
from tests.browser.rig import Devices, Tab, chromium, new_tab, serving, until_recorded
from tests.media import speech_wav
from tests.wild_server import WildServer
from tests.wild_server import serving as wild_serving

pytestmark = pytest.mark.browser

QUESTION = "rate-limiter"
SILENT_SECONDS = 8
SPOKEN = (
    "First I would ask how many requests arrive and who sends them. "
    "Then I keep a token bucket for every key in Redis, with an atomic script and an expiry. "
    "When Redis is lost, every node goes on with a small local limit. "
    "I watch the share of refused requests for every customer, and I alert when it doubles."
)
A_VOICE = """
window.spokenSentences = [];
const voice = { name: "A test voice", lang: "en-GB", default: true };
window.speechSynthesis.getVoices = () => [voice];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.speechSynthesis.cancel = () => {};
window.speechSynthesis.speak = (utterance) => {
  window.spokenSentences.push([utterance.text, utterance.voice?.name, utterance.rate]);
  setTimeout(() => utterance.onstart?.(), 20);
  setTimeout(() => utterance.onend?.(), 20 + 40 * utterance.text.split(" ").length);
};
"""
"""What Chromium has on a desktop and has not here: a voice. It takes 40 ms a word."""


@pytest.fixture(scope="module")
def talking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose microphone is silent for a while and then answers."""
    folder = tmp_path_factory.mktemp("spoken")
    answer = later(speech_wav(folder / "said.wav", SPOKEN, 160), folder / "later.wav", SILENT_SECONDS)
    with chromium(playwright, Devices(microphone=Path(f"{answer}%noloop"))) as browser:
        yield browser


def later(sound: Path, target: Path, seconds: int) -> Path:
    with wave.open(str(sound)) as said, wave.open(str(target), "wb") as out:
        out.setparams(said.getparams())
        out.writeframes(b"\0\0" * said.getframerate() * seconds)
        out.writeframes(said.readframes(said.getnframes()))
    return target


def kept(folder: Path) -> AttemptResult:
    session = Database.open(f"duckdb:///{folder}/rehearse.duckdb").session()
    try:
        result = session.answers.load(session.answers.of("local")[0].id)
    finally:
        session.database.close()
    assert result is not None
    return result


def ask_aloud(tab: Tab, url: str) -> None:
    """Turn the voice on in Settings, then begin an answer by microphone."""
    tab.open(f"{url}/settings")
    tab.see("The interviewer's voice")
    tab.page.get_by_text("Read the question to me").click()
    tab.page.get_by_label("Voice", exact=True).select_option("A test voice")
    tab.open(f"{url}/practice?question={QUESTION}")
    tab.see("How do you want to answer?")
    tab.page.get_by_role("radio", name="Microphone only").first.click()
    tab.page.get_by_text("Show my words while I speak").click()
    tab.page.get_by_role("checkbox", name=re.compile("Record my microphone")).check(force=True)
    tab.press("Start answering")


@pytest.mark.live
def test_a_question_is_asked_aloud_answered_read_corrected_and_scored_again(
    talking: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(talking, viewport={"width": 1280, "height": 900})
        tab.page.add_init_script(A_VOICE)
        ask_aloud(tab, server.url)
        tab.see("● Recording", 60_000)
        tab.page.get_by_role("button", name="Read it to me").wait_for(timeout=30_000)
        said = tab.page.evaluate("window.spokenSentences")
        tab.see("Your words appear here")
        until_recorded(tab, "0:28")
        tab.press("Finish")
        tab.see("Check your words", 150_000)
        words = tab.page.get_by_role("textbox", name="Your words").input_value()
        tab.page.get_by_role("textbox", name="Your words").fill(f"{words} Corrected afterwards.")
        score(tab)
        tab.page.get_by_role("button", name=re.compile("aption")).first.click()
        assert tab.page.locator("video").first.evaluate("video => video.textTracks[0].mode") == "showing"
        tab.screenshot("spoken-review")
    result = kept(tmp_path)
    assert said[0][0].startswith("Design a rate limiter")
    assert {voice for _, voice, _ in said} == {"A test voice"}
    # Heard over a live connection, one name may be misheard; the words around it are not.
    assert {"token", "bucket"} <= set(words.lower().split())
    assert result.turns[1].text.endswith("Corrected afterwards.")
    assert result.assessment is not None
    assert result.speech is not None and result.delivery is not None
    ended, latency = result.attempt.question_end_seconds, result.delivery.response_latency_seconds
    assert ended is not None and latency is not None
    assert 0 < ended < SILENT_SECONDS
    assert latency == pytest.approx(result.speech.voiced[0].start_seconds - ended, abs=0.01)
    assert 0 < latency < SILENT_SECONDS


def test_a_voice_server_that_is_slow_and_then_fails_leaves_the_browsers_own_voice(
    talking: Browser, tmp_path: Path
) -> None:
    with (
        wild_serving(WildServer(status=500, silent_seconds=2.0)) as wild,
        serving(tmp_path, settings={"TTS_BASE_URL": wild.url}) as server,
    ):
        tab = new_tab(talking)
        tab.page.add_init_script(A_VOICE)
        ask_aloud(tab, server.url)
        tab.page.get_by_role("button", name="Read it to me").and_(tab.page.locator(":enabled")).wait_for(
            timeout=60_000
        )
        said = tab.page.evaluate("window.spokenSentences")
    assert said and said[0][0].startswith("Design a rate limiter")
    assert len(wild.reached) == 1


def test_without_a_voice_the_question_stays_in_writing_and_the_answer_begins(
    talking: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(talking)
        tab.open(f"{server.url}/settings")
        tab.see("The interviewer's voice")
        tab.page.get_by_text("Read the question to me").click()
        tab.see("This browser has no English voice")
        tab.open(f"{server.url}/practice?question={QUESTION}")
        tab.see("How do you want to answer?")
        tab.page.get_by_role("radio", name="Microphone only").first.click()
        tab.page.get_by_role("checkbox", name=re.compile("Record my microphone")).check(force=True)
        tab.press("Start answering")
        tab.see("● Recording", 60_000)
        tab.see("the question is shown only", 30_000)
