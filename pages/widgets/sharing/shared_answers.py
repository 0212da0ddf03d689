"""What is shared: by the candidate, each with its button to end it; and with the viewer."""

from __future__ import annotations

import streamlit as st

from data.domain import Attempt
from data.domain.cohort import Grant
from pages.widgets import attempt_picker, clock, resources, way_on
from pages.widgets.plain import plain
from pages.widgets.sharing import share_answer


def show_given(owner: str) -> None:
    """Draw the live grants of a candidate."""
    now = clock.now()
    live = [grant for grant in resources.session().grants.given(owner) if grant.is_live(now)]
    if not live:
        st.caption("You share nothing at the moment: recordings and measurements are private.")
        return
    attempts = {attempt.id: attempt for attempt in resources.session().answers.of(owner)}
    cohorts = {cohort.id: cohort.name for cohort in resources.session().cohorts.joined()}
    people = resources.session().people.names(tuple(grant.to_person for grant in live if grant.to_person))
    for grant in live:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(_answer(grant, attempts))}  \n{_terms(grant, cohorts, people)}")
            if st.button("Revoke", key=f"revoke-{grant.id}"):
                resources.session().grants.revoke(grant.id)
                st.session_state.pop(share_answer.MADE_LINK, None)
                st.rerun()


def show_received() -> None:
    """Draw the answers that others share with the viewer."""
    found = resources.session().grants.received()
    if not found:
        st.caption("Nobody shares an answer with you at the moment.")
    names = resources.session().people.names(tuple(attempt.candidate_id for attempt in found))
    for attempt in found:
        whose = names.get(attempt.candidate_id, "Someone")
        way_on.show("pages/answer.py", f"{whose}: {attempt_picker.label(attempt)}", attempt=attempt.id)


def _answer(grant: Grant, attempts: dict[str, Attempt]) -> str:
    found = attempts.get(grant.attempt_id)
    return attempt_picker.label(found) if found else grant.attempt_id


def _terms(grant: Grant, cohorts: dict[str, str], people: dict[str, str]) -> str:
    if grant.to_cohort:
        whom = f"instructors of {cohorts.get(grant.to_cohort, 'a cohort')}"
    else:
        whom = people.get(grant.to_person or "", "someone who left") if grant.to_person else "a link"
    parts = ["words and levels"]
    parts += ["recording"] if grant.recording else []
    parts += ["voice and camera measurements"] if grant.delivery else []
    end = f", until {clock.day(grant.expires_at)}" if grant.expires_at else ""
    return f"With **{plain(whom)}**: {', '.join(parts)}{end}"
