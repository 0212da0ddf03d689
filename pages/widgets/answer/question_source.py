"""Which questions to take from: all of them, or one of the candidate's own sets."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.domain import Question
from pages.widgets import resources

ROLES = {
    "backend-developer": "Back-end developer",
    "backend-software-engineer": "Back-end software engineer",
    "java": "Java",
    "python": "Python",
}
"""The tags of the bank that stand for a role."""
_ALL = "All questions"


@dataclass(frozen=True, slots=True)
class Source:
    """Where questions come from; `is_set` when it is one of the candidate's own sets."""

    questions: tuple[Question, ...]
    is_set: bool = False


def show(key: str, *, roles: bool = False) -> Source:
    """Draw the choice when there is one. `roles` offers the sets of related roles as well."""
    own = [one for one in resources.own_sets() if one.questions]
    names = {one.kept.id: one.kept.name for one in own} | (ROLES if roles else {})
    if not names:
        return Source(resources.questions())
    chosen = st.selectbox(
        "Questions from",
        (_ALL, *names),
        format_func=lambda name: names.get(name, name),
        key=f"{key}-source",
        width=240,
    )
    found = next((one for one in own if one.kept.id == chosen), None)
    if found:
        return Source(found.questions, is_set=True)
    everything = resources.questions()
    tagged = tuple(question for question in everything if chosen in question.tags)
    return Source(tagged if chosen in ROLES else everything)
