"""The language model of this server: which one is connected, what it can do, how to connect another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from data.access import may_configure
from data.domain import RehearseError
from data.language_model import LanguageModel, connected
from pages.widgets import problem, resources, segments, who_receives
from pages.widgets.plain import plain
from pages.widgets.settings import (
    exam,
    installed_models,
    language_model_address,
    language_model_file,
    language_model_found,
    language_model_spending,
    language_model_trial,
)

Way = Literal["found", "installed", "address", "file"]
_WAYS: dict[Way, tuple[str, Callable[[], None]]] = {
    "found": ("Found on this computer", language_model_found.show),
    "installed": ("Run by this server", installed_models.show),
    "address": ("At an address", language_model_address.show),
    "file": ("A file of your own", language_model_file.show),
}
"""How a model can be connected: its title, and what draws it."""
_WHEN = (
    "That happens when you have an answer judged in Review, dispute a level, or choose a chat model for an "
    "interview; a text pasted under Study goes there when you ask for new questions. An interview that was "
    "left is scored without it."
)
_OUTSIDE = (
    "It is set where this server is started (`LLM_BASE_URL`, `LLM_API_KEY` or `OPENAI_API_KEY`), and that "
    "goes before anything chosen here. To choose here, unset them and start again."
)
_DISCONNECT = "Removes the connection with its key, and stops what is being sent."


def show() -> None:
    """Draw the model in use, and for whoever may choose, the ways to another."""
    chooses = may_configure(resources.viewer())
    try:
        used = connected(resources.settings())
    except RehearseError as error:
        problem.draw(error)
        used = None
    with st.container(border=True):
        _in_use(used, chooses)
    if used is not None:
        with st.container(border=True):
            exam.show()
    if not chooses or (used is not None and used.from_environment):
        return
    if used is None:
        _connect()
    else:
        with st.expander("Use another model"):
            _connect()


def _in_use(used: LanguageModel | None, chooses: bool) -> None:
    if used is None:
        st.markdown("**No language model is connected.**")
        st.caption(
            "This server hears key points in answers without one, and the interviewer asks the bank's own "
            "questions. With a model answers are judged, and follow-ups are worded for what you said."
            + ("" if chooses else " An administrator connects one for everybody.")
        )
        return
    st.markdown(f"**{plain(used.model)}** · {plain(who_receives.place_of(used))}")
    st.caption(f"{who_receives.line('answer')} {_WHEN}")
    if not chooses:
        st.caption("An administrator chose it for everybody on this server.")
        return
    if used.from_environment:
        st.caption(_OUTSIDE)
    elif used.api_key:
        st.caption("A key is kept, in a file that only the owner of this server reads.")
    if used.is_readable_on_the_way:
        st.warning("Words and key travel to it without encryption: whoever is on the way can read them.")
    with st.container(horizontal=True):
        language_model_trial.ask(used)
        if not used.from_environment and st.button("Disconnect", key="disconnect-model", help=_DISCONNECT):
            with problem.show():
                resources.disconnect_model()
                st.rerun()
    language_model_trial.show(used)
    language_model_spending.show()


def _connect() -> None:
    titles = {way: title for way, (title, _) in _WAYS.items()}
    way = segments.show("Where is the model?", titles, default="found", key="language-model-way")
    _, draw = _WAYS[way]
    draw()
