"""The straight line through the product in a real browser: answer aloud, see the result, find it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Playwright

from analysis import media
from data.domain import AttemptResult
from tests.browser.reviewing import score
from tests.browser.rig import (
    FRAMES_SENT,
    REMEMBER_CONNECTION,
    Devices,
    Server,
    Tab,
    chromium,
    new_tab,
    serving,
    until_recorded,
)
from tests.browser.room import kept
from tests.engines import Engine
from tests.media import face_clip, speech_wav

pytestmark = pytest.mark.browser

QUESTION = "rate-limiter"
TERMS = (
    "endpoint", "token bucket", "limits", "memory", "Redis", "cache", "traffic", "customer", "shadow mode",
    "monitoring", "alert", "load balancer", "timeout", "replica", "database",
)  # fmt: skip
SPOKEN = (
    "Okay. So, to begin. I would clarify what we limit, per key, per address, or per endpoint, "
    "whether the limits are hard or approximate, and what a refused caller receives. "
    "I choose a token bucket, because it allows short bursts up to the bucket size "
    "while holding the average. "
    "The counters live in Redis, a shared in-memory store, with expiry and an atomic script. "
    "Ten million keys at one hundred bytes is one gigabyte, so a few cache shards are enough. "
    "When Redis is unreachable, we fail open with a coarse local limit, "
    "because blocking all the traffic would be worse. "
    "We roll out new limits in shadow mode that only logs, and watch refusals per customer, "
    "with monitoring and an alert. "
    "Behind the load balancer every call has a timeout, and a replica takes over when the database is lost."
)
SECONDS = 50.0
SPEAKING_SECONDS = 40.0
"""The voice goes on for 49 s; the browser may have begun to play it some seconds before the recording."""
LONGEST_PAUSE_SECONDS = 1.0
"""Twice the longest dead silence of the voice itself."""


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Devices:
    folder = tmp_path_factory.mktemp("answer")
    microphone = speech_wav(folder / "answer.wav", SPOKEN, words_per_minute=160)
    camera = face_clip(folder / "face.mjpeg", seconds=4.0, fps=15, size=(640, 480))
    return Devices(camera=camera, microphone=Path(f"{microphone}%noloop"))


@pytest.fixture(scope="module")
def talking(playwright: Playwright, voice: Devices) -> Iterator[Browser]:
    with chromium(playwright, voice) as browser:
        yield browser


def choose(tab: Tab, server: Server, mode: str) -> None:
    tab.page.add_init_script(REMEMBER_CONNECTION)
    tab.open(f"{server.url}/practice?question={QUESTION}")
    tab.see("How do you want to answer?")
    tab.page.get_by_role("radio", name=mode).first.click()


def record(tab: Tab, seconds: float) -> int:
    """Answer for so long; how many pictures the browser had sent just before Finish."""
    tab.page.get_by_role("checkbox").first.check(force=True)
    tab.press("Start answering")
    tab.see("● Recording", 60_000)
    minutes, rest = divmod(int(seconds), 60)
    until_recorded(tab, f"{minutes}:{rest:02d}", seconds + 60)
    sent: int = tab.page.frame_locator("iframe").first.locator("body").evaluate(FRAMES_SENT)
    tab.press("Finish")
    tab.see("Check your words", 150_000)
    return sent


@pytest.mark.live
def test_an_answer_on_camera_is_measured_scored_kept_and_found_again(
    talking: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(talking, viewport={"width": 1280, "height": 900})
        choose(tab, server, "Camera and microphone")
        sent = record(tab, SECONDS)
        score(tab)
        tab.screenshot("review")
        tab.see("key points heard")
        assert tab.page.get_by_role("tab", name="Levels and why").count() == 0
        tab.page.get_by_role("tab", name="Key points").click()
        tab.page.get_by_role("button", name="▶").first.wait_for()
        tab.page.get_by_role("link", name="Progress").first.click()
        tab.see("Of the key points that can be told", 60_000)
        tab.page.locator(".js-plotly-plot .point").first.wait_for(timeout=60_000)
        tab.screenshot("progress")
        assert tab.errors == []
        tab.page.close()
    (result, *_) = kept(tmp_path)
    _check_recording(server.recordings / (result.attempt.recording or ""), sent)
    _check_words(result)
    _check_camera(result)
    _check_heard(result)


def _check_recording(path: Path, sent: int) -> None:
    facts = media.probe(path)
    assert sent > 5 * SECONDS
    assert facts.frames >= 0.97 * sent
    assert facts.av_offset_seconds is not None
    assert abs(facts.av_offset_seconds) <= 0.08
    sound = media.read_audio(path)
    assert abs(sound.size / 16_000 - facts.seconds) < 0.2
    assert _longest_dead_silence(sound[: round(SPEAKING_SECONDS * 16_000)]) < LONGEST_PAUSE_SECONDS


def _longest_dead_silence(sound: np.ndarray) -> float:
    """Seconds of the longest run of exact zeros: what is put where sound was lost."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (sound == 0).astype(np.int8), [0]])))
    runs = edges[1::2] - edges[::2]
    return float(runs.max() / 16_000) if runs.size else 0.0


