"""Answer by typing: the draft is kept in the database while it is written."""

from __future__ import annotations

import streamlit as st

from data.domain import Question
from pages.widgets import resources
from pages.widgets.answer import answering


def show(question: Question) -> str | None:
    """Draw the text area; returns the attempt's id once the candidate has finished, else None."""
    store, person = resources.store(), resources.candidate_id()
    key = f"draft:{question.id}"
    kept = store.recall(person, key) or ""
    draft = st.text_area(
        "Your answer",
        kept,
        height=320,
        key=key,
        placeholder="Write as you would say it. The draft is kept while you type.",
    )
    if draft != kept:
        store.remember(person, key, draft)
    st.caption(f"{len(draft.split())} words")
    if not st.button("Finish", type="primary", disabled=not draft.strip()):
        return None
    attempt_id = answering.keep_typed(question, draft)
    store.forget(person, key)
    return attempt_id
