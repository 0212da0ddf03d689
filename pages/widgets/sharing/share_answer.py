"""Share one answer: with a cohort's instructors, a person, or whoever has a link; with an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from data.domain import Attempt, RehearseError
from pages.widgets import attempt_picker, clock, problem, resources, way_on

_PERSON, _LINK = "A person here, by e-mail address", "Whoever has a link"
_USUAL_DAYS, _LONGEST_DAYS = 14, 365
MADE_LINK = "made-link"
"""Where the session keeps the secret of the link it made last, until something shared is revoked."""


def show(attempts: tuple[Attempt, ...]) -> None:
    """Draw the form; words and levels always belong to a share, the rest is chosen."""
    if not attempts:
        st.caption("Nothing to share yet. Answer a question first.")
        way_on.show("pages/practice.py", "Practise a question")
        return
    cohorts = {f"Instructors of {cohort.name}": cohort.id for cohort in resources.session().cohorts.joined()}
    by_id = {attempt.id: attempt for attempt in attempts}
    attempt_id = st.selectbox("Answer", list(by_id), format_func=lambda one: attempt_picker.label(by_id[one]))
    whom = st.selectbox("With", [*cohorts, _PERSON, _LINK])
    with st.form("share"):
        address = st.text_input("Their e-mail address") if whom == _PERSON else ""
        none = by_id[attempt_id].recording is None
        recording = st.checkbox("Also the recording", disabled=none, help="Where the answer has one.")
        delivery = st.checkbox("Also what was measured of voice and camera")
        today = clock.today()
        ends = st.date_input(
            "Until and including",
            today + timedelta(days=_USUAL_DAYS),
            min_value=today,
            max_value=today + timedelta(days=_LONGEST_DAYS),
        )
        if st.form_submit_button("Share", type="primary"):
            with problem.show():
                st.session_state[MADE_LINK] = resources.session().grants.share(
                    attempt_id,
                    to_cohort=cohorts.get(whom),
                    to_person=_person(address) if whom == _PERSON else None,
                    link=whom == _LINK,
                    recording=recording,
                    delivery=delivery,
                    expires_at=_end_of(ends),
                )
    if st.session_state.get(MADE_LINK):
        st.markdown(
            "The link, shown once. Whoever has it can open this answer until it ends or you revoke it:"
        )
        server = str(st.context.url).rpartition("/")[0]
        st.code(f"{server}/answer?key={st.session_state[MADE_LINK]}", language=None, wrap_lines=True)


def _person(address: str) -> str:
    found = resources.session().grants.person_with(address)
    if found is None:
        raise RehearseError("Nobody here signs in with that address.", "Check it, or share by a link.")
    return found


def _end_of(day: date) -> datetime:
    return clock.end_of(day)
