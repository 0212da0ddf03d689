"""The level an instructor puts beside the machine's, with a note, name and date; nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.domain import AttemptResult, Override, Score
from pages.widgets import clock, resources
from pages.widgets.plain import plain

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
            _form(result, score)

    return draw


def _line(one: Override, names: dict[str, str]) -> None:
    earlier = "" if one.same_words else " (about earlier words)"
    st.markdown(
        f"**Level {one.level:g}** by {plain(names.get(one.made_by, 'an instructor'))}, "
        f"{clock.day(one.made_at)}{earlier}" + (f": {plain(one.note)}" if one.note else "")
    )


def _form(result: AttemptResult, score: Score) -> None:
    with (
        st.expander("Give your own level or a comment"),
        st.form(f"override-{score.criterion}", border=False),
    ):
        usual = 2.0 if score.level is None else score.level
        level = st.select_slider("Level, 1 to 4", _LEVELS, min(_LEVELS, key=lambda one: abs(one - usual)))
        note = st.text_area("Note for the candidate", max_chars=2000)
        st.caption("It is shown to the candidate with your name and the date, beside the scorer's level.")
        if st.form_submit_button("Keep"):
            resources.session().disagreements.override(result.attempt.id, score, level, note)
            st.rerun()
