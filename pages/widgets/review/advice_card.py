"""What worked, at most three fixes, one thing to do next."""

from __future__ import annotations

import streamlit as st

from data.domain import Advice, Flag
from pages.widgets.plain import plain
from pages.widgets.review import quote


def show(advice: Advice, flags: tuple[Flag, ...], *, playable: bool) -> None:
    """Draw the advice first and the flagged mistakes after it."""
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
    for flag in flags:
        with st.expander(f"Pattern to watch: {plain(flag.explanation)}"):
            if flag.evidence:
                quote.show(flag.evidence, key=f"flag-{flag.name}", playable=playable)
            if flag.where:
                st.caption(plain(flag.where))
