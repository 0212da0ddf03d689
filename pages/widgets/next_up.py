"""What to practise next, each with its reason and a link; any of them can be passed over."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis import progress
from analysis.next_question import Seen, choose_next
from pages.widgets import question_filter, remembered, resources


def show(person: str) -> None:
    """Draw this week's practice, the role and date, and at most three questions."""
    store = resources.store()
    with st.container(border=True):
        st.subheader("What next")
        st.caption(progress.this_week(store.query("time_practised", candidate_id=person), date.today()))
        wish = remembered.edit_wish(person)
        history = store.query("question_history", candidate_id=person).to_dict("records")
        seen = [Seen(row["question_id"], int(row["answers"]), row["last_at"].date()) for row in history]
        passed = remembered.passed_over(person)
        chosen = choose_next(resources.questions(), seen, levels(person), wish, date.today(), passed)
        for choice in chosen:
            question = choice.question
            with st.container(horizontal=True, vertical_alignment="center"):
                st.page_link(
                    "pages/practice.py",
                    label=f"**{question.title}**",
                    query_params={"question": question.id},
                )
                st.caption(
                    f"{choice.why} {question_filter.title(question.category)}, {question.level}, "
                    f"{question.minutes:g} min."
                )
                if st.button("Not this one", key=f"pass-{question.id}", type="tertiary"):
                    remembered.pass_over(person, question.id)
                    st.rerun()
        if not chosen:
            st.caption("Every question of the bank has been answered lately.")
        if passed and st.button(f"Offer the {len(passed)} passed-over again", type="tertiary"):
            remembered.offer_again(person)
            st.rerun()


def levels(person: str) -> dict[str, float]:
    """Where each competency stands, by the scorer used last."""
    store = resources.store()
    used = progress.scorers_used(store.query("scorers", candidate_id=person))[:1]
    recent = progress.only(store.query("competency_recent", candidate_id=person), used)
    return {row["criterion"]: float(row["level"]) for row in recent.to_dict("records")}
