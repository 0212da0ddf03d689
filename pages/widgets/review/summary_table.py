"""One table on top of an answer: its levels, what was heard and the own marks, a row a competency."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from analysis.reviewing import sides
from analysis.scoring.coverage import Coverage, coverage, only_heard
from data.agreement import heard_figures
from data.domain import Assessment
from data.rubrics import load_rubric
from pages.widgets import ai_notice, resources
from pages.widgets.plain import plain
from pages.widgets.review import level_rows

_ADDED = (
    " Levels need a judge: a language model that has passed the exam. It would say what is right, what is "
    "wrong and what earns the next level; Settings connects one."
)


def show(
    assessment: Assessment,
    heard: Assessment | None = None,
    marked: Collection[str] = (),
    own: Mapping[str, float] | None = None,
) -> None:
    """Draw the table and what has to be known to read it; without levels also what a judge would add.

    `heard` is the reader's account beside somebody's levels, `own` the rating before the reveal.
    """
    rated = sides.own_rating(own or {}, assessment.scores)
    if only_heard(assessment):
        _only_heard(assessment, marked)
        told = f"{'' if resources.judge() else _ADDED} {plain(heard_figures())}"
    else:
        _table(sides.competencies(assessment, heard, marked), levels=True, heard=heard is not None)
        ai_notice.of_levels(assessment.scores)
        told = ""
    if rated:
        st.caption(plain(rated))
    if only_heard(assessment) or heard:
        st.caption(
            "What was heard says which points the words speak of, not whether they are right. It is no level."
            f"{told}"
        )


def _only_heard(assessment: Assessment, marked: Collection[str]) -> None:
    points = assessment.key_points
    if not points:
        st.info("This question has no key points to listen for, and no judge has read the answer.")
        return
    st.markdown(f"**{plain(coverage(points, marked).sentence)}**")
    _table(sides.competencies(assessment, assessment, marked), levels=False, heard=True)


def _table(rows: Sequence[sides.CompetencyRow], *, levels: bool, heard: bool) -> None:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    columns = {"Competency": [plain(titles.get(row.criterion, row.criterion)) for row in rows]}
    if levels:
        columns["Level"] = [level_rows.text(row.score) if row.score else "–" for row in rows]
    if heard:
        columns["Heard"] = [_heard(row.heard, shares=not levels) for row in rows]
        columns["Own mark"] = [f"{row.heard.own:d}" if row.heard and row.heard.own else "–" for row in rows]
    st.table(columns, hide_index=True, alt="Levels, key points heard and own marks of each competency")


def _heard(one: Coverage | None, *, shares: bool) -> str:
    if one is None:
        return "–"
    if not one.told:
        return "cannot tell"
    counted = f"{one.heard:d} of {one.told:d}"
    share = "too few for a share" if one.heard_share is None else f"{one.heard_share:.0%}"
    return f"{counted} · {share}" if shares else counted
