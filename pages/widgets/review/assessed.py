"""What one scorer said of an answer: summary, advice, levels that can be argued with, key points, numbers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.answering import one_answer
from analysis.estimates import check_answer, left_unread
from analysis.scoring.coverage import only_heard
from data.domain import Assessment, AttemptResult, Question, Score
from pages.widgets import ai_notice, resources
from pages.widgets.plain import plain
from pages.widgets.review import (
    advice_card,
    arithmetic,
    dispute,
    heard_summary,
    key_points,
    level_rows,
    override,
    own_mark,
)


def choose(result: AttemptResult, question: Question) -> AttemptResult:
    """Draw a choice when several scorers have judged this answer; the answer as the chosen one sees it."""
    found = resources.session().answers.assessments(result.attempt.id)
    if len(found) < 2:
        return result
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
    return result if at == 0 else one_answer.with_assessment(result, question, found[at])


def show(result: AttemptResult, question: Question, assessment: Assessment, *, playable: bool) -> None:
    """Draw it all, one tab a question: what now, why these levels, which points, do the numbers add up."""
    session, attempt = resources.session(), result.attempt
    kept = f"assessed-{attempt.id}"  # the tab stays open, whatever comes to stand above it
    if only_heard(assessment):
        heard_summary.show(assessment.key_points, own_mark.of(result))
        to_do, points, sums = st.tabs(["What to do with it", "Key points", "Numbers"], key=kept)
    else:
        level_rows.summary(assessment.scores)
        ai_notice.of_levels(assessment.scores)
        to_do, why, points, sums = st.tabs(
            ["What to do with it", "Levels and why", "Key points", "Numbers"], key=kept
        )
        with why:
            level_rows.show(
                assessment.scores,
                playable=playable,
                own=session.answers.self_rating(attempt.id),
                below=_below(result, question, playable),
            )
    with to_do:
        if result.advice:
            advice_card.show(result.advice, assessment.flags, playable=playable)
        for note in assessment.notes:
            st.caption(plain(note))
    with points:
        key_points.show(assessment, playable=playable, below=own_mark.below(result, playable=playable))
    with sums:
        checked = check_answer(one_answer.answer_of(result, question))
        arithmetic.show(checked.steps, left_unread(checked), playable=playable)


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
