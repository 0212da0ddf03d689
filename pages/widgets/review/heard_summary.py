"""The summary of an answer that no judge has read: how many of its key points were heard, and no level."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from analysis.scoring.coverage import Coverage, by_competency, coverage
from data.agreement import heard_figures
from data.domain import KeyPointResult
from data.rubrics import load_rubric
from pages.widgets import resources
from pages.widgets.plain import plain


def show(points: tuple[KeyPointResult, ...], marked: Collection[str]) -> None:
    """Draw the count, a row for each competency, and what a judge would add."""
    if not points:
        st.info("This question has no key points to listen for, and no judge has read the answer.")
        return
    st.markdown(f"**{plain(coverage(points, marked).sentence)}**")
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    found = by_competency(points, marked)
    st.table(
        {
            "Competency": [plain(titles.get(name, name)) for name in found],
            "Heard": [_heard(one) for one in found.values()],
            "Own mark": [f"{one.own:d}" if one.own else "–" for one in found.values()],
        },
        hide_index=True,
        alt="Key points heard in each competency",
    )
    st.caption(
        "What was heard says which points the words speak of, not whether they are right. It is no level."
        f"{'' if resources.judge() else _ADDED} {plain(heard_figures())}"
    )


_ADDED = (
    " Levels need a judge: a language model that has passed the exam. It would say what is right, what is "
    "wrong and what earns the next level; Settings connects one."
)


def _heard(one: Coverage) -> str:
    if not one.told:
        return "cannot tell"
    share = "too few for a share" if one.heard_share is None else f"{one.heard_share:.0%}"
    return f"{one.heard:d} of {one.told:d} · {share}"