def _check_words(result: AttemptResult) -> None:
    said = result.turns[1].text.lower().replace("-", " ")
    heard = [term for term in TERMS if term.lower() in said]
    assert len(heard) >= 0.8 * len(TERMS), f"heard only {heard} in: {said}"
    assert result.delivery
    assert result.delivery.speaking_rate_wpm is not None


def _check_camera(result: AttemptResult) -> None:
    found = sum(frame.face_found for frame in result.frames)
    assert len(result.frames) >= 0.8 * SECONDS, "kept at one a second; a busy machine measures fewer"
    assert found >= 0.9 * len(result.frames)
    assert result.summaries


def _check_heard(result: AttemptResult) -> None:
    assert result.assessment
    assert result.assessment.scores == (), "without a judge there is no level"
    said = result.turns[1].text
    quotes = [evidence.quote for point in result.assessment.key_points for evidence in point.quotes]
    assert quotes
    assert all(quote in said for quote in quotes)


def test_a_typed_answer_is_scored_kept_and_in_the_progress(
    browser: Browser, engine: Engine, tmp_path: Path
) -> None:
    with engine.database(tmp_path, blank=True) as address:
        with serving(tmp_path, settings={"DATABASE_URL": address}) as server:
            tab = new_tab(browser)
            choose(tab, server, "Typed")
            box = tab.page.get_by_label("Your answer").first
            box.fill(SPOKEN)
            box.press("Control+Enter")
            tab.see("Check your words", 60_000)
            score(tab)
            tab.see("Not measured: this answer was typed.")
            tab.page.get_by_role("link", name="Progress").first.click()
            tab.see("Of the key points that can be told", 60_000)
            tab.page.locator(".js-plotly-plot .point").first.wait_for(timeout=60_000)
            assert tab.errors == []
            tab.page.close()
        (result, *_) = kept(tmp_path, address)
    assert result.turns[1].text == SPOKEN
    assert result.delivery is None
    _check_heard(result)


def test_with_the_camera_denied_the_page_says_so_and_typing_still_works(
    playwright: Playwright, tmp_path: Path
) -> None:
    with serving(tmp_path) as server, chromium(playwright, Devices(permission="denied")) as denied:
        tab = new_tab(denied)
        choose(tab, server, "Camera and microphone")
        tab.press("Check camera and microphone")
        tab.see("The browser was told not to use it")
        tab.screenshot("camera-denied")
        tab.page.get_by_role("radio", name="Typed").first.click()
        box = tab.page.get_by_label("Your answer").first
        box.fill(SPOKEN)
        box.press("Control+Enter")
        tab.see("Check your words", 60_000)
        score(tab)
        tab.page.close()
    _check_heard(kept(tmp_path)[0])


def test_a_killed_server_loses_nothing_that_was_said(talking: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        tab = new_tab(talking)
        choose(tab, server, "Camera and microphone")
        tab.page.get_by_role("checkbox").first.check(force=True)
        tab.press("Start answering")
        until_recorded(tab, "0:20")
        server.kill()
        tab.page.close()
    with serving(tmp_path) as server:
        tab = new_tab(talking)
        tab.open(server.url)
        tab.page.get_by_role("link", name="An answer that is not finished").click()
        tab.see("Not finished")
        tab.screenshot("unfinished")
        tab.press("Finish it")
        tab.see("Check your words", 120_000)
        score(tab)
        tab.page.close()
    (result, *_) = kept(tmp_path)
    facts = media.probe(server.recordings / (result.attempt.recording or ""))
    assert facts.seconds >= 19
    assert "limit" in result.turns[1].text.lower()
