"""The level an instructor puts beside the machine's, with a note, name and date; nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.scoring.coverage import only_heard
from data.domain import WHOLE_ANSWER, Assessment, AttemptResult, Override, Score
from data.rubrics import load_rubric
from pages.widgets import clock, resources
from pages.widgets.plain import plain

_ASKED = "Give your own level or a comment"
_LEVELS = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)


def below(result: AttemptResult, *, form: bool = True) -> Callable[[Score], None]:
    """What is drawn at the end of a score's card: the levels people gave, and the `form` for one's own."""
    kept = resources.session().disagreements.overrides(result.attempt.id)
    names = resources.session().people.names(tuple(sorted({one.made_by for one in kept})))
    may_add = form and resources.session().grants.may_override(result.attempt)

    def draw(score: Score) -> None:
        for one in kept:
            if one.machine.criterion == score.criterion:
                _line(one, names)
        if may_add:
            with st.expander(_ASKED):
                _form(result, score)

    return draw


def beside(result: AttemptResult, assessment: Assessment, *, form: bool = True) -> None:
    """Draw what instructors said that belongs to no card of a level: all of it where nobody gave levels.

    There the `form` stands once, for the answer as a whole or one competency.
    """
    carded = {score.criterion for score in assessment.scores}
    kept = resources.session().disagreements.overrides(result.attempt.id)
    loose = [one for one in kept if one.machine.criterion not in carded]
    names = resources.session().people.names(tuple(sorted({one.made_by for one in loose})))
    for one in loose:
        _line(one, names, about=_titles().get(one.machine.criterion, one.machine.criterion))
    if form and only_heard(assessment) and resources.session().grants.may_override(result.attempt):
        _form_beside(result, assessment)


def _form_beside(result: AttemptResult, assessment: Assessment) -> None:
    titles = _titles()
    asked = dict.fromkeys(one.key_point.competency for one in assessment.key_points)
    with st.expander(_ASKED):
        about: str = st.selectbox("About", (WHOLE_ANSWER, *asked), format_func=lambda one: plain(titles[one]))
        unlevelled = Score(
            about,
            None,
            assessment.scorer,
            assessment.scorer_version,
            assessment.rubric_version,
            reason="The reader gives no level.",
        )
        _form(result, unlevelled)


def _titles() -> dict[str, str]:
    return {WHOLE_ANSWER: "The answer as a whole", **{one.id: one.title for one in load_rubric().criteria}}


def _line(one: Override, names: dict[str, str], about: str = "") -> None:
    earlier = "" if one.same_words else " (about earlier words)"
    led, who = f"{about}: level" if about else "Level", names.get(one.made_by, "an instructor")
    st.markdown(
        f"**{plain(led)} {one.level:g}** by {plain(who)}, "
        f"{clock.day(one.made_at)}{earlier}" + (f": {plain(one.note)}" if one.note else "")
    )


def _form(result: AttemptResult, score: Score) -> None:
    with st.form(f"override-{score.criterion}", border=False):
        usual = 2.0 if score.level is None else score.level
        level = st.select_slider("Level, 1 to 4", _LEVELS, min(_LEVELS, key=lambda one: abs(one - usual)))
        note = st.text_area("Note for the candidate", max_chars=2000)
        st.caption("It is shown to the candidate with your name and the date, beside what the scorer said.")
        if st.form_submit_button("Keep"):
            resources.session().disagreements.override(result.attempt.id, score, level, note)
            st.rerun()
