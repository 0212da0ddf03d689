"""Signing in and out, where people sign in: the providers' buttons, the code that admits, the way out."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.access import NOBODY, Viewer, may_run_cohorts
from data.domain import RehearseError
from data.domain.cohort import Identity
from pages.entrance import identity
from pages.widgets import problem, resources
from pages.widgets.plain import plain

Who = Literal["everybody", "signed in", "instructors", "administrators", "by link"]
"""Whom a page is for. "by link": whoever has a link to one answer; no menu shows it."""


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


def page(path: str, title: str, who: Who, *, default: bool = False) -> st.Page | None:
    """A page for the navigation; None when whoever is here has no such page.

    To nobody all are known by name, and none but `is_open_to_all` is drawn: with an unknown one, a reload
    where a session has ended shows Streamlit's "Page not found" over the button that signs in again.
    """
    viewer = resources.viewer()
    if who != "everybody" and viewer != NOBODY and not _has(viewer, who):
        return None
    hidden = who == "by link" or (who != "everybody" and viewer == NOBODY)
    sample = " (sample)" if who == "instructors" and viewer.role == "local" else ""
    return st.Page(
        path, title=f"{title}{sample}", default=default, visibility="hidden" if hidden else "visible"
    )


def _has(viewer: Viewer, who: Who) -> bool:
    if viewer.role == "local":
        return who in ("instructors", "by link") and _has_invented()
    return {"instructors": may_run_cohorts(viewer), "administrators": viewer.role == "admin"}.get(who, True)


def _has_invented() -> bool:
    """The instructors' pages without sign-in: only while invented cohorts are there to try them with."""
    try:
        return bool(resources.session().cohorts.instructed())
    except RehearseError:
        return False  # the page itself says what is wrong with the database


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
