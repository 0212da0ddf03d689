"""How long a jump in a 15-minute recording takes in Chromium: from the click on a line to the picture there.

The recording is made by the app's recorder from the frames of `bench.capture` (640x480 at 30 a second), ten
times faster than they would arrive; the app serves it and a transcript with a line every five seconds.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, sync_playwright

from bench.capture import record, row
from data.domain import Attempt, AttemptResult, Speech, Transcript, Turn, Word
from data.store import Database
from tests.browser.practised import QUESTION
from tests.browser.rig import Devices, chromium, new_tab, serving

AIM_MS = 300
JUMPS = 20
_LINE_SECONDS = 5
_JUMP = """async place => {
  const roots = [...document.querySelectorAll("*")].map(one => one.shadowRoot ?? one);
  const root = roots.find(one => one.querySelector?.(".player")).querySelector(".player");
  const video = root.querySelector("video"), line = root.querySelectorAll(".lines button")[place];
  const shown = new Promise(done => video.addEventListener(
    "seeked", () => video.requestVideoFrameCallback(() => done(performance.now())), { once: true }));
  const began = performance.now();
  line.click();
  const taken = (await shown) - began;
  video.pause();
  return [taken, video.currentTime];
}"""
"""Clicks one line of the transcript; milliseconds until its picture is on screen, and the second shown."""


def main() -> None:
    """Print two rows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=900.0, help="length of the recording")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "recordings").mkdir()
        film = folder / "recordings" / "long.mp4"
        run = record(film, given.seconds, 10.0)
        row("closing the recorder, index put in front, s", run.close_seconds, "1 allowed", bench="seek")
        _keep(folder, film.name, given.seconds)
        with sync_playwright() as playwright, chromium(playwright, Devices()) as browser:
            first, later = _jumps(browser, folder, given.seconds)
    what = f"in {given.seconds / 60:.0f} minutes of 640x480@30"
    row(f"first jump {what}, click to picture, ms", first, f"{AIM_MS} allowed", bench="seek")
    row(f"median of {len(later)} further jumps, ms", median(later), f"{AIM_MS} allowed", bench="seek")
    row("95th percentile of them, ms", quantiles(later, n=20)[-1], f"{AIM_MS} allowed", bench="seek")


def _keep(folder: Path, film: str, seconds: float) -> None:
    """An answer whose transcript has a line every few seconds."""
    words = tuple(
        Word(f"Line {place}.", place * _LINE_SECONDS + 1.0, place * _LINE_SECONDS + 2.0)
        for place in range(int(seconds / _LINE_SECONDS))
    )
    spoken = tuple(
        Word(text, word.start_seconds, word.end_seconds) for word in words for text in word.text.split()
    )
    turn = Turn(1, "candidate", " ".join(word.text for word in words), spoken)
    attempt = Attempt("long", "local", "bench", QUESTION, datetime.now(UTC), "camera", "captured", film, 0.0)
    session = Database.open(f"duckdb:///{folder}/rehearse.duckdb").session()
    session.answers.save(
        AttemptResult(attempt, (turn,), Speech(Transcript(spoken, "bench", "en"), (), (), seconds))
    )
    session.database.close()


def _jumps(browser: Browser, folder: Path, seconds: float) -> tuple[float, list[float]]:
    lines = int(seconds / _LINE_SECONDS)
    with serving(folder) as server:
        tab = new_tab(browser, viewport={"width": 1280, "height": 900})
        tab.open(f"{server.url}/review?attempt=long")
        tab.see("Line 3.")
        taken = []
        for number in range(JUMPS + 1):
            place = (lines // 2 + number * lines * 7 // 19) % lines
            milliseconds, at = tab.page.evaluate(_JUMP, place)
            assert abs(at - (place * _LINE_SECONDS + 1)) < 0.5, at
            taken.append(float(milliseconds))
            tab.page.wait_for_timeout(300)
    return taken[0], taken[1:]


if __name__ == "__main__":
    main()
