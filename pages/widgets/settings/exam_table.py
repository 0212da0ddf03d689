"""Scorers side by side on the exam, with intervals: judges that sat it, the reader, baselines."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.exam.scorers_compared import Line, table
from data.agreement import exam_figures
from data.domain import ModelExam
from pages.widgets import clock

ABOUT = (
    "60 answers of equal length to 12 questions, five kinds each, one of them fluent and wrong. A language "
    "model wrote and rated them under a brief, without sight of any scorer: they are nobody's real answers, "
    "and no person has rated them. Nothing was ever fitted on them; its figures on them were looked at while "
    "this version of the reader was built."
)


def show(exams: Iterable[ModelExam]) -> None:
    """Draw the table: these exams of judges, the reader, a second rating, two baselines."""
    lines = [Line(who(exam), exam.figures, exam.passed) for exam in exams]
    drawn = table([*lines, *_beside()])
    # Wider than a phone, and only this kind of table can be scrolled by the keyboard.
    st.dataframe(drawn, hide_index=True, alt="Scorers on the exam")
    st.caption(
        "In brackets the 95 % interval, drawn by question. A judge passes with an agreement (QWK) of 0.70 or "
        "more, at most 10 % of wrong answers at level 3 or more, and at most 5 % unscored."
    )


def who(exam: ModelExam) -> str:
    """A judge as the table names it."""
    return f"{exam.model} at {exam.place}, {clock.day(exam.taken_at)}"


def _beside() -> list[Line]:
    shipped = exam_figures()
    beside = shipped.get("beside", {})
    named = {
        f"Reader, version {shipped.get('version', '?')}": shipped,
        "A second rating, blind": beside.get("second"),
        "Likeness to the key points alone": beside.get("cosine"),
        "Number of words alone": beside.get("words"),
    }
    return [Line(name, figures) for name, figures in named.items() if figures]
