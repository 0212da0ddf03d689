"""Where a cohort stands: candidate by competency, levels, what is missing, questions, weeks, cohorts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from analysis import charts
from analysis.cohorts import weeks_and_cohorts
from analysis.speech.delivery import BANDS
from data.domain import COMPETENCIES, LEVELS
from data.domain.cohort import Cohort
from data.rubrics import expected_level
from pages.widgets import question_filter, resources
from pages.widgets.cohort import cohort_scorer, figures_line
from pages.widgets.plain import plain
from pages.widgets.progress.trend_cards import card

if TYPE_CHECKING:
    from pandas import DataFrame

MISSED_SHOWN = 8
PUBLISHED = (
    "Published figures: of five people or more, new once a day at most, and only when five people or more "
    "have changed something since."
)
_ROOM = """<style>
.st-key-readiness { overflow-x: auto; }
.st-key-readiness > div { min-width: 46rem; }
</style>"""
"""A narrow screen scrolls sideways over this chart: cells of a finger's width cannot hold their figures."""
_PERIODS = {"8 weeks": 8, "26 weeks": 26, "All": 520}


def show_readiness(cohort: Cohort) -> None:
    """Candidate by competency, and coverage of the bank."""
    cohort_scorer.show(cohort)
    rows = resources.session().query("cohort_standings", cohort_id=cohort.id, **cohort_scorer.used(cohort))
    if rows.empty:
        st.info("No answer of this cohort has been scored yet. Set questions under “Assignments and people”.")
    else:
        _readiness(rows)
    cells = resources.session().query("cohort_coverage", cohort_id=cohort.id)
    note = (
        "Questions that were answered, of those in the bank; where five people or more answered one of them."
    )
    card("Coverage of the bank", note, charts.coverage_heatmap(cells), "coverage")


def _readiness(rows: DataFrame) -> None:
    note = "Median of the last three answers and their range; in brackets below three. By name, not ranked."
    role = st.segmented_control("Role they prepare for", LEVELS, default="mid", required=True)
    expected = {one: expected_level(role, one) for one in COMPETENCIES}
    targets = {one: float(found.low) for one, found in expected.items() if found}
    note += f" An arrow: below what {role} loops usually look for, a proposal."
    st.html(_ROOM)
    card("Readiness", note, charts.readiness(rows, cohort_scorer.titles(), targets), "readiness")
    with st.expander("As a table"):
        _table(rows)


def _table(rows: DataFrame) -> None:
    """The same for a narrow screen, a keyboard and a screen reader."""
    titles = cohort_scorer.titles()
    cells = rows.assign(told=[f"{level:g} ({n})" for level, n in zip(rows["level"], rows["n"], strict=True)])
    wide = cells.pivot(index=["name", "candidate_id"], columns="criterion", values="told").fillna("")
    shown = wide.reset_index("candidate_id", drop=True).rename(columns=titles).rename_axis("Candidate")
    st.dataframe(shown, alt="Median level, and of how many answers, by candidate and competency")


def show_weak_points(cohort: Cohort) -> None:
    """How levels spread, and what is left out."""
    cohort_scorer.show(cohort)
    levels = _levels(cohort)
    note = "All scored answers in this time, rounded to whole levels."
    card("Levels", note, charts.level_spread(levels, cohort_scorer.titles()), "spread")
    st.caption(PUBLISHED)
    scorer = cohort_scorer.used(cohort)
    found = resources.session().query("cohort_weak_points", cohort_id=cohort.id, **scorer)
    missed = found.head(MISSED_SHOWN)
    with st.container(border=True):
        st.markdown("**Missing for the next level**")
        st.caption("Key points most often left out, of the answers to their questions.")
        for row in missed.to_dict("records"):
            st.markdown(f"- {int(row['n'])} of {int(row['answers'])}: {plain(row['name'])}")
        if missed.empty:
            st.caption("No point was left out by five people or more.")
    _delivery(cohort)


