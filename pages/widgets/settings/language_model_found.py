"""Language models that run on this computer already: looked for when asked, used with one press more."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from analysis.llm import discovery
from analysis.llm.beside import Beside
from analysis.llm.discovery import Found
from data.language_model import LanguageModel
from pages.widgets import problem, resources, who_receives
from pages.widgets.plain import plain

_LOOK = "language-model-look"
_BLINK_SECONDS = 0.3
"""Waited for at once: what listens here answers in milliseconds, and a page must not flicker."""


def show() -> None:
    """Draw the button, and what was found."""
    names = ", ".join(f"{name} ({urlsplit(address).port})" for name, address in discovery.PLACES)
    st.caption(
        f"Asks at the usual ports of this computer for a list of models: {plain(names)}. "
        "Nothing else is sent."
    )
    if st.button("Look", key="look-for-models", icon=":material/search:"):
        work = Beside(lambda cancel: discovery.look_on_this_computer(discovery.PLACES, cancel))
        st.session_state[_LOOK] = work
        work.wait(_BLINK_SECONDS)
    look: Beside[tuple[Found, ...]] | None = st.session_state.get(_LOOK)
    if look is None:
        return
    if not look.finished:
        _looking(look)
        return
    with problem.show():
        found = look.result() or ()
        for one in found:
            _offer(one)
        if not found:
            st.info(
                "Start one of these programs with a model and look again, or give an address.",
                title="No language model answered on this computer",
            )


@st.fragment(run_every=_BLINK_SECONDS)
def _looking(look: Beside[tuple[Found, ...]]) -> None:
    if look.finished:
        st.rerun()
    st.caption("Looking ...")


def _offer(found: Found) -> None:
    with st.container(border=True):
        at = LanguageModel("address", "", found.base_url)
        st.markdown(f"**{plain(found.program)}** · {plain(who_receives.place_of(at))}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.selectbox(
                "Model", found.models, format_func=plain, key=f"found-{found.base_url}", width=360
            )
            pressed = st.button("Use it", key=f"use-{found.base_url}", type="primary")
        chosen = LanguageModel("address", name, found.base_url)
        if chosen.leaves:
            st.caption("This model runs at its maker's servers: what it is sent leaves this computer.")
    if pressed:
        resources.connect_model(chosen)
        del st.session_state[_LOOK]
        st.rerun()
