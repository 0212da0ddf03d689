"""What a candidate does in the camera room of the real app, for its browser tests."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from data.domain import AttemptResult
from data.store import Database
from tests.browser.rig import Server, Tab, until_recorded

QUESTION = "rate-limiter"
PATIENCE_MS = 180_000
"""For words to be written down on a machine that does other work too."""


def choose(tab: Tab, server: Server, mode: str = "Camera and microphone") -> None:
    """Open the question and say how it will be answered."""
    tab.open(f"{server.url}/practice?question={QUESTION}")
    tab.see("How do you want to answer?")
    tab.page.get_by_role("radio", name=mode).first.click()


def agree(tab: Tab, line: str = "Record my") -> None:
    """Tick the consent line that begins so."""
    box = tab.page.get_by_role("checkbox", name=re.compile(f"^{line}")).first
    box.wait_for(state="attached", timeout=30_000)
    box.check(force=True)


def start(tab: Tab, server: Server) -> None:
    """Begin an answer on camera."""
    choose(tab, server)
    agree(tab)
    tab.press("Start answering")


def answer(tab: Tab, server: Server, clock: str) -> None:
    """Answer on camera until the clock shows `clock`."""
    start(tab, server)
    until_recorded(tab, clock)


def finish(tab: Tab) -> None:
    """End the answer and wait for its words."""
    tab.press("Finish")
    tab.see("Check your words", PATIENCE_MS)


def record_here(tab: Tab, clock: str) -> None:
    """Record with the browser's own recorder until its clock shows `clock`, and hand the file over."""
    tab.press("Record here")
    tab.see(f"● {clock}", 60_000)
    tab.press("Stop and hand over")


def upload(tab: Tab, path: Path) -> None:
    """Hand over a file recorded elsewhere."""
    tab.page.locator("input[type=file]").first.set_input_files(str(path))


def offers(tab: Tab, server: Server, name: str) -> bool:
    """Whether the practice page has a button of that name."""
    tab.open(f"{server.url}/practice?question={QUESTION}")
    tab.see("How do you want to answer?")
    return tab.page.get_by_role("button", name=name).count() > 0


def kept(folder: Path, address: str = "") -> list[AttemptResult]:
    """Every attempt in the database of a server that has stopped, newest first; `address`: of another one."""
    session = Database.open(address or f"duckdb:///{folder}/rehearse.duckdb").session()
    try:
        results = [session.answers.load(attempt.id) for attempt in session.answers.of("local")]
    finally:
        session.database.close()
    return [result for result in results if result is not None]


def until(true: Callable[[], bool], patience_seconds: float = 40.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + patience_seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
