"""Look at one answer beside the rubric: rate it, see the levels with their quotes, what to do differently."""

from __future__ import annotations

import streamlit as st

from analysis.answering.part_asked import as_asked
from data.access import SAMPLE_CANDIDATE
from data.domain import Attempt, AttemptResult, Question, RehearseError
from data.questions import find_question
from pages.widgets import attempt_picker, problem, question_shown, resources, way_on
from pages.widgets.plain import plain
from pages.widgets.review import (
    assessed,
    code_written,
    compare,
    judging,
    measured,
    player,
    report_download,
    rescore,
    self_rating,
    sketch_drawn,
    timeline,
    watched,
    without_question,
)

_STICKY = """<style>
@media (min-width: 900px) { .st-key-watch { position: sticky; top: 4.5rem; } }
[class*="st-key-seek-"] :is(button, button *) { justify-content: flex-start; text-align: left; }
</style>"""


def _delivered(result: AttemptResult, question: Question, *, playable: bool) -> None:
    timeline.show(result, question, playable=playable)
    st.subheader("Delivery")
    st.caption("Bands are advice, not grades, and never touch a level.")
    delivery, camera = st.columns(2)
    with delivery:
        measured.show_delivery(result.delivery)
    with camera:
        measured.show_signals(result.summaries)
    if playable:
        for number, event in enumerate(result.events):
            player.jump(event, key=f"event-{number}")


def _also(result: AttemptResult, question: Question, attempts: tuple[Attempt, ...]) -> AttemptResult | None:
    """What else can be done with this answer; the attempt to compare it with, if one was chosen."""
    other = compare.choose(result, attempts)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "pages/practice.py",
            label="Answer this question again",
            icon=":material/replay:",
            query_params={"question": question.id},
        )
        player.show_sent_file(result.attempt)
        if result.assessment and self_rating.is_settled(result):
            report_download.show(result, question, attempts)
    return other


def _draw(result: AttemptResult, question: Question) -> None:
    st.markdown("\n\n".join(f"**{plain(part)}**" for part in question.text.split("\n\n")))
    question_shown.code(question)
    for note in result.notes:
        st.caption(plain(note))
    playable = player.is_there(result.attempt)
    revealed = result.assessment is not None and self_rating.is_settled(result)
    left, right = st.columns([5, 6], gap="large")
    with right, st.container():  # an empty one stays, so that tabs below keep their place
        judging.show(result.attempt.id)
        if revealed:
            result = assessed.choose(result, question)
    assessment = result.assessment
    with left:
        watched.show(result, question, playable=playable, revealed=revealed)
    with right:
        if assessment and revealed:
            assessed.show(result, question, assessment, playable=playable)
        elif assessment:
            self_rating.show(result)
        else:
            st.subheader("Check your words, then score them")
            rescore.show(result, question)
    sketch_drawn.show(result)
    code_written.show(result, question, playable=playable)
    if revealed or not assessment:
        _delivered(result, question, playable=playable)


st.title("Review")
st.html(_STICKY)
try:
    session = resources.session()
    attempts = session.answers.of(resources.candidate_id()) + session.answers.of(SAMPLE_CANDIDATE)
    if not attempts:
        st.info("Nothing to review yet. Answer one question, aloud or typed, and it appears here.")
        way_on.show("pages/practice.py", "Practise a question")
        st.stop()
    attempt = attempt_picker.show(attempts)
    result = session.answers.load(attempt.id)
    question = find_question(resources.questions(), attempt.question_id)
    if result is None:
        raise RehearseError("This answer is not there any more.", "Choose another one.")
    if question is None:
        without_question.show(result)
        st.stop()
    other = _also(result, question, attempts)
    if other:
        compare.show(result, other)
    else:
        _draw(result, as_asked(question, result.turns))
except RehearseError as error:
    problem.draw(error)
