"""For administrators: who is here and in which role, codes for new people."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import streamlit as st

from data.domain.cohort import Person, PersonRole
from pages.widgets import clock, resources

_ROLES: tuple[PersonRole, ...] = get_args(PersonRole)


def show_people() -> None:
    """Draw everybody, and the form that changes a role."""
    everybody = resources.session().people.everybody()
    st.dataframe(
        {
            "Name": [one.name for one in everybody],
            "Address": [one.email for one in everybody],
            "Role": [one.role for one in everybody],
            "Since": [clock.in_table(one.joined_at) for one in everybody],
        },
        hide_index=True,
        alt="Everybody who was admitted",
        column_config={"Since": st.column_config.DatetimeColumn(format="D MMM YYYY")},
    )
    others = {one.id: one for one in everybody if one.id != resources.candidate_id()}
    if not others:
        return
    with st.form("role"):
        who = st.selectbox("Person", list(others), None, format_func=lambda one: _label(others[one]))
        role = st.selectbox("Role", _ROLES, None)
        if st.form_submit_button("Change the role") and who and role:
            resources.session().people.set_role(who, role)
            st.rerun()


def _label(person: Person) -> str:
    """Two people may have the same name."""
    return f"{person.name} · {person.email}" if person.email else person.name


def show_codes(cohort_id: str | None, roles: tuple[PersonRole, ...] = _ROLES) -> None:
    """Draw the form that makes a code, and the code once it is made."""
    with st.form(f"code-{cohort_id}"):
        role = st.selectbox("For", roles)
        days = st.number_input("Valid for, days", 1, 90, 14)
        uses = st.number_input("For how many people", 1, 1000, 30 if role == "candidate" else 1)
        if st.form_submit_button("Make a code"):
            until = clock.now() + timedelta(days=int(days))
            code = resources.session().people.invite(role, cohort_id, until, int(uses))
            st.markdown(f"Shown once, valid until {clock.day(until)}:")
            st.code(code, language=None)
