"""Small choices kept in the database: role, date, weekly aim, queue, notes, passed-over questions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

import streamlit as st

from analysis.charts import Mark
from analysis.next_up.own_list import Planned
from analysis.next_up.suggestions import Wish
from data.domain import LEVELS
from pages.widgets import clock, resources

_ROLE, _DATE, _NOTES, _PASSED = "target-role", "interview-date", "timeline-notes", "passed-over-questions"
_AIM, _QUEUE = "weekly-aim", "question-queue"
_DEFAULT_ROLE = "mid"
_MOST_A_WEEK = 50


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the timeline ("New job description")."""

    on: date
    text: str

    @property
    def mark(self) -> Mark:
        """As it is drawn in a trend."""
        return Mark(datetime.combine(self.on, time()), self.text)


def wish(person: str) -> Wish:
    """Role and interview date as they were last chosen."""
    session = resources.session()
    when = session.memory.recall(person, _DATE)
    role = session.memory.recall(person, _ROLE) or _DEFAULT_ROLE
    return Wish(role if role in LEVELS else _DEFAULT_ROLE, date.fromisoformat(when) if when else None)


def aim(person: str) -> int | None:
    """Answers a week the candidate aims for; None without an aim."""
    kept = resources.session().memory.recall(person, _AIM)
    return int(kept) if kept else None


def edit_aim(person: str) -> int | None:
    """Draw the weekly aim; keep what was changed."""
    kept = aim(person)
    chosen = st.number_input(
        "Answers a week",
        1,
        _MOST_A_WEEK,
        kept,
        width=200,
        placeholder="No aim",
        help="An aim of your own. Leave it empty to have none; nothing happens when a week stays below it.",
    )
    if chosen != kept:
        if chosen is None:
            resources.session().memory.forget(person, _AIM)
        else:
            resources.session().memory.remember(person, _AIM, str(chosen))
    return chosen


def queue(person: str) -> tuple[Planned, ...]:
    """The questions the candidate wants to practise, in their order."""
    kept = json.loads(resources.session().memory.recall(person, _QUEUE) or "[]")
    return tuple(Planned(question_id, date.fromisoformat(since)) for question_id, since in kept)


def keep_queue(person: str, planned: Iterable[Planned]) -> None:
    """Keep the list as it is now."""
    rows = [(one.question_id, one.since.isoformat()) for one in planned]
    resources.session().memory.remember(person, _QUEUE, json.dumps(rows))


def edit_wish(person: str) -> Wish:
    """Draw role, date and weekly aim; keep what was changed."""
    kept = wish(person)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        role = st.selectbox(
            "Role you practise for",
            LEVELS,
            index=LEVELS.index(kept.role),
            format_func=str.capitalize,
            width=200,
            help="Draws what such loops usually look for as a dotted line. A proposal, not validated.",
        )
        on = st.date_input("Interview on", kept.interview_on, width=200, help="Spaces repeats until then.")
        edit_aim(person)
    chosen = Wish(role, on if isinstance(on, date) else None)
    if chosen.role != kept.role:
        resources.session().memory.remember(person, _ROLE, chosen.role)
    if chosen.interview_on != kept.interview_on:
        if chosen.interview_on is None:
            resources.session().memory.forget(person, _DATE)
        else:
            resources.session().memory.remember(person, _DATE, chosen.interview_on.isoformat())
    return chosen


def notes(person: str) -> tuple[Note, ...]:
    """The notes on the timeline, oldest first."""
    kept = json.loads(resources.session().memory.recall(person, _NOTES) or "[]")
    return tuple(Note(date.fromisoformat(on), text) for on, text in kept)


def edit_notes(person: str) -> None:
    """Draw the notes with a way to add and to remove one."""
    with st.expander("Notes on the timeline"):
        kept = notes(person)
        for place, note in enumerate(kept):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{clock.written(note.on)} · {note.text}")
                if st.button("Remove", key=f"note-{place}", type="tertiary"):
                    _keep_notes(person, [*kept[:place], *kept[place + 1 :]])
                    st.rerun()
        with st.form("note", clear_on_submit=True, border=False):
            text = st.text_input("What changed", placeholder="New job description", max_chars=120)
            on = st.date_input("On", "today", width=200)
            if st.form_submit_button("Add note") and text.strip() and isinstance(on, date):
                _keep_notes(person, sorted([*kept, Note(on, text.strip())], key=lambda note: note.on))
                st.rerun()


def passed_over(person: str) -> frozenset[str]:
    """Questions the candidate does not want to be offered."""
    return frozenset(json.loads(resources.session().memory.recall(person, _PASSED) or "[]"))


def pass_over(person: str, question_id: str) -> None:
    """Do not offer this question any more."""
    resources.session().memory.remember(
        person, _PASSED, json.dumps(sorted({*passed_over(person), question_id}))
    )


def offer_again(person: str) -> None:
    """Offer every question again."""
    resources.session().memory.forget(person, _PASSED)


def _keep_notes(person: str, kept: list[Note]) -> None:
    rows = [(note.on.isoformat(), note.text) for note in kept]
    resources.session().memory.remember(person, _NOTES, json.dumps(rows))
