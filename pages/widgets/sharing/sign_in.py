"""Signing in and out, where people sign in: the providers' buttons, the code that admits, the way out."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.access import NOBODY, may_run_cohorts
from data.domain import RehearseError
from data.domain.cohort import Identity
from pages.entrance import identity
from pages.widgets import problem, resources
from pages.widgets.plain import plain

# Known by name also to nobody: with an unknown one, a reload where a session has ended shows Streamlit's
# "Page not found" over the button that signs in again. None of them is drawn for nobody (`is_open_to_all`).
_SIGNED_IN = (
    ("pages/sharing.py", "Sharing"),
    ("pages/cohort.py", "Cohort"),
    ("pages/people.py", "People"),
    ("pages/answer.py", "Answer"),
)


def is_done() -> bool:
    """Whether the app may be drawn for whoever is here."""
    return not identity.is_needed() or resources.viewer() != NOBODY


def is_open_to_all(page: str) -> bool:
    """Whether a page may be drawn for somebody who has not signed in: one answer, by its link."""
    return page == "answer" and "key" in st.query_params


def show() -> None:
    """Draw what is missing: signing in, or the code that admits."""
    st.title("Rehearse")
    known = identity.of_session()
    try:
        if known is None:
            _choose_provider()
        elif resources.session().people.is_admitted(known):
            _ask_again(known)
        else:
            _admit(known)
    except RehearseError as error:
        problem.draw(error)


def pages() -> list[tuple[str, str, Literal["visible", "hidden"]]]:
    """The pages that only make sense where people sign in: file, title, whether the menu shows it."""
    viewer = resources.viewer()
    if viewer.role == "local":
        return _invented()
    if viewer == NOBODY:
        return [(path, title, "hidden") for path, title in _SIGNED_IN]
    found: list[tuple[str, str, Literal["visible", "hidden"]]] = [("pages/sharing.py", "Sharing", "visible")]
    if may_run_cohorts(viewer):
        found.append(("pages/cohort.py", "Cohort", "visible"))
    if viewer.role == "admin":
        found.append(("pages/people.py", "People", "visible"))
    return [*found, ("pages/answer.py", "Answer", "hidden")]


def _invented() -> list[tuple[str, str, Literal["visible", "hidden"]]]:
    """The instructors' pages without sign-in: only while invented cohorts are there to try them with."""
    try:
        if not resources.session().cohorts.instructed():
            return []
    except RehearseError:
        return []  # the page itself says what is wrong with the database
    return [("pages/cohort.py", "Cohort (sample)", "visible"), ("pages/answer.py", "Answer", "hidden")]


def show_way_out() -> None:
    """Draw who is signed in, and the button that ends the session on every device."""
    me = resources.session().people.me()
    if me is None:
        return
    st.markdown(f"Signed in as **{plain(me.name)}** ({plain(me.email or 'no address')}), {plain(me.role)}.")
    if st.button("Sign out on every device"):
        resources.session().people.sign_out_everywhere()
        st.logout()


def _choose_provider() -> None:
    st.markdown("A practice room for back-end engineering interviews. Sign in to practise.")
    with st.container(horizontal=True):
        for provider in identity.providers():
            named = "" if provider == "default" else f" with {plain(provider.replace('-', ' ').capitalize())}"
            if st.button(f"Sign in{named}", type="primary", key=f"sign-in-{provider}"):
                st.login(None if provider == "default" else provider)


def _ask_again(known: Identity) -> None:
    st.markdown(
        f"You were signed in as **{plain(known.name)}**, and that has ended: you signed out, or stayed "
        "away for some hours."
    )
    if st.button("Sign in again", type="primary"):
        st.logout()


def _admit(known: Identity) -> None:
    st.markdown(f"You are signed in as **{plain(known.name)}**, and not admitted here yet.")
    st.markdown("Enter the code that your instructor or administrator gave you; without one, ask them.")
    with st.form("admit", border=False):
        code = st.text_input("Code", placeholder="AB3CD-EF4GH", width=320)
        st.caption(
            "With a cohort's code its instructors see what you answer from then on: your words, levels and "
            "quotes. Recordings, and what camera and voice measured, stay private until you share an answer."
        )
        if st.form_submit_button("Go on", type="primary"):
            resources.session().people.admit(known, code)
            resources.forget_viewer()
            st.rerun()
    if st.button("Sign out", type="tertiary"):
        st.logout()
