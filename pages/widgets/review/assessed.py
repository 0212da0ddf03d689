"""What one scorer said of an answer: summary, advice, levels that can be argued with, key points, numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.answering import one_answer
from analysis.reviewing.sides import sides_of
from analysis.scoring.coverage import only_heard
from data.domain import Assessment, AttemptResult, Question, Score
from pages.widgets import resources
from pages.widgets.plain import plain
from pages.widgets.review import (
    advice_card,
    ask_feedback,
    dispute,
    key_points,
    level_rows,
    override,
    own_mark,
    summary_table,
    sums_read,
    tightened_answer,
)


def choose(result: AttemptResult, question: Question) -> AttemptResult:
    """The answer as whoever gave levels sees it, with a choice when there are several of them.

    What the reader heard is no choice: it stands beside the levels.
    """
    found = sides_of(resources.session().answers.assessments(result.attempt.id)).levels
    if not found:
        return result
    at = 0
    if len(found) > 1:
        names = _names(found)
        at = st.segmented_control(
            "Levels by",
            range(len(found)),
            format_func=lambda place: names[place],
            default=0,
            required=True,
            key=f"levels-by-{result.attempt.id}-{len(found)}",
            help="Every scorer's levels are kept. They are never mixed, here or in a trend.",
        )
    return (
        result if found[at] == result.assessment else one_answer.with_assessment(result, question, found[at])
    )


def show(result: AttemptResult, question: Question, assessment: Assessment, *, playable: bool) -> None:
    """Draw it all, one tab a question: what now, why these levels, which points, do the numbers add up."""
    session, attempt = resources.session(), result.attempt
    kept = f"assessed-{attempt.id}"  # the tab stays open, whatever comes to stand above it
    heard = sides_of(session.answers.assessments(attempt.id)).heard
    own = session.answers.self_rating(attempt.id)
    summary_table.show(assessment, heard, own_mark.of(result), own)
    override.beside(result, assessment, form=False)
    drawn: dict[str, Callable[[], None]] = {
        "What to do with it": partial(_to_do, result, assessment, playable)
    }
    if not only_heard(assessment):
        below = _below(result, question, playable)
        drawn["Levels and why"] = partial(
            level_rows.show, assessment.scores, playable=playable, own=own, below=below
        )
    mark = own_mark.below(result, playable=playable)
    drawn["Key points"] = partial(key_points.show, assessment, playable=playable, heard=heard, below=mark)
    drawn["Numbers"] = partial(sums_read.show, result, question, playable=playable)
    if resources.feedback_model() is not None and not attempt.synthetic:
        drawn["Ask about it"] = partial(_ask, result, question, assessment, playable)
    for tab, draw in zip(st.tabs([plain(name) for name in drawn], key=kept), drawn.values(), strict=True):
        with tab:
            draw()


def _to_do(result: AttemptResult, assessment: Assessment, playable: bool) -> None:
    if result.advice:
        advice_card.show(result.advice, playable=playable)
    for note in assessment.notes:
        st.caption(plain(note))


def _ask(result: AttemptResult, question: Question, assessment: Assessment, playable: bool) -> None:
    ask_feedback.show(result, question, assessment, playable=playable)
    st.markdown("#### My answer, tightened")
    tightened_answer.show(result, question, assessment)


def _below(result: AttemptResult, question: Question, playable: bool) -> Callable[[Score], None]:
    """What people say of a level: the candidate's dispute, the levels of instructors."""
    draw_dispute = dispute.below(result, question, playable=playable)
    draw_overrides = override.below(result, form=False)

    def draw(score: Score) -> None:
        if not result.attempt.synthetic:
            draw_dispute(score)
        draw_overrides(score)

    return draw


def _names(found: tuple[Assessment, ...]) -> list[str]:
    """The scorers' names; an earlier version of the same scorer says so."""
    names: list[str] = []
    for assessment in found:
        name = next((score.scorer for score in assessment.scores), assessment.scorer or "unknown")
        earlier = sum(other.split(",")[0] == name for other in names)
        names.append(f"{name}, earlier{f' {earlier}' if earlier > 1 else ''}" if earlier else name)
    return names
