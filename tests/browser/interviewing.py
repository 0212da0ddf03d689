"""What a candidate does in a mock interview in a real browser, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator

from analysis.interview.keeping.kept_interview import Interview, from_kept, to_kept
from analysis.interview.loop.state import begin_state
from analysis.interview.planning.plan import Plan, share_time
from data.domain import AttemptResult, CaptureMode
from data.store import Database
from tests.browser.practised import asked
from tests.browser.rig import PATIENCE_MS, Server, Tab

PREPARED = "prepared"
"""The id of the interview that `prepare` leaves."""


def prepare(folder: Path, *questions: str, mode: CaptureMode = "typed", level: str = "senior") -> None:
    """Put an interview on these questions, which has not begun, into the database of `folder`."""
    plan = Plan(share_time([asked(name) for name in questions], 15), 15.0, level=level)
    state = begin_state(plan, spoken=mode != "typed")
    made = Interview(PREPARED, "local", mode, datetime.now(UTC), state)
    session = Database.open(f"duckdb:///{folder}/rehearse.duckdb").session()
    try:
        session.interviews.save(to_kept(made))
    finally:
        session.database.close()


def enter(tab: Tab, server: Server) -> None:
    """Open the interview that was prepared."""
    tab.open(f"{server.url}/interview?interview={PREPARED}")


def write(tab: Tab, text: str) -> None:
    box = tab.page.get_by_label("Your answer, or a question")
    box.fill(text)
    box.press("Control+Enter")


def report(tab: Tab) -> None:
    tab.see("First: how would you rate your answers?", 240_000)
    tab.press("Skip and show it")
    tab.see("Do next", 30_000)
    tab.see("Open in Review")


def kept(folder: Path) -> tuple[Interview, list[AttemptResult]]:
    """The interview in the database of a server that has stopped, and its answers in order."""
    session = Database.open(f"duckdb:///{folder}/rehearse.duckdb").session()
    try:
        (found,) = session.interviews.of("local")
        interview = from_kept(found)
        results = [session.answers.load(one.attempt_id) for one in interview.rounds]
    finally:
        session.database.close()
    return interview, [result for result in results if result]


def lines(tab: Tab) -> list[str]:
    """What the interviewer has said in the transcript."""
    return _said(tab).all_inner_texts()


def next_line(tab: Tab, before: list[str]) -> str:
    """Wait until the interviewer has said something more; that."""
    _said(tab).nth(len(before)).wait_for(timeout=PATIENCE_MS)
    return lines(tab)[-1]


def _said(tab: Tab) -> Locator:
    return tab.page.get_by_label("What was said so far").locator(".interviewer")