def show_questions(cohort: Cohort) -> None:
    """How each question works: mean, spread, what was not scored, overrides; agreement with the scorer."""
    cohort_scorer.show(cohort)
    rows = resources.session().query("cohort_questions", cohort_id=cohort.id, **cohort_scorer.used(cohort))
    if rows.empty:
        st.info("No question has levels of five people or more yet.")
        return
    st.caption(PUBLISHED)
    rows["spread"] = rows["variance"].clip(lower=0) ** 0.5
    rows["category"] = rows["category"].map(question_filter.title)
    rows["not_scored"] *= 100
    st.dataframe(
        rows[["title", "category", "level", "answers", "mean", "spread", "not_scored", "overrides"]],
        hide_index=True,
        alt="Questions of the cohort, lowest mean first",
        column_config={
            "title": "Question",
            "category": "Category",
            "level": "Role",
            "answers": st.column_config.NumberColumn("Answers"),
            "mean": st.column_config.NumberColumn("Mean level", format="%.1f"),
            "spread": st.column_config.NumberColumn("Spread", format="%.1f", help="Standard deviation"),
            "not_scored": st.column_config.NumberColumn("Criteria not scored", format="%.0f %%"),
            "overrides": st.column_config.NumberColumn("Other levels by instructors"),
        },
    )
    st.markdown("**Instructors and the scorer**")
    used = cohort_scorer.used(cohort)
    scorer = {name: used[name] for name in ("scorer", "scorer_version")}
    given = resources.session().query("cohort_overrides", cohort_id=cohort.id, **scorer)
    st.markdown(plain(weeks_and_cohorts.agreement(given)))


def show_comparison(cohort: Cohort) -> None:
    """Weeks of this cohort, and cohorts beside each other, with intervals."""
    cohort_scorer.show(cohort)
    weeks = weeks_and_cohorts.weeks(_levels(cohort))
    note = "All criteria together. The interval counts people, not answers; overlapping ones may be chance."
    card(
        "Weeks",
        note,
        charts.means(weeks["week"].tolist(), weeks, "Week", f"{weeks['n'].sum()} levels"),
        "weeks",
    )
    titles = cohort_scorer.titles()
    rows = resources.session().query("all_cohorts", synthetic=cohort.synthetic, **cohort_scorer.used(cohort))
    figures_line.show("all_cohorts", synthetic=cohort.synthetic)
    criteria = [one for one in titles if one in set(rows["criterion"])]
    if not criteria:
        st.info("Cohorts are compared once five candidates of one have three scored answers in a competency.")
        return
    usual = next((place for place, one in enumerate(criteria) if _shown(rows, one)), 0)
    chosen = st.selectbox("Competency", criteria, usual, format_func=lambda one: titles[one])
    mine = weeks_and_cohorts.cohorts(rows[rows["criterion"] == chosen])
    note = "Where candidates stand (median of three). Cohorts with fewer than five candidates are left out, "
    note += "and one more where they could be worked out. Of all cohorts only the mean is shown."
    shown = _shown(rows, chosen)
    if not shown:
        st.info("No cohort is shown by itself in this competency: too few candidates are behind them so far.")
        return
    card(
        "Cohorts", note, charts.means(mine["name"].tolist(), mine, "Cohort", f"{shown} candidates"), "cohorts"
    )


def _shown(rows: DataFrame, criterion: str) -> int:
    """Candidates of the cohorts that are shown: all would give away how many are in those left out."""
    mine = weeks_and_cohorts.cohorts(rows[rows["criterion"] == criterion])
    return int(mine[mine["name"] != weeks_and_cohorts.ALL]["n"].sum())


def _levels(cohort: Cohort) -> DataFrame:
    period = st.segmented_control("Time", list(_PERIODS), default="8 weeks", required=True)
    since = (datetime.now(UTC) - timedelta(weeks=_PERIODS[period])).replace(tzinfo=None)
    scorer = cohort_scorer.used(cohort)
    return resources.session().query("cohort_levels", cohort_id=cohort.id, since=since, **scorer)


def _delivery(cohort: Cohort) -> None:
    rows = resources.session().query("cohort_delivery", cohort_id=cohort.id)
    with st.expander("Delivery of the cohort, as means of groups of five or more"):
        st.caption(
            "Means over candidates since they joined: each candidate's own mean is rounded to a coarse step "
            "before. They change when five candidates have. Nobody's own measurements are shown here; a "
            "candidate can share an answer with them."
        )
        if rows.empty:
            st.caption("Fewer than five candidates were measured.")
            return
        labels = {name: band.label for name, band in BANDS.items()}
        kept = rows[rows["name"].isin(list(labels))]
        st.table(
            {
                "Measure": [plain(labels[name]) for name in kept["name"]],
                "Mean": [
                    f"{100 * value:.0f} %" if unit == "share" else f"{value:.1f} {plain(unit)}"
                    for value, unit in zip(kept["value"], kept["unit"], strict=True)
                ],
                "Candidates": [f"{count:d}" for count in kept["candidates"]],
            },
            hide_index=True,
            alt="Delivery means of the cohort",
        )
