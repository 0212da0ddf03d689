"""Browse the question bank, tick off what you have studied, and read the outline of a strong answer."""

from __future__ import annotations

import streamlit as st

from data.domain import CATEGORIES, LEVELS, Question, RehearseError
from pages.widgets import question_filter, resources

_TEMPLATE = (
    "Clarify requirements (functions, scale as QPS and data volume, latency, consistency)",
    "Estimate capacity",
    "High-level architecture (components, data flow, communication)",
    "Deep dive on the critical component",
    "Failure modes (what happens when each part fails)",
    "Operations (monitoring, alerting, deployment, scaling ten times)",
)


def _card(question: Question) -> None:
    with st.expander(f"{question.title} · {question.level} · {question.minutes:g} min"):
        st.markdown(question.text)
        if st.toggle("Show what a strong answer says", key=f"outline-{question.id}"):
            for point in question.key_points:
                st.markdown(f"- {point.text}")
            st.markdown(question.outline)
            for item in question.reading:
                st.caption(f"Read: {item}")
        key = f"studied:{question.id}"
        person = resources.candidate_id()
        studied = st.checkbox("Studied", resources.store().recall(person, key) == "yes", key=key)
        resources.store().remember(person, key, "yes" if studied else "no")


st.title("Study")
try:
    with st.expander("The six steps of a system-design answer"):
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(_TEMPLATE, start=1)))
    chosen = question_filter.show(resources.questions(), CATEGORIES, LEVELS, key="study")
    st.caption(f"{len(chosen)} questions")
    for question in chosen:
        _card(question)
except RehearseError as error:
    st.error(error.remedy, title=error.message)
