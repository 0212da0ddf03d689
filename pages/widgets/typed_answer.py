"""Answer by typing: the draft is kept in the database while it is written."""

from __future__ import annotations

import streamlit as st

from data.domain import Question
from data.store import Store


def show(store: Store, person: str, question: Question) -> str | None:
    """Draw the text area; returns the answer when the candidate is done with it, else None."""
    key = f"draft:{question.id}"
    draft = st.text_area(
        "Your answer",
        store.recall(person, key) or "",
        height=320,
        key=key,
        placeholder="Write as you would say it. The draft is kept while you type.",
    )
    if draft != (store.recall(person, key) or ""):
        store.remember(person, key, draft)
    st.caption(f"{len(draft.split())} words")
    if st.button("Finish", type="primary", disabled=not draft.strip()):
        store.remember(person, key, "")
        return draft
    return None
