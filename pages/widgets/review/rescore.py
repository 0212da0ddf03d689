"""Correct the transcript and score it (again): the original words and times are kept where unchanged."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.answering import one_answer
from analysis.answering.erasing import forget_judged
from analysis.reviewing.transcript_lines import is_unsure
from analysis.scoring import Scorer
from analysis.written.drafts import words_key
from data.domain import AttemptResult, Question
from pages.widgets import draft_box, drafting, examined, pace, resources, who_receives
from pages.widgets.plain import plain


@st.fragment
def show(result: AttemptResult, question: Question) -> None:
    """Draw the editor; on the button, save the words, score them and rerun the page."""
    transcript = result.speech.transcript if result.speech else None
    text = transcript.text if transcript else ""
    scored = result.assessment is not None
    title = "Correct the transcript and score again" if scored else "Your words"
    with st.expander(title, expanded=not scored):
        doubtful = [word.text for word in (transcript.words if transcript else ()) if is_unsure(word)]
        if doubtful:
            st.caption("Heard unclearly: " + plain(", ".join(dict.fromkeys(doubtful))))
        words = _words(result, text)
        _offer_heard(result, words)
        scorer = _choose_scorer(result, question, words)
        running = resources.jobs().is_running(result.attempt.id)
        if st.button(
            "Score again" if scored else "Score this answer",
            key=f"score-{result.attempt.id}",
            type="primary",
            disabled=running or not words.strip(),
            help="A judge is at work on this answer." if running else None,
        ):
            _score(result, question, scorer, words)
            st.rerun()


def _words(result: AttemptResult, text: str) -> str:
    """The words as they stand in the box, where they are kept while they are corrected."""
    key = words_key(result.attempt.id)
    kept, keep = partial(drafting.kept, key), partial(drafting.keep, key)
    draft_box.show(f"box {key}", kept, keep, label="Your words", initial=text, placeholder="", rows=9)
    drafting.trouble()
    draft = kept()
    return draft.text if draft.version else text


def _offer_heard(result: AttemptResult, words: str) -> None:
    """What was heard stays kept after a correction, also one that is not scored yet, and can be put back."""
    if result.speech is None or (result.speech.heard is None and result.attempt.mode == "typed"):
        return
    heard = " ".join(word.text for word in result.speech.heard or result.speech.transcript.words)
    if result.speech.heard is None and heard.split() == words.split():
        return

    def put_back() -> None:
        drafting.put(words_key(result.attempt.id), heard)

    with st.popover("As it was heard"):
        st.text(heard)
        st.button("Put it back into the field", key=f"heard-{result.attempt.id}", on_click=put_back)


def _score(result: AttemptResult, question: Question, scorer: Scorer, words: str) -> None:
    """Save the words and score them: at once by the reader, on a thread of its own with a judge."""
    session, judge = resources.session(), resources.judge()
    if one_answer.with_words(result, question, words) is not result:
        forget_judged(result)
    corrected = one_answer.correct(session, result, question, words)
    drafting.drop(words_key(result.attempt.id))
    if judge is not None and scorer.name == judge.name:
        resources.jobs().score(session, corrected, question, judge)
        st.toast("The judge is at work; how far it is stands above the levels.")
        return
    with st.spinner("Scoring your answer ..."):
        one_answer.score_answer(session, corrected, question, scorer)


def _choose_scorer(result: AttemptResult, question: Question, words: str) -> Scorer:
    """The scorer to use; with a judge, what it costs at most and where the words go."""
    scorers = resources.scorers()
    names = [scorer.name for scorer in scorers]
    if len(names) == 1:
        return scorers[0]
    judge = resources.judge()
    usual = judge.name if judge is not None else names[0]
    chosen = st.segmented_control("Scorer", names, format_func=plain, default=usual, required=True)
    if judge is not None and chosen == judge.name:
        answer = one_answer.answer_of(one_answer.with_words(result, question, words), question)
        who_receives.show("answer", judge.estimate(answer, pace.usual_seconds()).sentence)
        if told := examined.beforehand():
            st.caption(plain(told))
    return scorers[names.index(chosen)]
