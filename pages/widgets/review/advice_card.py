"""What worked, at most three fixes, one thing to do next."""

from __future__ import annotations

import streamlit as st

from data.domain import Advice
from pages.widgets.plain import plain
from pages.widgets.review import quote


def show(advice: Advice, *, playable: bool) -> None:
    """Draw the advice."""
    for worked in advice.worked:
        st.markdown(f"✓ {plain(worked)}")
    for number, fix in enumerate(advice.fixes, start=1):
        with st.container(border=True):
            st.markdown(f"**{number:d}. {plain(fix.what)}**")
            st.markdown(plain(fix.how))
            if fix.evidence:
                quote.show(fix.evidence, key=f"fix-{number}", playable=playable)
    if advice.do_next:
        st.info(plain(advice.do_next), title="Do next")
