"""Who needs an instructor this week, by explained rules; a hint is put aside with a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from analysis.cohorts.cohort_rows import completion
from analysis.cohorts.hints import RULES, Hint, hints, open_hints
from data.domain.cohort import Cohort, Person
from pages.widgets import clock, resources
from pages.widgets.cohort import cohort_scorer
from pages.widgets.plain import plain


def show(cohort: Cohort) -> None:
    """Draw the candidates with a hint, by name, each with reasons and the way to their answers."""
    people = resources.session().cohorts.candidates(cohort.id)
    if not people:
        st.info("Nobody has joined yet. Make a code under “Assignments and people” and hand it out.")
        return
    found = open_now(cohort)
    st.caption("Listed by name, never ranked. From answers and their scores, not from camera or voice.")
    by_person: dict[str, list[Hint]] = {}
    for hint in found:
        by_person.setdefault(hint.candidate_id, []).append(hint)
    if not found:
        st.info("Nobody needs you by these rules. They are listed below.")
    with st.grid(2, min_column_width=420) as grid:
        for reasons in by_person.values():
            with grid.cell(), st.container(border=True):
                st.markdown(f"**{plain(reasons[0].name)}**")
                for hint in reasons:
                    _reason(cohort, hint)
    _put_aside(cohort, people)
    with st.expander("The rules"):
        st.markdown("\n".join(f"- {text}" for text in RULES.values()))


def open_now(cohort: Cohort) -> tuple[Hint, ...]:
    """The hints that nobody has put aside."""
    session, cohorts = resources.session(), resources.session().cohorts
    now = datetime.now(UTC)  # weeks of a cohort begin on Monday in UTC, for everybody who looks
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    scorer = cohort_scorer.used(cohort)
    assignments = cohorts.assignments(cohort.id)
    standings = session.query("cohort_standings", cohort_id=cohort.id, **scorer)
    found = hints(
        session.query("cohort_activity", cohort_id=cohort.id, since=monday.replace(tzinfo=None)),
        standings,
        completion(session.query, cohort.id, assignments, now),
        assignments,
        cohort_scorer.titles(),
        clock.now(),
    )
    return open_hints(found, session.query("cohort_dismissals", cohort_id=cohort.id))


def _put_aside(cohort: Cohort, people: Mapping[str, Person]) -> None:
    """What was put aside, with its note: a note that nobody can read again would be for nobody."""
    rows = resources.session().query("cohort_dismissals", cohort_id=cohort.id).to_dict("records")
    known = [row for row in rows if row["candidate_id"] in people]
    if not known:
        return
    with st.expander("Put aside"):
        for row in known:
            rule = RULES.get(str(row["rule"]).partition(":")[0], "")
            note = f" “{plain(row['note'])}”" if row["note"] else ""
            name = plain(people[row["candidate_id"]].name)
            st.markdown(f"**{name}**, {clock.day(row['dismissed_at'])}:{note} ({rule.rstrip('.')})")


def _reason(cohort: Cohort, hint: Hint) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(plain(hint.sentence), help=plain(hint.explained), width="stretch")
        with st.popover("Put aside", type="tertiary"), st.form(f"aside-{hint.candidate_id}-{hint.rule}"):
            note = st.text_input("Note", placeholder="Spoke on Tuesday")
            st.caption("Other instructors see it below, and the candidate in the download of everything.")
            if st.form_submit_button("Put aside"):
                resources.session().cohorts.dismiss(cohort.id, hint.candidate_id, hint.rule, note)
                st.rerun()
