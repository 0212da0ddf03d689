"""An attempt, or all of its session, as a file: HTML to open anywhere, PDF to print. Made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from analysis.reviewing.sides import sides_of
from data.domain import Attempt, AttemptResult, Question
from data.questions import find_question
from pages.widgets import clock, examined, resources
from pages.widgets.plain import plain
from pages.widgets.review import self_rating
from pages.widgets.settings import quiet_delivery

if TYPE_CHECKING:
    from analysis.report import Report

_Told: TypeAlias = tuple[AttemptResult, Question]


def show(result: AttemptResult, question: Question, attempts: Sequence[Attempt]) -> None:
    """Draw the download buttons; those for the session only when it has more answers to tell of."""
    names = quiet_delivery.names()
    day = clock.in_name(result.attempt.started_at)
    _buttons("Report", f"rehearse-{question.id}-{day}", lambda: [(result, question)], names)
    session = [
        one
        for one in attempts
        if one.session_id == result.attempt.session_id and one.status in ("scored", "unscored")
    ]
    if len(session) > 1:
        with st.popover("Whole session"):
            st.caption(f"{len(session)} answers. One whose levels you have not opened yet is left out.")
            _buttons("Session", f"rehearse-session-{day}", lambda: _told_of(session), names)


def _told_of(session: Sequence[Attempt]) -> list[_Told]:
    """The answers of a session whose levels may be shown, in the order they were given."""
    told = []
    for attempt in sorted(session, key=lambda one: one.started_at):
        result, question = (
            resources.session().answers.load(attempt.id),
            find_question(resources.questions(), attempt.question_id),
        )
        if result and result.assessment and question and self_rating.is_settled(result):
            told.append((result, question))
    return told


def _buttons(what: str, name: str, told: Callable[[], list[_Told]], names: tuple[str, ...]) -> None:
    def reports() -> list[Report]:
        from analysis.report import make_report

        kept = resources.session().answers
        return [
            make_report(
                result,
                question,
                names,
                clock.zone(),
                examined.mark,
                kept.own_marks(result.attempt.id),
                sides_of(kept.assessments(result.attempt.id)).heard,
            )
            for result, question in told()
        ]

    def html() -> str:
        from analysis.report import to_html

        return to_html(*reports())

    def pdf() -> bytes:
        from analysis.report import to_pdf

        return to_pdf(*reports())

    st.download_button(f"{plain(what)} as PDF", pdf, f"{name}.pdf", "application/pdf", on_click="ignore")
    st.download_button(f"{plain(what)} as HTML", html, f"{name}.html", "text/html", on_click="ignore")
