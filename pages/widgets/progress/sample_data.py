"""The synthetic sample: load it with one click, see that it is synthetic, remove it with one click."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer
from data.access import SAMPLE_CANDIDATE
from pages.widgets import resources

_MINE, _SAMPLE = "My practice", "Synthetic sample"


def offer() -> None:
    """Draw the button that loads the sample."""
    if st.button("Load the sample data", help="Nine weeks of an invented candidate, removed with one click."):
        with st.spinner("Making the sample ..."):
            resources.sample_answers().load(resources.bank(), one_answer.reading_of)
        st.rerun()


def choose(person: str, has_own: bool) -> str | None:
    """Whose data to show: the candidate's own, the sample (with its banner), or None when there is none."""
    if not resources.sample_answers().is_there():
        return person if has_own else None
    showing = _SAMPLE
    if has_own:
        showing = st.segmented_control("Show", [_MINE, _SAMPLE], default=_MINE, required=True)
    if showing == _MINE:
        return person
    _banner()
    return SAMPLE_CANDIDATE


def _banner() -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            ":orange-badge[Synthetic sample] Invented numbers of an invented candidate, to show what this "
            "page looks like. They are never mixed with yours. Its levels are as a judge would give them; "
            "without a judge an answer has none. What is heard in its invented words the reader heard."
        )
        if st.button("Remove the sample data"):
            resources.sample_answers().remove()
            st.rerun()
