"""All cohorts side by side, for administrators: totals with small groups left out, nobody named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from analysis.cohorts.side_by_side import Side, side_by_side
from analysis.cohorts.small_groups import SHOWN
from data.access import may_look_over_cohorts
from data.domain import COMPETENCIES
from pages.widgets import clock, resources
from pages.widgets.cohort import cohort_scorer, figures_line
from pages.widgets.plain import plain

_ALL, _LEFT_OUT = "All cohorts", "left out"
_NOTE = (
    f"Listed by name, not ranked. A figure of fewer than {SHOWN} people is left out (a level: a dash); the "
    "bottom line adds up what is shown. Figures are published once a day at most, and only when "
    f"{SHOWN} people or more have changed something. In brackets: candidates with three scored answers."
)
_LEVEL = (
    "Median level (1 to 4) over candidates, each by the median of their last three scored answers; "
    "in brackets how many candidates."
)


def show() -> bool:
    """Draw the choice between one cohort and all, and all where they are chosen; whether they are."""
    if not may_look_over_cohorts(resources.viewer()):
        return False
    instructs = resources.viewer().role == "local" or resources.session().cohorts.instructed()
    chosen = st.segmented_control(
        "Which cohorts",
        ["One cohort", _ALL],
        default="One cohort" if instructs else _ALL,
        required=True,
        key="cohorts-seen",
        label_visibility="collapsed",
    )
    if chosen == _ALL:
        _all_cohorts()
    return chosen == _ALL


def _all_cohorts() -> None:
    """One row a cohort: members, answers of this week, median level by competency."""
    synthetic = resources.viewer().role == "local"
    if synthetic:
        st.markdown(":orange-badge[Synthetic sample] Invented people, numbers and levels, as of a judge.")
    now = datetime.now(UTC).replace(tzinfo=None)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    week = resources.session().query("all_cohorts_week", synthetic=synthetic, since=monday)
    if week.empty:
        st.info("There is no cohort yet. Choose “One cohort” to begin one, then give its code to candidates.")
        return
    scorer = _scorer(synthetic)
    found, whole = side_by_side(week, resources.session().query("all_cohorts", synthetic=synthetic, **scorer))
    titles = {one: title for one, title in cohort_scorer.titles().items() if one in COMPETENCIES}
    st.dataframe(
        [*(_row(one, titles) for one in found), _row(whole, titles, none="")],
        hide_index=True,
        alt="Cohorts side by side: members, answers of this week, median level by competency",
        column_config={
            "Cohort": st.column_config.TextColumn(pinned=True),
            "People this week": st.column_config.TextColumn(help="How many of the members answered"),
            **{title: st.column_config.TextColumn(help=_LEVEL) for title in titles.values()},
        },
    )
    figures_line.show("all_cohorts_week", "all_cohorts", synthetic=synthetic)
    st.caption(f"Answers since Monday, {clock.written(monday)} (UTC). {_NOTE}")


def _scorer(synthetic: bool) -> dict[str, str]:
    """The scorer whose levels are shown: the one behind most candidates, unless another is chosen."""
    rows = resources.session().query("all_cohorts_scorers", synthetic=synthetic)
    known = cohort_scorer.named(rows)
    if len(known) > 1:
        return known[st.selectbox("Scorer", list(known))]
    for one in known:
        st.caption(f"Levels of the scorer {plain(one)}. Practice feedback, not an assessment.")
    return next(iter(known.values()), cohort_scorer.NONE)


def _row(one: Side, titles: dict[str, str], none: str = "–") -> dict[str, str]:
    told = {"Cohort": one.name}
    counts = {"Members": one.members, "People this week": one.active, "Answers this week": one.answers}
    told |= {name: _LEFT_OUT if count is None else f"{count:,}" for name, count in counts.items()}
    for criterion, title in titles.items():
        level = one.levels.get(criterion)
        told[title] = f"{level.median:g} ({level.candidates})" if level else none
    return told
