"""The Test button of the connected language model: each step in plain words as it comes, and a stop."""

from __future__ import annotations

import streamlit as st

from analysis.llm.configured import chat_model_of
from analysis.llm.trial import Outcome, Trial, start_trial
from data.language_model import LanguageModel
from pages.widgets import resources
from pages.widgets.plain import plain

_TRIAL = "language-model-trial"
_LOOK_SECONDS = 0.5
_ICONS: dict[Outcome, str] = {
    "works": ":green[:material/check_circle:]",
    "fails": ":red[:material/error:]",
    "not offered": ":material/do_not_disturb_on:",
}


def ask(used: LanguageModel) -> None:
    """Draw the button that begins a test."""
    if st.button(
        "Test",
        key="test-model",
        icon=":material/checklist:",
        help="Asks it a few short questions and a long one, and says what works. Nothing of yours is sent.",
    ):
        earlier = _of(used)
        if earlier is not None:
            earlier.stop()
        model = chat_model_of(used, resources.settings())
        st.session_state[_TRIAL] = (used, start_trial(model))


def show(used: LanguageModel) -> None:
    """Draw what a test has found so far; it goes on when the page is left."""
    trial = _of(used)
    if trial is None:
        return
    under_way = not trial.finished

    @st.fragment(run_every=_LOOK_SECONDS if under_way else None)
    def steps() -> None:
        with st.container(gap="xsmall"):
            for step in list(trial.steps):
                st.markdown(f"{_ICONS[step.outcome]} **{plain(step.name)}:** {plain(step.told)}")
        if under_way and trial.finished:
            st.rerun()
        elif under_way:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption("Testing ...")
                st.button("Stop", key="stop-test", type="tertiary", on_click=trial.stop)

    steps()


def _of(used: LanguageModel) -> Trial | None:
    """The test of this very model in this tab, if there is one."""
    kept: tuple[LanguageModel, Trial] | None = st.session_state.get(_TRIAL)
    return kept[1] if kept is not None and kept[0] == used else None
